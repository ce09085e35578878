import { scaleLinear } from 'd3-scale';
import { count } from '../parts/format';

interface ColumnsProps {
  /** One column each, in order; the label is shown on the first, the middle and the last. */
  values: { label: string; value: number }[];
}

const WIDTH = 720;
const HEIGHT = 180;
const LEFT = 40;
const BASE = 150;

/** Columns over time. Its table stands beside it. */
export function Columns({ values }: ColumnsProps) {
  const y = scaleLinear().domain([0, Math.max(1, ...values.map((v) => v.value))]).nice(4).range([BASE, 12]);
  const step = (WIDTH - LEFT) / Math.max(1, values.length);
  const labelled = new Set([0, Math.floor(values.length / 2), values.length - 1]);
  return (
    <svg class="columns-chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {y.ticks(4).filter(Number.isInteger).map((t) => (
        <g key={t}>
          <line class="grid" x1={LEFT} x2={WIDTH} y1={y(t)} y2={y(t)} />
          <text class="axis" x={LEFT - 8} y={y(t) + 4} text-anchor="end">{count(t)}</text>
        </g>
      ))}
      {values.map((v, i) => (
        <rect
          key={v.label} class="column" x={LEFT + i * step + Math.min(1, step / 8)} width={Math.max(1, step - Math.min(2, step / 4))}
          y={y(v.value)} height={BASE - y(v.value)} rx={Math.min(2, step / 4)}
        />
      ))}
      {values.map((v, i) => labelled.has(i) && (
        <text
          key={v.label} class="axis" x={i === 0 ? LEFT : i === values.length - 1 ? WIDTH : LEFT + (i + 0.5) * step} y={BASE + 20}
          text-anchor={i === 0 ? 'start' : i === values.length - 1 ? 'end' : 'middle'}
        >
          {v.label}
        </text>
      ))}
    </svg>
  );
}
