import { COLUMN_MAX_WIDTH, COLUMN_MIN_WIDTH, COLUMN_WIDTH, type DataColumn } from './data-column.js';

/** How a person arranged the columns. Ids that no column has any more are ignored, new columns appear where they are defined. */
export interface ColumnLayout {
  readonly order: readonly string[];
  readonly hidden: readonly string[];
  /** Width in px by column id, only where a person changed it. */
  readonly widths: Readonly<Record<string, number>>;
  readonly pinned: readonly string[];
}

type Columns = readonly Pick<DataColumn<never>, 'id' | 'pinned' | 'hiddenAtFirst' | 'hideable' | 'width' | 'minWidth'>[];

/** The layout that the columns themselves ask for. */
export function presetLayout(columns: Columns): ColumnLayout {
  return {
    order: columns.map((column) => column.id),
    hidden: columns.filter((column) => column.hiddenAtFirst === true).map((column) => column.id),
    widths: {},
    pinned: columns.filter((column) => column.pinned === true).map((column) => column.id),
  };
}

/** All ids in their order: what the layout names, and every other column right after the one it follows in the definition. */
export function orderedIds(columns: Columns, order: readonly string[]): string[] {
  const known = new Set(columns.map((column) => column.id));
  const ids = order.filter((id, index) => known.has(id) && order.indexOf(id) === index);
  columns.forEach((column, index) => {
    if (ids.includes(column.id)) return;
    const before = index === 0 ? -1 : ids.indexOf(columns[index - 1]?.id ?? '');
    ids.splice(before + 1, 0, column.id);
  });
  return ids;
}

/** Ids that are shown, pinned ones first. The first is always pinned: rows need a name that stays. */
export function visibleIds(columns: Columns, layout: ColumnLayout): { readonly ids: string[]; readonly pinned: string[] } {
  const fixed = new Set(columns.filter((column) => column.hideable === false).map((column) => column.id));
  const shown = orderedIds(columns, layout.order).filter((id) => fixed.has(id) || !layout.hidden.includes(id));
  const pinned = shown.filter((id) => layout.pinned.includes(id));
  const rest = shown.filter((id) => !layout.pinned.includes(id));
  if (pinned.length === 0 && rest.length > 0) pinned.push(...rest.splice(0, 1));
  return { ids: [...pinned, ...rest], pinned };
}

/** Moves a column next to another one. The target's pinning is taken over, so that the column lands where it was dropped. */
export function moveColumn(columns: Columns, layout: ColumnLayout, id: string, target: string, side: 'before' | 'after'): ColumnLayout {
  if (id === target) return layout;
  const order = orderedIds(columns, layout.order).filter((other) => other !== id);
  const at = order.indexOf(target);
  if (at === -1) return layout;
  order.splice(side === 'before' ? at : at + 1, 0, id);
  const { pinned } = visibleIds(columns, layout);
  return { ...layout, order, pinned: pinned.includes(target) ? unique([...pinned, id]) : pinned.filter((other) => other !== id) };
}

/** Moves a column one place towards the start or the end among the visible ones; at the edge nothing changes. */
export function stepColumn(columns: Columns, layout: ColumnLayout, id: string, step: -1 | 1): ColumnLayout {
  const { ids } = visibleIds(columns, layout);
  const target = ids[ids.indexOf(id) + step];
  return target === undefined ? layout : moveColumn(columns, layout, id, target, step === -1 ? 'before' : 'after');
}

export function showColumn(columns: Columns, layout: ColumnLayout, id: string, shown: boolean): ColumnLayout {
  const column = columns.find((candidate) => candidate.id === id);
  if (column === undefined || column.hideable === false) return layout;
  const hidden = layout.hidden.filter((other) => other !== id);
  return { ...layout, hidden: shown ? hidden : [...hidden, id] };
}

export function pinColumn(columns: Columns, layout: ColumnLayout, id: string, pinned: boolean): ColumnLayout {
  const now = visibleIds(columns, layout).pinned;
  return { ...layout, pinned: pinned ? unique([...now, id]) : now.filter((other) => other !== id) };
}

/** Sets a width in px, held between the column's own least and the greatest width. */
export function sizeColumn(columns: Columns, layout: ColumnLayout, id: string, width: number): ColumnLayout {
  const column = columns.find((candidate) => candidate.id === id);
  const held = Math.round(Math.min(COLUMN_MAX_WIDTH, Math.max(column?.minWidth ?? COLUMN_MIN_WIDTH, width)));
  return { ...layout, widths: { ...layout.widths, [id]: held } };
}

export function columnWidth(columns: Columns, layout: ColumnLayout, id: string): number {
  return layout.widths[id] ?? columns.find((candidate) => candidate.id === id)?.width ?? COLUMN_WIDTH;
}

/** Whether two layouts show the same thing for these columns. */
export function sameLayout(columns: Columns, a: ColumnLayout, b: ColumnLayout): boolean {
  const picture = (layout: ColumnLayout) => JSON.stringify([visibleIds(columns, layout), columns.map((column) => columnWidth(columns, layout, column.id))]);
  return picture(a) === picture(b);
}

function unique(ids: string[]): string[] {
  return [...new Set(ids)];
}
