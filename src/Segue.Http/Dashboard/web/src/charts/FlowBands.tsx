import { sankey, sankeyLinkHorizontal } from 'd3-sankey';
import { count } from '../parts/format';

interface Stop {
  id: string;
  name: string;
  arrives: boolean;
}

interface Band {
  source: string;
  target: string;
  value: number;
}

const WIDTH = 760;
const LABEL = 210;
const ROW = 34;

/** Bands from where customers were to where they are, as wide as they are many. Its table stands beside it. */
export function FlowBands({ flows, nameOf }: { flows: { from: string | null; to: string; customers: number }[]; nameOf: (id: string | null) => string }) {
  const from = [...new Set(flows.map((f) => f.from))];
  const to = [...new Set(flows.map((f) => f.to))];
  const height = Math.max(from.length, to.length, 3) * ROW;
  const graph = sankey<Stop, Band>().nodeId((n) => n.id).nodeWidth(10).nodePadding(14)
    .extent([[LABEL, 8], [WIDTH - LABEL, height - 8]])({
      nodes: [
        ...from.map((id) => ({ id: `from ${id ?? ''}`, name: nameOf(id), arrives: false })),
        ...to.map((id) => ({ id: `to ${id}`, name: nameOf(id), arrives: true })),
      ],
      links: flows.map((f) => ({ source: `from ${f.from ?? ''}`, target: `to ${f.to}`, value: f.customers })),
    });
  const path = sankeyLinkHorizontal();
  return (
    <div class="scroll" role="region" aria-label="Moves between segments, drawn" tabIndex={0}>
      <svg class="flows" width={WIDTH} height={height} viewBox={`0 0 ${WIDTH} ${height}`} aria-hidden="true" focusable="false">
        {graph.links.map((l) => <path key={l.index} class="band" d={path(l) ?? ''} stroke-width={Math.max(1, l.width ?? 0)} />)}
        {graph.nodes.map((n) => (
          <g key={n.id}>
            <rect class={n.arrives ? 'stop arrives' : 'stop'} x={n.x0} y={n.y0} width="10" height={Math.max(1, (n.y1 ?? 0) - (n.y0 ?? 0))} rx="2" />
            <text
              class="node-detail" x={n.arrives ? (n.x1 ?? 0) + 8 : (n.x0 ?? 0) - 8} y={((n.y0 ?? 0) + (n.y1 ?? 0)) / 2 + 4}
              text-anchor={n.arrives ? 'start' : 'end'}
            >
              {n.name} <tspan class="node-figures">{count(n.value ?? 0)}</tspan>
            </text>
          </g>
        ))}
      </svg>
    </div>
  );
}
