import { useDirection } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Trans } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { ProblemAlert, type ShownProblem } from '../feedback/problem-alert.js';
import { useCellEdits } from './cell-edits.js';
import { moveColumn, presetLayout, type ColumnLayout } from './column-layout.js';
import { tellCut } from './cut-off.js';
import type { DataColumn } from './data-column.js';
import { DataBody, type BodyHandle } from './data-body.js';
import { DataFoot, SelectionCount } from './data-foot.js';
import { DataHead, type ColumnDrag } from './data-head.js';
import { SELECT_COLUMN_WIDTH, type RowTone } from './data-row.js';
import classes from './data-table.module.css';
import { clamp, moveInGrid, type GridPosition } from './grid-position.js';
import { isNothingSelected, isSelected, NO_ROWS_SELECTED, selectedCount, selectRange, toggleRow, withRows, type RowSelection } from './row-selection.js';
import { useColumnTable } from './use-column-table.js';
import { useSteady } from './use-steady.js';

export type Density = 'compact' | 'roomy';
const ROW_HEIGHT: Record<Density, number> = { compact: 32, roomy: 40 };

export interface DataTableProps<Row> {
  /** What the table holds; its name for screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
  /** What the rows are the answer to: when it changes, the table begins at its first row. Undefined while the answer is on its way. */
  readonly about?: string | undefined;
  /** Keep the array between renders (a constant or useMemo): rows are drawn again when it changes. */
  readonly columns: readonly DataColumn<Row>[];
  /** A stable id; keep the function between renders. */
  readonly rowId: (row: Row) => string;
  /** The server's sort: a sort key, with `-` in front for descending. */
  readonly sort?: string;
  readonly onSortChange?: (sort: string) => void;
  readonly loading?: boolean;
  readonly error?: ShownProblem | null;
  readonly onRetry?: () => void;
  /** What stands there without rows: why it is empty and what first. */
  readonly empty?: ReactNode;
  readonly hasMore?: boolean;
  readonly onLoadMore?: () => void;
  /** Rows that match altogether, where the server counted them: "50 of 2,130". */
  readonly total?: number;
  readonly density?: Density;
  readonly selection?: RowSelection;
  readonly onSelectionChange?: (selection: RowSelection) => void;
  /** Offers "select all that match", for lists whose bulk acts take a filter. */
  readonly canSelectMatching?: boolean;
  /** Acts on the selection, at the foot of the table. */
  readonly selectionActions?: ReactNode;
  readonly onOpen?: (row: Row) => void;
  readonly onPeek?: (row: Row) => void;
  readonly onEdit?: (row: Row) => void;
  /** Told where the focus is, for a peek panel which follows it. */
  readonly onActiveRowChange?: (row: Row) => void;
  readonly rowTone?: (row: Row) => RowTone | undefined;
  /** Every cell is made of its row alone and holds nothing by itself (no open menu, nothing half typed): the rows of another answer take over the elements of those before, which draws only what differs. */
  readonly statelessCells?: boolean;
  readonly columnLayout?: ColumnLayout;
  readonly onColumnLayoutChange?: (layout: ColumnLayout) => void;
  /** `content`: as high as its rows, at most 72 % of the window. `fill`: takes the height of a flex parent. */
  readonly height?: 'content' | 'fill';
}

/**
 * A list as a keyboard grid: virtualised, head and first columns stay, columns are moved, sized, pinned and hidden by mouse or menu.
 * Keys while a cell has the focus: arrows, Home, End, PageUp, PageDown, j, k; x selects, Shift-x a range; o or Enter opens; Space peeks; e edits; F2
 * enters what a cell holds, Escape leaves it; Enter on a head sorts, Alt-ArrowDown opens its menu.
 * @param props see {@link DataTableProps}
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { label, rows, about, columns, rowId, sort, onSortChange, loading = false, error = null, onRetry, empty, hasMore = false, onLoadMore, total, density = 'compact', selection, onSelectionChange, canSelectMatching = false, selectionActions, onOpen, onPeek, onEdit, onActiveRowChange, rowTone, statelessCells = false, height = 'content' } = props;
  const rightToLeft = useDirection().dir === 'rtl';
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<BodyHandle>(null);
  const [available, setAvailable] = useState(0);
  const [position, setPosition] = useState<GridPosition>({ row: 0, column: selection === undefined ? 0 : 1 });
  const [anchor, setAnchor] = useState<string | null>(null);
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const [drag, setDrag] = useState<ColumnDrag | null>(null);
  const [message, setMessage] = useState('');
  const [refused, setRefused] = useState<{ readonly reason: string; readonly at: number } & GridPosition | null>(null);
  const focusWanted = useRef(false);
  const headWanted = useRef<string | null>(null);
  const edits = useCellEdits<Row>(setMessage);

  const preset = useMemo(() => presetLayout(columns), [columns]);
  const [ownLayout, setOwnLayout] = useState<ColumnLayout | null>(null);
  const layout = props.columnLayout ?? ownLayout ?? preset;
  const setLayout = useSteady(props.onColumnLayoutChange ?? setOwnLayout);
  const lead = selection === undefined ? 0 : 1;
  const table = useColumnTable<Row>({ columns, layout, onLayoutChange: setLayout, available, leading: lead * SELECT_COLUMN_WIDTH, pinMany: !narrow, rightToLeft });
  const { visible } = table;
  const pinnedCount = table.pinnedAt.filter((at) => at !== null).length;
  const active = clamp(position, { rows: rows.length, columns: visible.length + lead });
  // Rows of another filter or order are read from the start, wherever those before were left.
  const [begun, setBegun] = useState(about);
  if (about !== undefined && about !== begun) {
    setBegun(about);
    if (begun !== undefined && position.row > 0) setPosition({ row: 0, column: position.column });
  }
  // Why a cell may not be edited is said for as long as one is on it.
  if (refused !== null && (refused.row !== active.row || refused.column !== active.column)) setRefused(null);

  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    // Told once the browser has laid the page out anyway, and before it is painted: to ask for it here would lay it out twice.
    const observer = new ResizeObserver(() => flushSync(() => setAvailable(element.clientWidth)));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const cellAt = (at: GridPosition) => grid.current?.querySelector<HTMLElement>(`${at.row === -1 ? '[role="columnheader"]' : `[data-row="${at.row}"] `}[data-column="${at.column}"]`) ?? null;
  useLayoutEffect(() => {
    if (!focusWanted.current || edits.open !== null) return;
    focusWanted.current = false;
    const cell = cellAt(active);
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    cell?.focus({ preventScroll: true });
  });

  // The focus goes to the first row with the reading, where a row further down had it.
  const focusWithin = useRef(false);
  const drawn = useRef(begun);
  const beginAgain = useEffectEvent(() => {
    if (drawn.current === begun) return;
    drawn.current = begun;
    const focused = document.activeElement;
    const row = focused?.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (focusWithin.current && (focused === document.body || (row !== undefined && Number(row) !== active.row))) cellAt(active)?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => beginAgain(), [begun]);

  const tellActive = useEffectEvent((row: Row) => onActiveRowChange?.(row));
  const activeRow = active.row < 0 ? undefined : rows[active.row];
  useEffect(() => {
    if (activeRow !== undefined) tellActive(activeRow);
  }, [activeRow]);

  const focusCell = (next: GridPosition) => {
    focusWanted.current = true;
    if (next.row >= 0) body.current?.scrollTo(next.row);
    // Pinned cells are always in view: going to them still means going back to the start.
    if (next.column !== active.column && next.column - lead < pinnedCount && grid.current !== null) grid.current.scrollLeft = 0;
    setPosition(next);
  };
  const select = (next: RowSelection) => onSelectionChange?.(next);
  const toggle = (row: Row, range: boolean) => {
    if (selection === undefined) return;
    const id = rowId(row);
    if (range && anchor !== null) select(selectRange(selection, rows.map(rowId), anchor, id));
    else {
      select(toggleRow(selection, id));
      setAnchor(id);
    }
  };
  const startEdit = (row: Row, at: GridPosition): boolean => {
    const column = visible[at.column - lead];
    if (column?.editor === undefined) return false;
    const refusal = column.editor.refusal?.(row);
    if (refusal !== undefined) {
      setRefused((before) => ({ reason: refusal, at: (before?.at ?? 0) + 1, row: at.row, column: at.column }));
      return true;
    }
    edits.start(rowId(row), column.id);
    return true;
  };

  /** Keys on a cell itself; what a cell holds keeps its own keys, only Escape leads back. */
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    if (!(event.target instanceof HTMLElement)) return;
    const cell = event.target.closest<HTMLElement>('[data-column]');
    if (cell === null || event.defaultPrevented || !event.currentTarget.contains(event.target)) return;
    if (event.target !== cell) {
      if (event.key === 'Escape' && edits.open === null) focusCell(active);
      return;
    }
    const at: GridPosition = active;
    const { key } = event;
    const plain = !event.ctrlKey && !event.metaKey && !event.altKey;
    const row = at.row < 0 ? undefined : rows[at.row];
    const done = () => {
      event.preventDefault();
      event.stopPropagation();
    };
    if (at.row === -1) {
      const column = visible[at.column - lead];
      if (key === 'ArrowDown' && event.altKey && column !== undefined) { done(); setMenuOf(column.id); return; }
      if ((key === 'Enter' || key === ' ') && plain) { done(); event.target.querySelector<HTMLElement>('button, input')?.click(); return; }
    } else if (row !== undefined && plain) {
      if (key.toLowerCase() === 'x' && selection !== undefined) { done(); toggle(row, event.shiftKey); return; }
      if (key === ' ') { done(); if (lead === 1 && at.column === 0) toggle(row, event.shiftKey); else onPeek?.(row); return; }
      if (key === 'F2') { done(); cell.querySelector<HTMLElement>('[data-content] :is(a[href], button, input, select, textarea)')?.focus(); return; }
      if (key === 'Enter' && visible[at.column - lead]?.editor !== undefined) { done(); startEdit(row, at); return; }
      if (key === 'Enter' || key === 'o') { done(); onOpen?.(row); return; }
      if (key === 'e') { done(); if (!startEdit(row, at)) onEdit?.(row); return; }
      if (key === 'Escape' && selection !== undefined && !isNothingSelected(selection)) { done(); select(NO_ROWS_SELECTED); return; }
    }
    if ((event.ctrlKey || event.metaKey) && key === 'a' && selection !== undefined) { done(); select(withRows(selection, rows.map(rowId), true)); return; }
    if (event.altKey || ((event.ctrlKey || event.metaKey) && key !== 'Home' && key !== 'End')) return;
    const next = moveInGrid(at, key, event.ctrlKey || event.metaKey, { rows: rows.length, columns: visible.length + lead, page: body.current?.pageRows() ?? 10, rightToLeft });
    if (next === null) return;
    done();
    if (event.shiftKey && (key === 'ArrowDown' || key === 'ArrowUp') && selection !== undefined && row !== undefined) {
      const from = anchor ?? rowId(row);
      const to = rows[next.row];
      setAnchor(from);
      if (to !== undefined) select(selectRange(withRows(selection, [from], true), rows.map(rowId), from, rowId(to)));
    }
    focusCell(next);
  };

  const positionOf = (target: EventTarget): GridPosition | null => {
    if (!(target instanceof Element)) return null;
    const cell = target.closest<HTMLElement>('[data-column]');
    if (cell === null) return null;
    const row = cell.closest<HTMLElement>('[data-row]')?.dataset['row'];
    return { row: row === undefined ? -1 : Number(row), column: Number(cell.dataset['column']) };
  };
  const onClick = (event: MouseEvent<HTMLDivElement>) => {
    const at = positionOf(event.target);
    const row = at === null || at.row < 0 ? undefined : rows[at.row];
    if (at === null || row === undefined || edits.open !== null) return;
    if (lead === 1 && at.column === 0) toggle(row, event.shiftKey);
    else if (event.shiftKey && selection !== undefined) toggle(row, true);
    else if (event.target instanceof Element && event.target.closest('[data-content] :is(a, button, input, select, textarea, label)') !== null) return;
    else if (startEdit(row, at)) {
      setPosition(at);
      return;
    }
    focusCell(at);
  };
  const onDoubleClick = (event: MouseEvent<HTMLDivElement>) => {
    const at = positionOf(event.target);
    const row = at === null || at.row < 0 || (lead === 1 && at.column === 0) ? undefined : rows[at.row];
    if (row !== undefined && edits.open === null) onOpen?.(row);
  };
  /** Focus that comes from elsewhere (Tab, a screen reader) makes its cell the active one. */
  const onFocus = (event: { readonly target: EventTarget }) => {
    const at = positionOf(event.target);
    focusWithin.current = true;
    if (at !== null && (at.row !== active.row || at.column !== active.column)) setPosition(at);
    tellCut(event.target);
  };
  const onDrag = useSteady((kind: 'start' | 'over' | 'drop' | 'end', id: string, side: 'before' | 'after'): boolean => {
    if (kind === 'start') setDrag({ id, over: null, side });
    else if (kind === 'end') setDrag(null);
    else if (drag !== null && kind === 'over') {
      if (drag.over !== id || drag.side !== side) setDrag({ ...drag, over: id, side });
    } else if (drag !== null) {
      setLayout(moveColumn(columns, layout, drag.id, id, side));
      setDrag(null);
    }
    return drag !== null;
  });
  const onMenu = useSteady((id: string, open: boolean) => {
    if (!open) headWanted.current = menuOf;
    setMenuOf(open ? id : null);
  });
  const onSort = useSteady((next: string) => onSortChange?.(next));
  const onSelectAll = useSteady((all: boolean) => { if (selection !== undefined) select(all ? withRows(selection, rows.map(rowId), true) : NO_ROWS_SELECTED); });
  const onResizeStart = useSteady((id: string, event: unknown) => table.headers.find((header) => header.column.id === id)?.getResizeHandler()(event));
  const loadMore = useSteady(() => onLoadMore?.());
  // After the menu the focus returns to its column, wherever the menu has moved that.
  const focusMovedHead = useEffectEvent(() => {
    const place = headWanted.current === null ? -1 : visible.findIndex((column) => column.id === headWanted.current);
    headWanted.current = null;
    if (place !== -1) focusCell({ row: -1, column: place + lead });
  });
  useLayoutEffect(() => focusMovedHead(), [menuOf]);

  // An editor that closes gives the focus back to its cell.
  const editing = edits.open !== null;
  const wasEditing = useRef(false);
  const giveBack = useEffectEvent(() => {
    const focused = document.activeElement;
    if (focused === null || focused === document.body || grid.current?.contains(focused) === true) cellAt(active)?.focus({ preventScroll: true });
  });
  useLayoutEffect(() => {
    if (wasEditing.current && !editing) giveBack();
    wasEditing.current = editing;
  }, [editing]);

  const pinnedWidths = [...(lead === 1 ? [SELECT_COLUMN_WIDTH] : []), ...table.widths.slice(0, pinnedCount)];
  const pinnedTotal = pinnedWidths.reduce((sum, width) => sum + width, 0);
  // A resize touches this one element: rows take the widths of their cells from it.
  const variables: CSSProperties & Record<`--${string}`, string> = {
    '--total': `${table.total}px`, '--pinned': `${pinnedTotal}px`, '--pinned-tracks': tracks(pinnedWidths),
    '--tracks': tracks([...(pinnedWidths.length === 0 ? [] : [pinnedTotal]), ...table.widths.slice(pinnedCount)]),
  };

  const selectedOfLoaded = useMemo(() => {
    if (selection === undefined) return null;
    const count = rows.reduce((sum, row) => sum + (isSelected(selection, rowId(row)) ? 1 : 0), 0);
    return count === 0 ? 'none' : count === rows.length ? 'all' : 'some';
  }, [selection, rows, rowId]);
  const note = rows.length > 0 || loading ? null : error ? <ProblemAlert problem={error} onRetry={onRetry} /> : (empty ?? <Trans>No rows</Trans>);
  const somethingSelected = selection !== undefined && !isNothingSelected(selection);
  return (
    <div className={`${classes.frame} ${density === 'roomy' ? classes.roomy : ''} ${height === 'fill' ? classes.fill : classes.natural}`}>
      <div ref={grid} role="grid" aria-label={label} aria-rowcount={(total ?? (hasMore ? -2 : rows.length)) + 1} aria-colcount={visible.length + lead} aria-multiselectable={selection === undefined ? undefined : true}
        aria-busy={loading} className={`${classes.scroller} ${table.resizing === null ? '' : classes.resizing}`} style={variables}
        onKeyDown={onKeyDown} onClick={onClick} onDoubleClick={onDoubleClick} onFocus={onFocus} onBlur={(event) => { focusWithin.current = event.currentTarget.contains(event.relatedTarget); }} onMouseOver={(event) => tellCut(event.target)}>
        <DataHead visible={visible} columns={columns} layout={layout} onLayoutChange={setLayout} widths={table.widths} pinnedAt={table.pinnedAt} activeColumn={active.row === -1 ? active.column : null} sort={sort} sortable={onSortChange !== undefined} onSort={onSort}
          selected={selectedOfLoaded} onSelectAll={onSelectAll} menuOf={menuOf} onMenu={onMenu} resizing={table.resizing} onResizeStart={onResizeStart} drag={drag} onDrag={onDrag} rightToLeft={rightToLeft} />
        {note === null
          ? <DataBody ref={body} scroller={grid} about={begun} rows={rows} rowId={rowId} rowHeight={ROW_HEIGHT[density]} columns={visible} pinnedCount={pinnedCount} activeRow={active.row} activeColumn={active.column} selection={selection} rowTone={rowTone} reuseElements={statelessCells} edits={edits} loading={loading} hasMore={hasMore} total={total} failed={error !== null} onLoadMore={loadMore} />
          : <div role="rowgroup"><div role="row" className={classes.noteRow}><div role="gridcell" aria-colspan={visible.length + lead} className={classes.noteCell} style={available === 0 ? undefined : { inlineSize: available }}>{note}</div></div></div>}
      </div>
      <DataFoot shown={rows.length} total={total} hasMore={hasMore} loading={loading} error={error} onRetry={onRetry} onLoadMore={loadMore} selection={selection} onSelect={select} canSelectMatching={canSelectMatching} selectionActions={selectionActions} refused={refused} />
      <span role="status" className="r-visually-hidden">{message !== '' ? message : somethingSelected ? <SelectionCount count={selectedCount(selection, total)} /> : null}</span>
    </div>
  );
}

const tracks = (widths: readonly number[]): string => widths.map((width) => `${width}px`).join(' ');
