import type { CalibrationReport, ValueTiers } from '../../api/types';
import { HeatMap } from '../../charts/HeatMap';
import { briefMoney, count, day, money, plural } from '../../parts/format';
import { Panel } from '../../parts/parts';
import { Table } from '../../parts/Table';

/** The grid of value tiers, and the tiers it folds into. */
export function TiersPanel({ report }: { report: CalibrationReport }) {
  const tiers = report.tiers;
  return (
    <Panel title="Value tiers" note="value of the next 12 months, tier, and customers">
      {tiers === null ? <p class="note">There are tiers once enough customers have been here for a year.</p> : <Grid tiers={tiers} currency={report.currency} />}
    </Panel>
  );
}

function Grid({ tiers, currency }: { tiers: ValueTiers; currency: string }) {
  const cell = (l: number, s: number) => tiers.cells.find((c) => c.longevity === l && c.silence === s);
  const folded = [1, 2, 3, 4].map((tier) => {
    const cells = tiers.cells.filter((c) => c.tier === tier);
    return { tier, customers: cells.reduce((sum, c) => sum + c.customers, 0), values: cells.map((c) => c.value) };
  }).filter((t) => t.values.length > 0);
  return (
    <>
      <HeatMap
        caption="Value by time since the first and the last order" rowTitle="First order"
        rows={bands(tiers.longevity)} columns={bands(tiers.silence)}
        value={(l, s) => cell(l, s)?.value ?? null}
        text={(l, s) => {
          const c = cell(l, s);
          return c ? { main: briefMoney(c.value, currency), sub: `tier ${c.tier} · ${plural(c.customers, 'customer')}` } : { main: '–' };
        }}
      />
      <p class="note">
        Down: time since the first order. Across: time since the last. A cell’s value is what those who stood there on {day(tiers.from)} spent
        until {day(tiers.until)}, pulled to its column’s where they were few.
      </p>
      <Table
        caption="Value tiers" rows={folded} keyOf={(t) => `${t.tier}`}
        columns={[
          { head: 'Tier', cell: (t) => `Tier ${t.tier}` },
          { head: 'Customers', number: true, cell: (t) => count(t.customers) },
          { head: 'Least value', number: true, cell: (t) => money(Math.min(...t.values), currency) },
          { head: 'Most value', number: true, cell: (t) => money(Math.max(...t.values), currency) },
        ]}
      />
    </>
  );
}

const bands = (days: number[]): string[] => days.map((from, i) => {
  const next = days[i + 1];
  return next === undefined ? `${from} days or more` : `${from}–${next - 1} days`;
});
