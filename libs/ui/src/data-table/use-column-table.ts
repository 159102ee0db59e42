import { columnOrderingFeature, columnPinningFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature, tableFeatures, useTable, type ColumnDef, type ColumnSizingState, type Header } from '@tanstack/react-table';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { columnWidth, orderedIds, sizeColumn, visibleIds, type ColumnLayout } from './column-layout.js';
import { COLUMN_MAX_WIDTH, COLUMN_MIN_WIDTH, COLUMN_WIDTH, type DataColumn } from './data-column.js';

const features = tableFeatures({ columnOrderingFeature, columnPinningFeature, columnResizingFeature, columnSizingFeature, columnVisibilityFeature });
/** Rows are drawn from the caller's own array: the table model of 100,000 rows would be rebuilt with every page. */
const NO_ROWS: object[] = [];

export interface ColumnTable<Row> {
  /** Shown columns in their order, pinned ones first. */
  readonly visible: readonly DataColumn<Row>[];
  /** Width in px by place. */
  readonly widths: readonly number[];
  /** Offset in px from the start edge by place for pinned columns, else null. */
  readonly pinnedAt: readonly (number | null)[];
  readonly total: number;
  readonly resizing: string | null;
  readonly headers: readonly Header<typeof features, object, unknown>[];
}

/**
 * The columns of a table as they stand: order, visibility, pinning and widths from the layout, stretched to fill the window.
 * @param available width of the window in px, 0 while unknown
 * @param leading px taken by the selection column
 * @param pinMany false on narrow windows, where only the first column stays, and takes at most half of them
 */
export function useColumnTable<Row>({ columns, layout, onLayoutChange, available, leading, pinMany, rightToLeft }: {
  columns: readonly DataColumn<Row>[]; layout: ColumnLayout; onLayoutChange: (layout: ColumnLayout) => void; available: number; leading: number; pinMany: boolean; rightToLeft: boolean;
}): ColumnTable<Row> {
  const [dragged, setDragged] = useState<ColumnSizingState | null>(null);
  const definitions = useMemo<ColumnDef<typeof features, object>[]>(() => columns.map((column) => ({
    id: column.id, header: column.header, size: column.width ?? COLUMN_WIDTH, minSize: column.minWidth ?? COLUMN_MIN_WIDTH, maxSize: COLUMN_MAX_WIDTH, enableHiding: column.hideable !== false,
  })), [columns]);
  const arranged = useMemo(() => visibleIds(columns, layout), [columns, layout]);
  const stretched = useMemo(() => {
    const widths = stretch(columns, layout, arranged.ids, available - leading);
    return pinMany ? widths : leaveRoom(columns, layout, arranged.ids[0], widths, available);
  }, [columns, layout, arranged, available, leading, pinMany]);
  const sizing = useMemo<ColumnSizingState>(() => ({ ...stretched, ...dragged }), [stretched, dragged]);
  const state = useMemo(() => ({
    columnOrder: orderedIds(columns, layout.order),
    columnVisibility: Object.fromEntries(columns.map((column) => [column.id, arranged.ids.includes(column.id)])),
    columnPinning: { start: pinMany ? arranged.pinned : arranged.ids.slice(0, 1), end: [] },
    columnSizing: sizing,
  }), [columns, layout.order, arranged, pinMany, sizing]);

  const table = useTable<typeof features, object>({
    features, columns: definitions, data: NO_ROWS, state, columnResizeMode: 'onChange', columnResizeDirection: rightToLeft ? 'rtl' : 'ltr',
    onColumnSizingChange: (update) => setDragged((now) => {
      const before = { ...stretched, ...now };
      const after = typeof update === 'function' ? update(before) : update;
      return Object.fromEntries(Object.entries(after).filter(([id, width]) => before[id] !== width || now?.[id] !== undefined));
    }),
  });
  const resizing = table.state.columnResizing.isResizingColumn;

  // The layout is told once, when the handle is let go: a drag is one change, not two hundred.
  const commit = useEffectEvent((widths: ColumnSizingState) => {
    const next = Object.entries(widths).reduce((held, [id, width]) => sizeColumn(columns, held, id, width), layout);
    setDragged(null);
    onLayoutChange(next);
  });
  useEffect(() => {
    if (resizing === false && dragged !== null) commit(dragged);
  }, [resizing, dragged]);

  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const visible = useMemo(() => arranged.ids.flatMap((id) => byId.get(id) ?? []), [arranged, byId]);
  return useMemo(() => {
    const pinned = new Set(state.columnPinning.start);
    let offset = leading;
    const widths = visible.map((column) => Math.min(COLUMN_MAX_WIDTH, Math.max(column.minWidth ?? COLUMN_MIN_WIDTH, sizing[column.id] ?? COLUMN_WIDTH)));
    const pinnedAt = visible.map((column, index) => {
      if (!pinned.has(column.id)) return null;
      const at = offset;
      offset += widths[index] ?? 0;
      return at;
    });
    return { visible, widths, pinnedAt, total: widths.reduce((sum, width) => sum + width, leading), resizing: resizing === false ? null : resizing, headers: table.getHeaderGroups()[0]?.headers ?? [] };
  }, [visible, sizing, state, leading, resizing, table]);
}

/** Shares the room that is left among the columns which nobody sized and which are not fixed, in proportion to their widths. */
function stretch<Row>(columns: readonly DataColumn<Row>[], layout: ColumnLayout, ids: readonly string[], available: number): Record<string, number> {
  const widths = Object.fromEntries(ids.map((id) => [id, columnWidth(columns, layout, id)]));
  const elastic = ids.filter((id) => layout.widths[id] === undefined && columns.find((column) => column.id === id)?.fixed !== true);
  const spare = available - ids.reduce((sum, id) => sum + (widths[id] ?? 0), 0);
  const base = elastic.reduce((sum, id) => sum + (widths[id] ?? 0), 0);
  if (spare <= 0 || base === 0) return widths;
  return { ...widths, ...Object.fromEntries(elastic.map((id) => [id, Math.floor((widths[id] ?? 0) * (1 + spare / base))])) };
}

/** The column that stays takes at most half of a narrow window, unless somebody sized it: the others have to fit through what is left. */
function leaveRoom<Row>(columns: readonly DataColumn<Row>[], layout: ColumnLayout, first: string | undefined, widths: Record<string, number>, available: number): Record<string, number> {
  if (first === undefined || available === 0 || layout.widths[first] !== undefined || Object.keys(widths).length === 1) return widths;
  const least = columns.find((column) => column.id === first)?.minWidth ?? COLUMN_MIN_WIDTH;
  return { ...widths, [first]: Math.max(least, Math.min(widths[first] ?? 0, Math.floor(available / 2))) };
}
