import { scaleLinear } from 'd3-scale';

interface ScatterProps {
  points: { x: number; y: number; cluster: number }[];
  /** What the two directions show. */
  across: string;
  up: string;
}

const WIDTH = 720;
const HEIGHT = 380;
const EDGE = 24;
/** So many looks there are; groups beyond them begin anew. */
export const LOOKS = 8;

/** Points in two dimensions, coloured by their group. Its table stands beside it. */
export function Scatter({ points, across, up }: ScatterProps) {
  const x = scaleLinear().domain(span(points.map((p) => p.x))).nice().range([EDGE, WIDTH - EDGE]);
  const y = scaleLinear().domain(span(points.map((p) => p.y))).nice().range([HEIGHT - EDGE, EDGE]);
  return (
    <svg class="scatter" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      <line class="grid" x1={EDGE} x2={WIDTH - EDGE} y1={y(0)} y2={y(0)} />
      <line class="grid" x1={x(0)} x2={x(0)} y1={EDGE} y2={HEIGHT - EDGE} />
      {points.map((p, i) => <circle key={i} class={`dot group-${p.cluster % LOOKS}`} cx={x(p.x)} cy={y(p.y)} r="4" />)}
      <text class="axis" x={WIDTH - EDGE} y={HEIGHT - 6} text-anchor="end">{across}</text>
      <text class="axis" x={EDGE} y={14}>{up}</text>
    </svg>
  );
}

function span(values: number[]): [number, number] {
  const low = Math.min(0, ...values);
  return [low, Math.max(low + 1, ...values)];
}
