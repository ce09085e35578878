import { useState } from 'preact/hooks';
import { call, Refusal, useApi } from '../../api/load';
import type { AgentCall, CallQueue, Calls } from '../../api/types';
import { count } from '../../parts/format';
import { Await, Empty, Panel, Problem, When } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { View } from '../../parts/View';
import { Link, to } from '../../shell/router';

/** Whom agents are to call today, and where they tell what came of it. */
export function CallsView() {
  const calls = useApi<Calls>('/api/calls');
  return (
    <View title="Today’s calls" lead="First come those with the highest priority, then those who have spent the most.">
      <Await of={calls}>
        {(c) => (c.queues.length === 0
          ? <Empty title="No journey asks for calls."><p>A step <code>call</code> in a journey puts people here.</p></Empty>
          : <>{c.queues.map((q) => <Queue key={q.queue} queue={q} />)}</>)}
      </Await>
    </View>
  );
}

function Queue({ queue: q }: { queue: CallQueue }) {
  const [told, setTold] = useState<Record<string, string>>({});
  const [refusal, setRefusal] = useState<Refusal | null>(null);
  const now = new Date().toISOString();
  const tell = async (id: string, outcome: string): Promise<void> => {
    try {
      await call(`/api/calls/${encodeURIComponent(id)}/outcome`, {
        method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ outcome }),
      });
      setRefusal(null);
      setTold((all) => ({ ...all, [id]: outcome }));
    } catch (e) {
      setRefusal(e instanceof Refusal ? e : new Refusal(0, 'That was not taken', String(e)));
    }
  };
  const capacity = q.capacity === null ? '' : ` of ${count(q.capacity)} a day`;
  return (
    <Panel title={q.queue} note={`${count(q.madeToday)}${capacity} made today, ${count(q.waiting)} waiting`}>
      {refusal && <Problem refusal={refusal} />}
      {q.calls.length === 0 ? <p class="note">Nobody is to be called today.</p> : (
        <Table
          caption={`Calls of ${q.queue}`} rows={q.calls} keyOf={(c) => c.id} dim={(c) => c.id in told}
          columns={[
            { head: 'Customer', cell: (c) => <><Link class="name" href={to('customers', c.customerId)}>{c.name ?? c.customerId}</Link><span class="sub">{c.segment}</span></> },
            { head: 'Phone', cell: (c) => (c.phone ? <a href={`tel:${c.phone}`}>{c.phone}</a> : '–') },
            { head: 'About', cell: (c) => <>{c.reason}<span class="sub">{c.journey}, has spent {count(c.value)}</span></> },
            { head: 'Until', cell: (c) => <When at={c.dueAt} now={now} /> },
            { head: 'What came of it', cell: (c) => <Outcomes of={c} told={told[c.id]} tell={tell} /> },
          ]}
        />
      )}
    </Panel>
  );
}

function Outcomes({ of, told, tell }: { of: AgentCall; told: string | undefined; tell: (id: string, outcome: string) => Promise<void> }) {
  return told !== undefined ? <span role="status">{told}: noted</span> : (
    <span class="choices">
      {of.outcomes.map((o) => (
        <button key={o} type="button" class="quiet" aria-label={`${of.name ?? of.customerId}: ${o}`} onClick={() => void tell(of.id, o)}>{o}</button>
      ))}
    </span>
  );
}
