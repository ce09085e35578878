import { useState } from 'preact/hooks';
import { useApi } from '../../api/load';
import type { Movements, SegmentMap } from '../../api/types';
import { FlowBands } from '../../charts/FlowBands';
import { count } from '../../parts/format';
import { Await, Figure, Panel } from '../../parts/parts';
import { Table } from '../../parts/Table';

/** Who moved from segment to segment in a month. */
export function MovementsPanel({ map }: { map: SegmentMap }) {
  const movements = useApi<Movements>('/api/reports/movements');
  return (
    <Panel title="Moves between segments" note="customers, by month">
      <Await of={movements}>
        {(m) => (m.flows.length === 0 ? <p class="note">Nobody has moved yet.</p> : <Month movements={m} map={map} />)}
      </Await>
    </Panel>
  );
}

function Month({ movements, map }: { movements: Movements; map: SegmentMap }) {
  const months = [...new Set(movements.flows.map((f) => f.month))];
  const [month, setMonth] = useState(months[0] ?? '');
  const flows = movements.flows.filter((f) => f.month === month);
  const nameOf = (id: string | null): string => (id === null ? 'Not known before' : map.segments.find((s) => s.id === id)?.name ?? id);
  return (
    <>
      <form class="row">
        <label>
          Month
          <select name="month" value={month} onChange={(e) => setMonth(e.currentTarget.value)}>
            {months.map((m) => <option key={m} value={m}>{monthName(m)}</option>)}
          </select>
        </label>
      </form>
      <Figure
        chart={<FlowBands flows={flows} nameOf={nameOf} />}
        table={(
          <Table
            caption="Moves between segments" rows={flows} keyOf={(f) => `${f.from ?? ''}>${f.to}`}
            columns={[
              { head: 'From', cell: (f) => nameOf(f.from) },
              { head: 'To', cell: (f) => nameOf(f.to) },
              { head: 'Customers', number: true, cell: (f) => count(f.customers) },
            ]}
          />
        )}
      />
    </>
  );
}

const monthForm = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });

const monthName = (month: string): string => monthForm.format(new Date(`${month}-01T00:00:00Z`));
