import type { Difference, Experiment } from '../../api/types';
import { IntervalBar } from '../../charts/IntervalBar';
import { count, money, percent, points } from '../../parts/format';
import { Pill } from '../../parts/parts';
import { Table } from '../../parts/Table';

/** One experiment: what is known, the arms, and how they differ. */
export function ExperimentDetail({ experiment: e, currency }: { experiment: Experiment; currency: string }) {
  const name = (id: string): string => e.arms.find((a) => a.id === id)?.name ?? id;
  const most = Math.max(0.01, ...e.comparisons.flatMap((c) => (c.conversion ? [Math.abs(c.conversion.lower), Math.abs(c.conversion.upper)] : [])));
  return (
    <>
      <p class={e.split?.suspicious ? 'banner' : 'verdict'}>{e.verdict}</p>
      <Table
        caption={`Arms of ${e.name}`} rows={e.arms} keyOf={(a) => a.id}
        columns={[
          { head: 'Arm', cell: (a) => <><span class="name">{a.name}</span><span class="sub">{percent(a.share)} of customers</span></> },
          { head: 'Customers', number: true, cell: (a) => count(a.customers) },
          { head: 'Reached the goal', number: true, cell: (a) => <>{percent(a.conversionRate)} <span class="sub">{count(a.conversions)} of {count(a.entries)} entries</span></> },
          { head: 'Revenue an entry', number: true, cell: (a) => money(a.revenuePerEntry, currency, true) },
        ]}
      />
      <Table
        caption={`Differences in ${e.name}`} rows={e.comparisons} keyOf={(c) => `${c.arm} ${c.against}`}
        columns={[
          { head: 'Difference', cell: (c) => <>{name(c.arm)} <span class="sub">against {name(c.against).toLowerCase()}</span></> },
          {
            head: 'Reached the goal',
            cell: (c) => <Effect of={c.conversion} text={points}>{c.conversion && <IntervalBar {...c.conversion} most={most} />}</Effect>,
          },
          { head: 'Revenue an entry', cell: (c) => <Effect of={c.revenue} text={(v) => signed(v, (n) => money(n, currency, true))} /> },
          { head: 'Looked at daily', number: true, cell: (c) => <Daily of={c.conversion} /> },
          { head: 'Takes', number: true, cell: (c) => (c.customersFor20Percent === null ? '–' : <>{count(c.customersFor20Percent)} <span class="sub">for ±20 %</span></>) },
        ]}
      />
      <p class="note">
        By intention to treat, over the same clock; the customer is the unit. Ranges hold in 95 % of experiments looked at once; “looked at daily” holds however often one looks.
        {e.split && ` A split at least as uneven as this happens by chance in ${percent(e.split.pValue)} of experiments.`}
      </p>
    </>
  );
}

export function Standing({ experiment: e }: { experiment: Experiment }) {
  return e.running ? <Pill tone="good">running</Pill> : <Pill>ended</Pill>;
}

function Effect({ of, text, children }: { of: Difference | null; text: (v: number) => string; children?: preact.ComponentChildren }) {
  return of === null ? <>–</> : (
    <div class="effect">
      {children}
      <span class="name">{text(of.value)}</span> <span class="sub">{text(of.lower)} to {text(of.upper)}</span>
    </div>
  );
}

function Daily({ of }: { of: Difference | null }) {
  return of?.always ? <>{points(of.always.lower)} to {points(of.always.upper)} <span class="sub">p {of.pValue === null ? '–' : of.pValue < 0.001 ? '< 0.001' : of.pValue.toFixed(3)}</span></>
    : <span class="sub">too few yet</span>;
}

const signed = (v: number, text: (v: number) => string): string => (v > 0 ? `+${text(v)}` : text(v));
