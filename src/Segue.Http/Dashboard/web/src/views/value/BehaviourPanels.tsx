import type { CalibrationReport } from '../../api/types';
import { Columns } from '../../charts/Columns';
import { count, decimal, money, percent } from '../../parts/format';
import { Figure, Panel } from '../../parts/parts';
import { Table } from '../../parts/Table';

/** How many who had been silent for so long came back. */
export function ReturnsPanel({ report }: { report: CalibrationReport }) {
  if (report.returns.length === 0) {
    return null;
  }
  return (
    <Panel title="Who was silent for so long, and came back" note="after the first order, in per cent">
      <Figure
        chart={<Columns values={report.returns.map((r) => ({ label: `${r.days} days`, value: Math.round(r.return * 1000) / 10 }))} />}
        table={(
          <Table
            caption="Returns after a silence" rows={report.returns} keyOf={(r) => `${r.days}`}
            columns={[
              { head: 'Silent for', cell: (r) => `${count(r.days)} days` },
              { head: 'Customers', number: true, cell: (r) => count(r.silent) },
              { head: 'Came back so far', number: true, cell: (r) => count(r.cameBack) },
              { head: 'Come back in all', number: true, cell: (r) => percent(r.return) },
            ]}
          />
        )}
      />
    </Panel>
  );
}

/** What the first order's category says of how long customers stay. */
export function CategoriesPanel({ report }: { report: CalibrationReport }) {
  if (report.categories.length === 0) {
    return null;
  }
  return (
    <Panel title="First purchase and staying" note="of those whose first order is a year past">
      <Table
        caption="How long customers stay by first category" rows={report.categories} keyOf={(c) => c.category ?? ''}
        columns={[
          { head: 'First category', cell: (c) => c.category ?? 'not known' },
          { head: 'Customers', number: true, cell: (c) => count(c.customers) },
          { head: 'Came back', number: true, cell: (c) => percent(c.returned) },
          { head: 'Still bought after half a year', number: true, cell: (c) => percent(c.stayed) },
          { head: 'Days to the last order', number: true, cell: (c) => decimal(c.days) },
          { head: 'Spent in the year after', number: true, cell: (c) => money(c.spend, report.currency) },
        ]}
      />
    </Panel>
  );
}
