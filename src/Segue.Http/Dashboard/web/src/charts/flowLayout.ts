import type { StepPicture } from '../api/types';

export const NODE = { width: 236, height: 74, gapX: 40, gapY: 46 };

/** The end that a branch without further steps comes to. */
export const END = '(end)';

export interface FlowNode {
  id: string;
  step: StepPicture | null;
  x: number;
  y: number;
}

export interface FlowEdge {
  from: FlowNode;
  to: FlowNode;
  label: string | null;
  /** Leads back to a step further up. */
  back: boolean;
}

export interface Flow {
  nodes: FlowNode[];
  edges: FlowEdge[];
  width: number;
  height: number;
}

/**
 * Places steps in layers: each below all that lead to it, the first branch straight on, further ones in columns to the
 * right. Links back are left out of the layering.
 */
export function layOut(steps: StepPicture[], first: string): Flow {
  const byId = new Map(steps.map((s) => [s.id, s]));
  const order: string[] = [];
  const column = new Map<string, number>();
  const backs = new Set<string>();
  const onPath = new Set<string>();
  let columns = 0;

  const visit = (id: string, at: number): void => {
    column.set(id, at);
    onPath.add(id);
    columns = Math.max(columns, at + 1);
    byId.get(id)?.next.forEach((edge, i) => {
      const target = targetOf(edge.to);
      if (onPath.has(target)) {
        backs.add(`${id}>${target}`);
      } else if (!column.has(target)) {
        visit(target, i === 0 ? at : columns);
      }
    });
    onPath.delete(id);
    order.unshift(id);
  };
  const targetOf = (to: string | null): string => (to !== null && byId.has(to) ? to : END);
  visit(byId.has(first) ? first : END, 0);
  // What nothing leads to any more is drawn too: people of an older version may stand there.
  steps.filter((s) => !column.has(s.id)).forEach((s) => column.has(s.id) || visit(s.id, columns));

  // In topological order, every step comes after all that lead to it.
  const layer = new Map<string, number>(order.map((id) => [id, 0]));
  for (const id of order) {
    for (const edge of byId.get(id)?.next ?? []) {
      const target = targetOf(edge.to);
      if (!backs.has(`${id}>${target}`)) {
        layer.set(target, Math.max(layer.get(target) ?? 0, (layer.get(id) ?? 0) + 1));
      }
    }
  }

  const nodes = new Map<string, FlowNode>(order.map((id) => [id, {
    id,
    step: byId.get(id) ?? null,
    x: (column.get(id) ?? 0) * (NODE.width + NODE.gapX),
    y: (layer.get(id) ?? 0) * (NODE.height + NODE.gapY),
  }]));
  const edges = order.flatMap((id) => (byId.get(id)?.next ?? []).flatMap((edge) => {
    const from = nodes.get(id);
    const to = nodes.get(targetOf(edge.to));
    return from && to ? [{ from, to, label: edge.label, back: backs.has(`${id}>${to.id}`) }] : [];
  }));
  return {
    nodes: [...nodes.values()],
    edges,
    width: columns * NODE.width + (columns - 1) * NODE.gapX,
    height: (Math.max(0, ...layer.values()) + 1) * (NODE.height + NODE.gapY) - NODE.gapY,
  };
}
