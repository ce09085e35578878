import { scaleLinear } from 'd3-scale';
import { count } from '../parts/format';

interface ColumnsProps {
  /** One column each, in order; the label is shown on the first, the middle and the last. */
  values: { label: string; value: number }[];
  /** Half as wide, for charts that stand side by side. */
  narrow?: boolean;
  look?: string;
  /** How the axis writes values. */
  format?: (value: number) => string;
}

const HEIGHT = 180;
const LEFT = 44;
const BASE = 150;

/** Columns over time. Its table stands beside it. */
export function Columns({ values, narrow = false, look = 'column', format = count }: ColumnsProps) {
  const width = narrow ? 360 : 720;
  const y = scaleLinear().domain([Math.min(0, ...values.map((v) => v.value)), Math.max(1, ...values.map((v) => v.value))]).nice(4).range([BASE, 12]);
  const step = (width - LEFT) / Math.max(1, values.length);
  const labelled = new Set(narrow ? [0, values.length - 1] : [0, Math.floor(values.length / 2), values.length - 1]);
  return (
    <svg class="columns-chart" viewBox={`0 0 ${width} ${HEIGHT}`} aria-hidden="true" focusable="false">
      {y.ticks(4).filter(Number.isInteger).map((t) => (
        <g key={t}>
          <line class="grid" x1={LEFT} x2={width} y1={y(t)} y2={y(t)} />
          <text class="axis" x={LEFT - 8} y={y(t) + 4} text-anchor="end">{format(t)}</text>
        </g>
      ))}
      {values.map((v, i) => (
        <rect
          key={v.label} class={look} x={LEFT + i * step + Math.min(1, step / 8)} width={Math.max(1, step - Math.min(2, step / 4))}
          y={y(Math.max(0, v.value))} height={Math.abs(y(v.value) - y(0))} rx={Math.min(2, step / 4)}
        />
      ))}
      {values.map((v, i) => labelled.has(i) && (
        <text
          key={v.label} class="axis" x={i === 0 ? LEFT : i === values.length - 1 ? width : LEFT + (i + 0.5) * step} y={BASE + 20}
          text-anchor={i === 0 ? 'start' : i === values.length - 1 ? 'end' : 'middle'}
        >
          {v.label}
        </text>
      ))}
    </svg>
  );
}
