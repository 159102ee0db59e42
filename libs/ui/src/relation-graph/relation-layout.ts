/** A relation as the graph draws it. */
export interface GraphRelation {
  /** calls, feeds, shares_component, replaces */
  readonly type: 'calls' | 'feeds' | 'shares_component' | 'replaces';
  /** outgoing: the workload in the middle calls, feeds … the other */
  readonly direction: 'outgoing' | 'incoming';
  /** Key of the other workload. */
  readonly workload: string;
  readonly name: string;
}

/** One neighbour on one side, with every relation that joins it. */
export interface GraphNeighbour {
  readonly workload: string;
  readonly name: string;
  readonly types: readonly GraphRelation['type'][];
  readonly side: 'before' | 'after';
  readonly x: number;
  readonly y: number;
}

export interface GraphLayout {
  readonly width: number;
  readonly height: number;
  readonly node: { readonly width: number; readonly height: number };
  readonly center: { readonly x: number; readonly y: number };
  readonly neighbours: readonly GraphNeighbour[];
  /** Layers stand one above the other (narrow) instead of side by side. */
  readonly stacked: boolean;
}

export const NODE_HEIGHT = 44;
const GAP = 14;
const MARGIN = 8;
const SIDE_BY_SIDE = 640;
/** Lines no longer than this: a drawing is read at one glance. */
const MAX_LINE = 300;

/** Sharing has no direction, so it always stands after the workload. */
const sideOf = ({ type, direction }: GraphRelation): GraphNeighbour['side'] => (direction === 'incoming' && type !== 'shares_component' ? 'before' : 'after');

/**
 * Places what points at a workload before it and what it points at after it, in layers. Positions are top left corners, in CSS pixels.
 * @param width available width in CSS pixels
 */
export function layoutRelations(relations: readonly GraphRelation[], width: number): GraphLayout {
  const grouped = new Map<string, { workload: string; name: string; types: GraphRelation['type'][]; side: GraphNeighbour['side'] }>();
  for (const relation of relations) {
    const side = sideOf(relation);
    const found = grouped.get(`${side} ${relation.workload}`);
    if (!found) grouped.set(`${side} ${relation.workload}`, { workload: relation.workload, name: relation.name, types: [relation.type], side });
    else if (!found.types.includes(relation.type)) found.types.push(relation.type);
  }
  const all = [...grouped.values()].sort((one, other) => one.workload.localeCompare(other.workload));
  const before = all.filter(({ side }) => side === 'before');
  const after = all.filter(({ side }) => side === 'after');
  return width >= SIDE_BY_SIDE ? sideBySide(before, after, width) : stacked(before, after, width);
}

type Grouped = Omit<GraphNeighbour, 'x' | 'y'>;

function sideBySide(before: readonly Grouped[], after: readonly Grouped[], width: number): GraphLayout {
  const nodeWidth = Math.min(220, Math.floor((width - 2 * MARGIN) * 0.24));
  const rows = Math.max(before.length, after.length, 1);
  const height = rows * NODE_HEIGHT + (rows - 1) * GAP + 2 * MARGIN;
  const middle = height / 2;
  const column = (nodes: readonly Grouped[], x: number): GraphNeighbour[] => {
    const top = middle - (nodes.length * NODE_HEIGHT + (nodes.length - 1) * GAP) / 2;
    return nodes.map((node, index) => ({ ...node, x, y: top + index * (NODE_HEIGHT + GAP) }));
  };
  const line = Math.min(MAX_LINE, (width - 2 * MARGIN - 3 * nodeWidth) / 2);
  const center = before.length > 0 ? MARGIN + nodeWidth + line : MARGIN;
  return {
    width, height, stacked: false, node: { width: nodeWidth, height: NODE_HEIGHT }, center: { x: center, y: middle - NODE_HEIGHT / 2 },
    neighbours: [...column(before, MARGIN), ...column(after, center + nodeWidth + line)],
  };
}

/** Edges run in a gutter beside the nodes, so that no line crosses a node. */
export const GUTTER = 44;

function stacked(before: readonly Grouped[], after: readonly Grouped[], width: number): GraphLayout {
  const nodeWidth = Math.max(120, width - GUTTER - MARGIN);
  const row = (index: number): number => MARGIN + index * (NODE_HEIGHT + GAP);
  const place = (nodes: readonly Grouped[], from: number): GraphNeighbour[] => nodes.map((node, index) => ({ ...node, x: GUTTER, y: row(from + index) }));
  return {
    width, height: row(before.length + 1 + after.length) - GAP + MARGIN, stacked: true, node: { width: nodeWidth, height: NODE_HEIGHT },
    center: { x: GUTTER, y: row(before.length) }, neighbours: [...place(before, 0), ...place(after, before.length + 1)],
  };
}
