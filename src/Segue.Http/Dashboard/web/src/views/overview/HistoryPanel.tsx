import type { DayFigures, Overview } from '../../api/types';
import { Areas } from '../../charts/Areas';
import { Columns } from '../../charts/Columns';
import { briefMoney, count, day, money } from '../../parts/format';
import { Panel } from '../../parts/parts';
import { Table } from '../../parts/Table';

/** Days of a step of the history: the overview asks for a history of weeks. */
export const STEP = 7;

interface Week {
  day: string;
  stages: Record<string, number>;
  customers: number;
  revenue: number;
  sent: number;
}

/** The shop over time: who its customers were, what they bought, what was sent. */
export function HistoryPanel({ overview: o }: { overview: Overview }) {
  const weeks = weeksOf(o.history);
  return weeks.length < 2 ? null : (
    <Panel title="Over time" note="by week, UTC">
      <div class="thirds">
        <div>
          <h3>Customers by stage</h3>
          <Areas
            days={weeks.map((w) => w.day)}
            layers={o.stages.map((s) => ({ look: `stage-${s.id.replace(/ /g, '-')}`, values: weeks.map((w) => w.stages[s.id] ?? 0) }))}
          />
        </div>
        <div>
          <h3>Revenue a week, net of returns</h3>
          <Columns narrow look="column-money" format={(v) => briefMoney(v, o.currency)} values={weeks.map((w) => ({ label: day(w.day), value: w.revenue }))} />
        </div>
        <div>
          <h3>Mails a week</h3>
          <Columns narrow values={weeks.map((w) => ({ label: day(w.day), value: w.sent }))} />
        </div>
      </div>
      <details class="as-table">
        <summary>Show as a table</summary>
        <Table
          caption="The shop over time" rows={[...weeks].reverse()} keyOf={(w) => w.day}
          columns={[
            { head: 'Week until', cell: (w) => day(w.day) },
            { head: 'Customers', number: true, cell: (w) => count(w.customers) },
            ...o.stages.map((s) => ({ head: s.name, number: true, cell: (w: Week) => count(w.stages[s.id] ?? 0) })),
            { head: 'Revenue', number: true, cell: (w) => money(w.revenue, o.currency) },
            { head: 'Mails', number: true, cell: (w) => count(w.sent) },
          ]}
        />
      </details>
    </Panel>
  );
}

/** A point a week: days on which nothing changed are not told, and the one before holds. Revenue is told as a total so far. */
function weeksOf(history: DayFigures[]): Week[] {
  const [first, ...others] = history;
  if (first === undefined) {
    return [];
  }
  const weeks: Week[] = [];
  let before = first;
  for (const next of others) {
    for (let at = plus(before.day, STEP); at < next.day; at = plus(at, STEP)) {
      weeks.push({ day: at, stages: before.stages, customers: before.customers, revenue: 0, sent: 0 });
    }
    weeks.push({ day: next.day, stages: next.stages, customers: next.customers, revenue: next.revenue - before.revenue, sent: next.sent });
    before = next;
  }
  return weeks;
}

const plus = (iso: string, days: number): string => new Date(Date.parse(iso) + days * 86_400_000).toISOString().slice(0, 10);
