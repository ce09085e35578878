import { useApi } from '../../api/load';
import type { JourneyDetail } from '../../api/types';
import { FlowChart } from '../../charts/FlowChart';
import { count, day, percent, share } from '../../parts/format';
import { Await, Empty, Figure, Panel, Pill, Tiles, When } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { View } from '../../parts/View';
import { Link, to } from '../../shell/router';
import { EarnedPanels, EngagementPanel, useReport } from './MeasuresPanels';
import { PreviewPanel } from './PreviewPanel';

/** One journey as a flow, with who is where and what it brought, from two requests. */
export function JourneyView({ id }: { id: string }) {
  const journey = useApi<JourneyDetail>(`/api/journeys/${encodeURIComponent(id)}`);
  const j = journey.state === 'here' ? journey.data : null;
  return (
    <View
      title={j?.name ?? 'Journey'}
      lead={j && <>For <strong>{j.groupName}</strong>{j.liveSince && <>, live since {day(j.liveSince)}</>}{j.switchedBy && j.switchedBy !== 'file' && <>, switched by {j.switchedBy}</>}.</>}
      aside={j && <p class="sending"><Pill>{j.status}</Pill> <Link class="button" href={`${to('simulate')}?journey=${encodeURIComponent(j.id)}`}>Simulate</Link></p>}
    >
      <Await of={journey}>{(data) => <Journey journey={data} />}</Await>
    </View>
  );
}

function Journey({ journey: j }: { journey: JourneyDetail }) {
  const f = j.figures;
  const treated = f.entered - f.heldOut;
  const asked = useReport(j.id);
  return (
    <>
      <Tiles
        label="Key figures"
        tiles={[
          { name: 'Entered', value: count(f.entered), note: `${count(f.heldOut)} of them held out` },
          { name: 'In it now', value: count(f.here), note: `and ${count(f.hereHeldOut)} held out` },
          { name: 'Mails sent', value: count(f.sent) },
          { name: 'Reached the goal', value: j.goal ? percent(share(f.conversions, treated)) : '–', note: j.goal ? `${count(f.conversions)} of ${count(treated)} not held out` : 'no goal is set' },
          { name: 'Held out, reached it', value: j.goal && f.heldOut > 0 ? percent(share(f.heldOutConversions, f.heldOut)) : '–', note: f.heldOut > 0 ? `${count(f.heldOutConversions)} of ${count(f.heldOut)}` : 'nobody is held out' },
        ]}
      />
      <div class="columns">
        <div class="wide">
          <Panel title="The way through" note="people standing at each step now, and mails sent from it">
            <Figure
              chart={<FlowChart steps={j.steps} first={j.first} />}
              table={(
                <Table
                  caption="Steps" rows={j.steps} keyOf={(s) => s.id}
                  columns={[
                    { head: 'Step', cell: (s) => <><span class="name">{s.title}</span>{s.detail && <span class="sub">{s.detail}</span>}</> },
                    { head: 'Here now', number: true, cell: (s) => count(s.here) },
                    { head: 'Sent', number: true, cell: (s) => count(s.sent) },
                    { head: 'Withheld', number: true, cell: (s) => count(s.withheld) },
                    { head: 'Goes to', cell: (s) => s.next.map((n) => [n.label, n.to ?? 'the end'].filter(Boolean).join(': ')).join('; ') || 'the end' },
                  ]}
                />
              )}
            />
          </Panel>
          <EarnedPanels {...asked} />
          <People journey={j} />
          <PreviewPanel journey={j} />
        </div>
        <div class="side">
          <Terms journey={j} />
          <Exits journey={j} />
          <EngagementPanel {...asked} />
          <Versions journey={j} />
        </div>
      </div>
    </>
  );
}

function Terms({ journey: j }: { journey: JourneyDetail }) {
  const terms: [string, string][] = [
    ['Goal', j.goal ?? 'none'],
    ['Ends early on', j.exits.join(', ') || 'nothing'],
    ['Again', j.reentry],
    ['Held out', percent(j.holdout)],
  ];
  return (
    <Panel title="Terms">
      <dl class="facts">{terms.map(([name, value]) => <div key={name}><dt>{name}</dt><dd>{value}</dd></div>)}</dl>
    </Panel>
  );
}

function Exits({ journey: j }: { journey: JourneyDetail }) {
  return (
    <Panel title="How runs ended">
      {j.figures.exits.length === 0 ? <p class="note">None has ended yet.</p> : (
        <Table
          caption="Exits by reason" rows={j.figures.exits} keyOf={(e) => e.reason}
          columns={[{ head: 'Reason', cell: (e) => e.reason }, { head: 'Runs', number: true, cell: (e) => count(e.runs) }]}
        />
      )}
    </Panel>
  );
}

function Versions({ journey: j }: { journey: JourneyDetail }) {
  return (
    <Panel title="Versions" note="who is under way finishes on the one they entered">
      <Table
        caption="Versions with people on them" rows={j.versions} keyOf={(v) => v.version}
        columns={[
          { head: 'Version', cell: (v) => <><code>{v.version.slice(0, 10)}</code> {v.current && <Pill tone="good">in force</Pill>}</> },
          { head: 'Here now', number: true, cell: (v) => count(v.here) },
        ]}
      />
    </Panel>
  );
}

function People({ journey: j }: { journey: JourneyDetail }) {
  return (
    <Panel title="Next to move" note={j.figures.here > j.people.length ? `the first ${j.people.length} of ${count(j.figures.here)}` : undefined}>
      {j.people.length === 0 ? <Empty title="Nobody is in this journey now." /> : (
        <Table
          caption="People in the journey, soonest first" rows={j.people} keyOf={(p) => p.customerId}
          columns={[
            { head: 'Customer', cell: (p) => <Link href={to('customers', p.customerId)}>{p.customerId}</Link> },
            { head: 'Next step', cell: (p) => j.steps.find((s) => s.id === p.step)?.title ?? p.step ?? 'the end' },
            { head: 'Due', cell: (p) => <When at={p.dueAt} now={j.at} /> },
            { head: 'Entered', cell: (p) => <When at={p.enteredAt} now={j.at} /> },
          ]}
        />
      )}
    </Panel>
  );
}
