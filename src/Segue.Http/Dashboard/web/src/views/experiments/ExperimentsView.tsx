import { useApi } from '../../api/load';
import type { Experiment, Experiments, JourneyExperiments } from '../../api/types';
import { IntervalBar } from '../../charts/IntervalBar';
import { count, day, points } from '../../parts/format';
import { Await, Empty, Panel, Pill } from '../../parts/parts';
import { Table } from '../../parts/Table';
import { View } from '../../parts/View';
import { Link, to } from '../../shell/router';
import { ExperimentDetail, Standing } from './ExperimentDetail';

/** What every journey is measured by, from one request. */
export function ExperimentsView() {
  const experiments = useApi<Experiments>('/api/reports/experiments');
  return (
    <View title="Experiments" lead="What journeys bring, against customers who were left alone, and which variant brings more.">
      <Await of={experiments}>
        {(e) => (e.journeys.length === 0
          ? <Empty title="No experiment has anybody in it yet."><p>A journey with a goal and a holdout, or with a test, is one from the first customer on.</p></Empty>
          : <All experiments={e} />)}
      </Await>
    </View>
  );
}

interface Row {
  journey: JourneyExperiments;
  experiment: Experiment;
}

const headline = (e: Experiment) => e.comparisons.find((c) => c.arm === 'treated' && c.against === 'control') ?? e.comparisons[0];

function All({ experiments }: { experiments: Experiments }) {
  const rows: Row[] = experiments.journeys.flatMap((journey) => journey.experiments.map((experiment) => ({ journey, experiment })));
  const effects = rows.map((r) => headline(r.experiment)?.conversion ?? null);
  const most = Math.max(0.01, ...effects.flatMap((c) => (c ? [Math.min(1, Math.max(Math.abs(c.lower), Math.abs(c.upper)))] : [])));
  return (
    <>
      <Panel title="At a glance" note="share that reached the goal: difference in points, with its 95 % range">
        <Table
          caption="Experiments" rows={rows} keyOf={(r) => r.experiment.id}
          columns={[
            { head: 'Journey', cell: (r) => <><Link class="name" href={to('journeys', r.journey.id)}>{r.journey.name}</Link><span class="sub">{r.experiment.name}</span></> },
            {
              head: 'Difference',
              cell: (r) => {
                const c = headline(r.experiment)?.conversion;
                return !c ? <span class="sub">too few yet</span> : (
                  <div class="effect"><IntervalBar {...c} most={most} /><span class="name">{points(c.value)}</span> <span class="sub">{points(c.lower)} to {points(c.upper)}</span></div>
                );
              },
            },
            { head: 'Customers', number: true, cell: (r) => count(r.experiment.arms.reduce((n, a) => n + a.customers, 0)) },
            { head: 'State', cell: (r) => (r.experiment.split?.suspicious ? <Pill tone="bad">split is off</Pill> : <Standing experiment={r.experiment} />) },
            { head: 'Since', cell: (r) => day(r.experiment.since) },
          ]}
        />
      </Panel>
      {rows.map((r) => (
        <details class="panel experiment" key={r.experiment.id}>
          <summary><h2>{r.journey.name}: {r.experiment.name.toLowerCase()}</h2> <Standing experiment={r.experiment} /></summary>
          <ExperimentDetail experiment={r.experiment} currency={experiments.currency} />
        </details>
      ))}
    </>
  );
}
