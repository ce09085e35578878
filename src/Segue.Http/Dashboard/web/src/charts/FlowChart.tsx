import { linkVertical } from 'd3-shape';
import type { StepPicture } from '../api/types';
import { count } from '../parts/format';
import { layOut, NODE, type FlowEdge, type FlowNode } from './flowLayout';

const PAD = 6;
const TITLE = 27;
const DETAIL = 36;

/** A journey drawn as a flow: each step with who stands there and what it has sent. Its table stands beside it. */
export function FlowChart({ steps, first }: { steps: StepPicture[]; first: string }) {
  const flow = layOut(steps, first);
  const loops = flow.edges.some((e) => e.back) ? 60 : 0;
  const width = flow.width + 2 * PAD + loops;
  const height = flow.height + 2 * PAD;
  return (
    <div class="scroll flow-frame" role="region" aria-label="The journey as a flow" tabIndex={0}>
      <svg class="flow" width={width} height={height} viewBox={`${-PAD} ${-PAD} ${width} ${height}`} aria-hidden="true" focusable="false">
        {flow.edges.map((e) => <Edge key={`${e.from.id}>${e.to.id}>${e.label ?? ''}`} edge={e} />)}
        {flow.nodes.map((n) => <Node key={n.id} node={n} />)}
      </svg>
    </div>
  );
}

const vertical = linkVertical<unknown, [number, number]>();

function Edge({ edge }: { edge: FlowEdge }) {
  const { from, to, label, back } = edge;
  const fromX = from.x + NODE.width / 2;
  const toX = to.x + NODE.width / 2;
  if (back) {
    const right = Math.max(from.x, to.x) + NODE.width;
    const [y1, y2] = [from.y + NODE.height / 2, to.y + NODE.height / 2];
    return <path class="edge back" d={`M${from.x + NODE.width},${y1} C${right + 56},${y1} ${right + 56},${y2} ${to.x + NODE.width},${y2}`} />;
  }
  const path = vertical({ source: [fromX, from.y + NODE.height], target: [toX, to.y] }) ?? '';
  const side = toX > fromX ? 10 : 8;
  return (
    <>
      <path class="edge" d={path} />
      {label && <text class="edge-label" x={toX + side} y={to.y - 10}>{cut(label, 28)}</text>}
    </>
  );
}

function Node({ node }: { node: FlowNode }) {
  const { step } = node;
  if (!step) {
    return (
      <g transform={`translate(${node.x},${node.y})`}>
        <rect class="node node-end" x={NODE.width / 2 - 52} width="104" height="34" rx="17" />
        <text class="node-title" x={NODE.width / 2} y="22" text-anchor="middle">Completed</text>
      </g>
    );
  }
  // One, two or three lines, in the middle of the box.
  const top = NODE.height / 2 + 5 - 9 * [step.detail, step.here + step.sent > 0].filter(Boolean).length;
  const figures = [step.here > 0 ? `${count(step.here)} here` : '', step.sent > 0 ? `${count(step.sent)} sent` : ''].filter(Boolean).join(' · ');
  return (
    <g transform={`translate(${node.x},${node.y})`}>
      <title>{[step.title, step.detail, figures].filter(Boolean).join(', ')}</title>
      <rect class={`node node-${step.kind}`} width={NODE.width} height={NODE.height} rx="10" />
      <rect class={`node-mark mark-${step.kind}`} width="4" y="12" height={NODE.height - 24} rx="2" />
      <text class="node-title" x="18" y={top}>{cut(step.title, TITLE)}</text>
      {step.detail && <text class="node-detail" x="18" y={top + 18}>{cut(step.detail, DETAIL)}</text>}
      {figures && <text class="node-figures" x="18" y={top + (step.detail ? 37 : 19)}>{figures}</text>}
    </g>
  );
}

const cut = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most - 1)}…` : text);
