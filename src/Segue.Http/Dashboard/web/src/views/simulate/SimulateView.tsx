import { useState } from 'preact/hooks';
import { useApi } from '../../api/load';
import type { JourneyFigures } from '../../api/types';
import { Await, Empty, Panel, Problem } from '../../parts/parts';
import { View } from '../../parts/View';
import { SimulationReportView } from './SimulationReportView';
import { useSimulation, type Run, type SimulationWish } from './useSimulation';

/** Shows what a journey would have done on the shop's own history, before it is switched on. */
export function SimulateView({ journey }: { journey: string | null }) {
  const journeys = useApi<{ at: string; journeys: JourneyFigures[] }>('/api/journeys');
  const { run, start } = useSimulation();
  return (
    <View title="Simulate" lead="What a journey would have done on the shop’s own history. Nobody is mailed.">
      <Await of={journeys}>
        {(j) => (j.journeys.length === 0 ? <Empty title="There are no journeys to simulate." /> : (
          <WishForm journeys={j.journeys} at={j.at} chosen={journey} busy={run.state === 'running'} start={start} />
        ))}
      </Await>
      <Outcome run={run} />
    </View>
  );
}

function Outcome({ run }: { run: Run }) {
  switch (run.state) {
    case 'running':
      return (
        <Panel title="Replaying">
          <p role="status">{run.total === 0 ? 'Taking history in' : `Day ${run.done} of ${run.total}`}</p>
          <progress max={Math.max(1, run.total)} value={run.done} aria-label="Days replayed" />
        </Panel>
      );
    case 'failed':
      return <Problem refusal={run.refusal} />;
    case 'done':
      return <SimulationReportView report={run.report} />;
    default:
      return null;
  }
}

interface WishFormProps {
  journeys: JourneyFigures[];
  at: string;
  chosen: string | null;
  busy: boolean;
  start: (wish: SimulationWish) => void;
}

const daysBefore = (at: string, days: number): string => new Date(Date.parse(at) - days * 86_400_000).toISOString().slice(0, 10);

function WishForm({ journeys, at, chosen, busy, start }: WishFormProps) {
  const [wish, setWish] = useState<SimulationWish>({
    journey: journeys.find((j) => j.id === chosen)?.id ?? journeys[0]?.id ?? '',
    from: daysBefore(at, 180), until: daysBefore(at, 0), assumeReachable: false,
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    start(wish);
  };
  return (
    <Panel title="What to play">
      <form class="row" onSubmit={submit}>
        <label>
          Journey
          <select name="journey" value={wish.journey} onChange={(e) => setWish({ ...wish, journey: e.currentTarget.value })}>
            {journeys.map((j) => <option key={j.id} value={j.id}>{j.name} ({j.status})</option>)}
          </select>
        </label>
        <label>
          From
          <input type="date" name="from" required value={wish.from} onInput={(e) => setWish({ ...wish, from: e.currentTarget.value })} />
        </label>
        <label>
          Until, exclusive
          <input type="date" name="until" required value={wish.until} onInput={(e) => setWish({ ...wish, until: e.currentTarget.value })} />
        </label>
        <label class="check">
          <input type="checkbox" name="reachable" checked={wish.assumeReachable} onChange={(e) => setWish({ ...wish, assumeReachable: e.currentTarget.checked })} />
          Count everybody as reachable
        </label>
        <button type="submit" disabled={busy}>Simulate</button>
      </form>
    </Panel>
  );
}
