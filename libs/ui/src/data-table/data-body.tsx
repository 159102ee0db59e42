import { useVirtualizer, type Range, type Rect, type Virtualizer } from '@tanstack/react-virtual';
import { memo, startTransition, useCallback, useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useState, type Ref, type RefObject } from 'react';
import type { CellEdits } from './cell-edits.js';
import type { DataColumn } from './data-column.js';
import { DataRow, PlaceholderRow, type RowTone } from './data-row.js';
import classes from './data-table.module.css';
import { isSelected, type RowSelection } from './row-selection.js';
import { whenIdle } from './when-idle.js';

/** Above this many rows only those near the window are drawn. */
const VIRTUAL_ABOVE = 100;
/** Rows drawn beyond the window: while it rests, ahead of a scroll (as far as it goes in three frames, within bounds), behind it, and around the place of a jump or of the first look. */
const OVERSCAN = { resting: 8, ahead: { frames: 3, least: 4, most: 14 }, behind: 2, jump: 3 } as const;
/** Rows before the end of what is loaded at which more is asked for. */
const PREFETCH = 150;
/** Shapes of rows that are still to come, so that a fast scroll always has something under it. */
const TAIL = 200;
/** Rows out of sight are drawn after this, even in a browser that is busy. */
const REST_AFTER_MS = 500;
const FIRST_LOAD_ROWS = 14;
const HEAD_HEIGHT = 33;

export interface BodyHandle {
  readonly scrollTo: (row: number) => void;
  /** Rows that fit into the window. */
  readonly pageRows: () => number;
}

/** The rows of a {@link DataTable}: only those near the window exist, with shapes of the rows that are still to come. Drawn anew only when something of them changes. */
function DataBodyView<Row>({ ref, scroller, about, rows, rowId, rowHeight, columns, pinnedCount, activeRow, activeColumn, selection, rowTone, reuseElements, edits, loading, hasMore, total, failed, onLoadMore }: {
  ref: Ref<BodyHandle>; scroller: RefObject<HTMLDivElement | null>;
  /** What the rows are the answer to: those of another one are read from the first. */
  about: string | undefined;
  rows: readonly Row[]; rowId: (row: Row) => string;
  /** Height of every row in px. */
  rowHeight: number;
  columns: readonly DataColumn<Row>[]; pinnedCount: number;
  /** Where the focusable cell is; -1 is the head. */
  activeRow: number; activeColumn: number;
  selection: RowSelection | undefined; rowTone: ((row: Row) => RowTone | undefined) | undefined;
  /** Whether the rows of another answer take over the elements of those before (cells that hold nothing by themselves). */
  reuseElements: boolean;
  edits: CellEdits<Row>; loading: boolean; hasMore: boolean; total: number | undefined; failed: boolean;
  /** The same function over all renders. */
  onLoadMore: () => void;
}) {
  const left = total === undefined ? TAIL : Math.max(total - rows.length, 1);
  const tail = rows.length === 0 ? (loading ? FIRST_LOAD_ROWS : 0) : hasMore && !failed ? Math.min(TAIL, left) : 0;
  const count = rows.length + tail;
  const virtual = count > VIRTUAL_ABOVE;
  // The focused row stays drawn wherever the window is: focus must not fall to the page.
  const [pace, setPace] = useState<'opening' | 'scrolling' | 'resting'>('opening');
  const [drawn] = useState(() => ({ first: 0 }));
  const rangeExtractor = useCallback((range: Range) => {
    const seen = range.endIndex - range.startIndex + 1;
    const step = range.startIndex - drawn.first;
    drawn.first = range.startIndex;
    // The first look and a jump draw what is seen and no more; the rest comes when the scroll rests.
    const ahead = Math.min(OVERSCAN.ahead.most, Math.max(OVERSCAN.ahead.least, Math.abs(step) * OVERSCAN.ahead.frames));
    const [before, after] = pace === 'resting' ? [OVERSCAN.resting, OVERSCAN.resting] : pace === 'opening' || Math.abs(step) > seen ? [OVERSCAN.jump, OVERSCAN.jump] : step < 0 ? [ahead, OVERSCAN.behind] : [OVERSCAN.behind, ahead];
    const first = Math.max(0, range.startIndex - before);
    const indexes = Array.from({ length: Math.min(range.count - 1, range.endIndex + after) - first + 1 }, (_index, place) => first + place);
    if (activeRow < 0 || activeRow >= range.count || indexes.includes(activeRow)) return indexes;
    return activeRow < (indexes[0] ?? 0) ? [activeRow, ...indexes] : [...indexes, activeRow];
  }, [activeRow, pace, drawn]);
  // What nobody sees yet is drawn when keys and clicks leave time for it.
  const rest = useCallback(() => startTransition(() => setPace('resting')), []);
  const [begun, setBegun] = useState(about);
  useEffect(() => (rows.length > 0 ? whenIdle(rest, REST_AFTER_MS) : undefined), [begun, rows.length, rest]);
  const virtualizer = useVirtualizer({
    count, enabled: virtual, getScrollElement: () => scroller.current, estimateSize: () => rowHeight, overscan: OVERSCAN.resting, rangeExtractor, onChange: (instance) => (instance.isScrolling ? setPace('scrolling') : rest()),
    scrollMargin: HEAD_HEIGHT, scrollPaddingStart: HEAD_HEIGHT, initialRect: likelySize(), observeElementRect: observeSize,
  });
  useLayoutEffect(() => virtualizer.measure(), [virtualizer, rowHeight]);
  useImperativeHandle(ref, () => ({
    scrollTo: (row) => { if (virtual) virtualizer.scrollToIndex(row, { align: 'auto' }); },
    pageRows: () => Math.max(1, Math.floor(((scroller.current?.clientHeight ?? 0) - HEAD_HEIGHT) / rowHeight) - 1),
  }), [virtual, virtualizer, rowHeight, scroller]);

  // Until the window has gone back to the start, the rows that will be in it are drawn, not those where it was left.
  const leftAt = virtual ? virtualizer.scrollOffset ?? 0 : 0;
  if (begun !== about && leftAt === 0) {
    setBegun(about);
    setPace('opening');
  }
  const goToStart = useEffectEvent(() => {
    if (begun !== undefined && scroller.current !== null && (!virtual || leftAt > 0)) scroller.current.scrollTop = 0;
  });
  useLayoutEffect(() => goToStart(), [about]);
  const seen = Math.ceil((virtualizer.scrollRect?.height ?? 0) / rowHeight) + OVERSCAN.jump;
  const items = !virtual ? indexesTo(count) : begun === about ? virtualizer.getVirtualItems().map((item) => item.index) : indexesTo(Math.min(count, seen));
  const last = items.reduce((greatest, index) => (index === activeRow && items.length > 1 ? greatest : Math.max(greatest, index)), -1);
  useEffect(() => {
    if (hasMore && !loading && !failed && rows.length > 0 && last >= rows.length - PREFETCH) onLoadMore();
  }, [hasMore, loading, failed, rows.length, last, onLoadMore]);

  return (
    <div role="rowgroup" className={`${classes.body} ${tail > 0 || virtual ? classes.shaped : ''}`} style={{ blockSize: count * rowHeight }}>
      {items.map((index) => {
        const row = rows[index];
        const top = index * rowHeight;
        if (row === undefined) return <PlaceholderRow key={`placeholder ${index}`} index={index} top={top} places={columns.length} pinnedCount={pinnedCount} selectable={selection !== undefined} />;
        const id = rowId(row);
        const editing = edits.open?.rowId === id ? edits.open.columnId : null;
        return (
          <DataRow key={reuseElements ? index : id} row={row} rowId={id} index={index} top={top} columns={columns} pinnedCount={pinnedCount} activeColumn={activeRow === index ? activeColumn : null}
            selected={selection === undefined ? undefined : isSelected(selection, id)} tone={rowTone?.(row)} editing={editing} states={edits.statesOf(id)} edits={editing === null ? null : edits} />
        );
      })}
    </div>
  );
}
export const DataBody = memo(DataBodyView) as typeof DataBodyView;

const indexesTo = (count: number): readonly number[] => Array.from({ length: count }, (_item, index) => index);

/** What is around a table that fills the window: with the guess as many rows are drawn at first as will be seen. */
const AROUND = { width: 240, height: 240 } as const;
const likelySize = (): Rect => ({ width: Math.max(320, globalThis.innerWidth - AROUND.width), height: Math.max(320, globalThis.innerHeight - AROUND.height) });

/** Tells the size of the window over the rows once the browser has laid the page out anyway: to ask for it at once would lay out all rows twice. */
function observeSize(virtualizer: Virtualizer<HTMLDivElement, Element>, tell: (size: Rect) => void): () => void {
  const element = virtualizer.scrollElement;
  if (element === null) return () => undefined;
  const observer = new ResizeObserver(() => tell({ width: element.clientWidth, height: element.clientHeight }));
  observer.observe(element);
  return () => observer.disconnect();
}
