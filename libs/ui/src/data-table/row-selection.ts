/**
 * Which rows are selected. By id, so that it survives paging; or everything that matches the filter but a few, so that 100,000 rows need no
 * list of 100,000 ids.
 */
export type RowSelection =
  | { readonly kind: 'rows'; readonly ids: ReadonlySet<string> }
  | { readonly kind: 'matching'; readonly except: ReadonlySet<string> };

export const NO_ROWS_SELECTED: RowSelection = { kind: 'rows', ids: new Set() };
export const ALL_MATCHING: RowSelection = { kind: 'matching', except: new Set() };

export function isSelected(selection: RowSelection, id: string): boolean {
  return selection.kind === 'rows' ? selection.ids.has(id) : !selection.except.has(id);
}

/** Selects or deselects some rows and leaves the others as they are. */
export function withRows(selection: RowSelection, ids: readonly string[], selected: boolean): RowSelection {
  const listed = new Set(selection.kind === 'rows' ? selection.ids : selection.except);
  for (const id of ids) {
    if (selected === (selection.kind === 'rows')) listed.add(id);
    else listed.delete(id);
  }
  return selection.kind === 'rows' ? { kind: 'rows', ids: listed } : { kind: 'matching', except: listed };
}

export function toggleRow(selection: RowSelection, id: string): RowSelection {
  return withRows(selection, [id], !isSelected(selection, id));
}

/** Every row between the anchor and the target (both included) becomes what the anchor is; an anchor that is gone selects the target alone. */
export function selectRange(selection: RowSelection, ids: readonly string[], anchor: string | null, target: string): RowSelection {
  const from = anchor === null ? -1 : ids.indexOf(anchor);
  const to = ids.indexOf(target);
  if (to === -1) return selection;
  if (from === -1 || anchor === null) return withRows(selection, [target], true);
  return withRows(selection, ids.slice(Math.min(from, to), Math.max(from, to) + 1), isSelected(selection, anchor));
}

/** How many rows are selected; with everything matching this needs the total. */
export function selectedCount(selection: RowSelection, total: number | undefined): number | undefined {
  if (selection.kind === 'rows') return selection.ids.size;
  return total === undefined ? undefined : Math.max(0, total - selection.except.size);
}

export function isNothingSelected(selection: RowSelection): boolean {
  return selection.kind === 'rows' && selection.ids.size === 0;
}
