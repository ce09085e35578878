import type { CalibrationReport, FitCheck, Predictions } from '../../api/types';
import { TwinBars } from '../../charts/TwinBars';
import { count, day, decimal, money } from '../../parts/format';
import { Panel } from '../../parts/parts';
import { Table } from '../../parts/Table';

/** How good predictions have been, and the models they come from. */
export function PredictionsPanel({ report }: { report: CalibrationReport }) {
  const model = report.predictions;
  if (model === null) {
    return null;
  }
  return (
    <Panel title="How good predictions are" note={model.check ? `made for ${day(model.check.from)} to ${day(model.check.until)}` : undefined}>
      {model.check ? <Check check={model.check} /> : <p class="note">There is too little history to check a prediction on.</p>}
      <details class="as-table">
        <summary>The models</summary>
        <Table
          caption="Parameters of the models" rows={parameters(model)} keyOf={(p) => p.name}
          columns={[
            { head: 'Parameter', cell: (p) => p.name },
            { head: 'Value', number: true, cell: (p) => p.value.toPrecision(4) },
            { head: 'Standard error', number: true, cell: (p) => p.error?.toPrecision(2) ?? '–' },
          ]}
        />
        <p class="note">
          BG/NBD (time in weeks) of {count(model.customers)} customers, Gamma-Gamma of {count(model.spenders)} who came back
          {model.spend?.meanSpend ? `, who spend ${money(model.spend.meanSpend, report.currency)} at a time on average` : ''}.
        </p>
      </details>
    </Panel>
  );
}

function Check({ check }: { check: FitCheck }) {
  const most = Math.max(1, ...check.byRepeats.flatMap((l) => [l.predicted, l.actual]));
  return (
    <Table
      caption="Purchases predicted and those there were, by repeat purchases before" rows={check.byRepeats} keyOf={(l) => `${l.repeats}`}
      columns={[
        { head: 'Repeats before', cell: (l) => <>{l.repeats}{l === check.byRepeats.at(-1) ? ' or more' : ''}<TwinBars people={l.predicted / most} money={l.actual / most} /></> },
        { head: 'Customers', number: true, cell: (l) => count(l.customers) },
        { head: 'Predicted', number: true, cell: (l) => decimal(l.predicted) },
        { head: 'Actual', number: true, cell: (l) => count(l.actual) },
      ]}
    />
  );
}

function parameters(model: Predictions): { name: string; value: number; error: number | null }[] {
  const { r, alpha, a, b } = model.purchases;
  const purchases = ([['r', r], ['alpha', alpha], ['a', a], ['b', b]] as const).map(([name, value], i) => ({ name, value, error: model.standardErrors[i] ?? null }));
  const spend = model.spend ? ([['p', model.spend.p], ['q', model.spend.q], ['v', model.spend.v]] as const).map(([name, value]) => ({ name, value, error: null })) : [];
  return [...purchases, ...spend];
}
