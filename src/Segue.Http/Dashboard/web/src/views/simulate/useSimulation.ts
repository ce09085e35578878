import { useEffect, useRef, useState } from 'preact/hooks';
import { lines, Refusal } from '../../api/load';
import type { SimulationLine, SimulationReport } from '../../api/types';

export interface SimulationWish {
  journey: string;
  from: string;
  until: string;
  assumeReachable: boolean;
}

export type Run =
  | { state: 'none' }
  | { state: 'running'; done: number; total: number }
  | { state: 'failed'; refusal: Refusal }
  | { state: 'done'; report: SimulationReport };

/** Runs simulations, the last one asked for; one still running ends when the view is left. */
export function useSimulation(): { run: Run; start: (wish: SimulationWish) => void } {
  const [run, setRun] = useState<Run>({ state: 'none' });
  const ending = useRef<AbortController | null>(null);
  useEffect(() => () => ending.current?.abort(), []);

  const start = async (wish: SimulationWish): Promise<void> => {
    ending.current?.abort();
    const { signal } = ending.current = new AbortController();
    setRun({ state: 'running', done: 0, total: 0 });
    try {
      for await (const line of lines<SimulationLine>('/api/simulations', wish, signal)) {
        setRun('report' in line ? { state: 'done', report: line.report }
          : 'problem' in line ? { state: 'failed', refusal: new Refusal(500, 'The simulation failed', line.problem) }
            : { state: 'running', ...line });
      }
    } catch (e) {
      if (!signal.aborted) {
        setRun({ state: 'failed', refusal: e instanceof Refusal ? e : new Refusal(0, 'The simulation failed', String(e)) });
      }
    }
  };
  return { run, start: (wish) => void start(wish) };
}
