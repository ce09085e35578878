import { scaleLinear } from 'd3-scale';
import { area } from 'd3-shape';
import { brief, day } from '../parts/format';

interface AreasProps {
  /** Moments, in order, as ISO days. */
  days: string[];
  /** From the bottom up: what each is called in the style sheet, and its value on each day. */
  layers: { look: string; values: number[] }[];
}

const WIDTH = 360;
const LEFT = 44;
const TOP = 12;
const BASE = 150;

/** Layers over time, one on the other, so that their sum shows as well. Its table stands beside it. */
export function Areas({ days, layers }: AreasProps) {
  const sums = days.map((_, i) => layers.reduce((n, l) => n + (l.values[i] ?? 0), 0));
  const times = days.map((d) => Date.parse(d));
  const x = scaleLinear().domain([times[0] ?? 0, times[times.length - 1] ?? 1]).range([LEFT, WIDTH]);
  const y = scaleLinear().domain([0, Math.max(1, ...sums)]).nice(4).range([BASE, TOP]);
  const floors = days.map(() => 0);
  const drawn = layers.map((layer) => {
    const bands = layer.values.map((value, i) => {
      const from = floors[i] ?? 0;
      floors[i] = from + value;
      return [x(times[i] ?? 0), y(from), y(from + value)] as const;
    });
    return { look: layer.look, path: area<readonly [number, number, number]>().x((b) => b[0]).y0((b) => b[1]).y1((b) => b[2])(bands) ?? '' };
  });
  return (
    <svg class="columns-chart" viewBox={`0 0 ${WIDTH} 180`} aria-hidden="true" focusable="false">
      {drawn.map((d) => <path key={d.look} class={d.look} d={d.path} />)}
      {y.ticks(4).filter(Number.isInteger).map((t) => (
        <g key={t}>
          <line class="grid" x1={LEFT} x2={WIDTH} y1={y(t)} y2={y(t)} />
          <text class="axis" x={LEFT - 8} y={y(t) + 4} text-anchor="end">{brief(t)}</text>
        </g>
      ))}
      <text class="axis" x={LEFT} y={BASE + 20}>{day(days[0] ?? '')}</text>
      <text class="axis" x={WIDTH} y={BASE + 20} text-anchor="end">{day(days[days.length - 1] ?? '')}</text>
    </svg>
  );
}
