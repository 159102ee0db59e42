import { useDirection } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useLayoutEffect, useMemo, useRef, useState, type CSSProperties, type KeyboardEvent, type MouseEvent, type ReactNode } from 'react';
import { ProblemAlert, type ShownProblem } from '../feedback/problem-alert.js';
import { useFormat } from '../format/format.js';
import { useCellEdits } from './cell-edits.js';
import { ColumnHead } from './column-head.js';
import { moveColumn, presetLayout, type ColumnLayout } from './column-layout.js';
import type { DataColumn } from './data-column.js';
import { DataBody, type BodyHandle } from './data-body.js';
import { SELECT_COLUMN_WIDTH, type RowTone } from './data-row.js';
import classes from './data-table.module.css';
import { clamp, moveInGrid, type GridPosition } from './grid-position.js';
import { ALL_MATCHING, isNothingSelected, isSelected, NO_ROWS_SELECTED, selectedCount, selectRange, toggleRow, withRows, type RowSelection } from './row-selection.js';
import { useColumnTable } from './use-column-table.js';

export type Density = 'compact' | 'roomy';
const ROW_HEIGHT: Record<Density, number> = { compact: 32, roomy: 40 };

export interface DataTableProps<Row> {
  /** What the table holds; its name for screen readers. */
  readonly label: string;
  readonly rows: readonly Row[];
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
  const { label, rows, columns, rowId, sort, onSortChange, loading = false, error = null, onRetry, empty, hasMore = false, onLoadMore, total, density = 'compact', selection, onSelectionChange, canSelectMatching = false, selectionActions, onOpen, onPeek, onEdit, onActiveRowChange, rowTone, height = 'content' } = props;
  const { t } = useLingui();
  const format = useFormat();
  const rightToLeft = useDirection().dir === 'rtl';
  const narrow = useMediaQuery('(max-width: 40em)', false, { getInitialValueInEffect: false });
  const grid = useRef<HTMLDivElement>(null);
  const body = useRef<BodyHandle>(null);
  const [available, setAvailable] = useState(0);
  const [position, setPosition] = useState<GridPosition>({ row: 0, column: selection === undefined ? 0 : 1 });
  const [anchor, setAnchor] = useState<string | null>(null);
  const [menuOf, setMenuOf] = useState<string | null>(null);
  const [drag, setDrag] = useState<{ readonly id: string; readonly over: string | null; readonly side: 'before' | 'after' } | null>(null);
  const [message, setMessage] = useState('');
  const [refused, setRefused] = useState<{ readonly reason: string; readonly at: number } & GridPosition | null>(null);
  const focusWanted = useRef(false);
  const headWanted = useRef<string | null>(null);
  const edits = useCellEdits<Row>(setMessage);

  const preset = useMemo(() => presetLayout(columns), [columns]);
  const [ownLayout, setOwnLayout] = useState<ColumnLayout | null>(null);
  const layout = props.columnLayout ?? ownLayout ?? preset;
  const setLayout = props.onColumnLayoutChange ?? setOwnLayout;
  const lead = selection === undefined ? 0 : 1;
  const table = useColumnTable<Row>({ columns, layout, onLayoutChange: setLayout, available, leading: lead * SELECT_COLUMN_WIDTH, pinMany: !narrow, rightToLeft });
  const { visible } = table;
  const pinnedCount = table.pinnedAt.filter((at) => at !== null).length;
  const active = clamp(position, { rows: rows.length, columns: visible.length + lead });
  // Why a cell may not be edited is said for as long as one is on it.
  if (refused !== null && (refused.row !== active.row || refused.column !== active.column)) setRefused(null);

  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    const measure = () => setAvailable(element.clientWidth);
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  const cellAt = (at: GridPosition) => grid.current?.querySelector<HTMLElement>(`${at.row === -1 ? '[role="columnheader"]' : `[data-row="${at.row}"] > `}[data-column="${at.column}"]`) ?? null;
  useLayoutEffect(() => {
    if (!focusWanted.current || edits.open !== null) return;
    focusWanted.current = false;
    const cell = cellAt(active);
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    cell?.focus({ preventScroll: true });
  });

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
    const row = cell.parentElement?.dataset['row'];
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
    if (at !== null && (at.row !== active.row || at.column !== active.column)) setPosition(at);
    markOverflow(event.target);
  };
  const onDrag = (kind: 'start' | 'over' | 'drop' | 'end', id: string, side: 'before' | 'after'): boolean => {
    if (kind === 'start') setDrag({ id, over: null, side });
    else if (kind === 'end') setDrag(null);
    else if (drag !== null && kind === 'over') {
      if (drag.over !== id || drag.side !== side) setDrag({ ...drag, over: id, side });
    } else if (drag !== null) {
      setLayout(moveColumn(columns, layout, drag.id, id, side));
      setDrag(null);
    }
    return drag !== null;
  };
  const closeMenu = () => {
    headWanted.current = menuOf;
    setMenuOf(null);
  };
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

  const variables: CSSProperties & Record<`--${string}`, string> = { '--total': `${table.total}px`, '--window': `${available}px`, '--pinned': `${table.widths.slice(0, pinnedCount).reduce((sum, width) => sum + width, lead * SELECT_COLUMN_WIDTH)}px` };
  table.widths.forEach((width, place) => {
    variables[`--w${place}`] = `${width}px`;
    const at = table.pinnedAt[place];
    if (at !== null && at !== undefined) variables[`--s${place}`] = `${at}px`;
  });

  const loadedSelected = useMemo(() => (selection === undefined ? 0 : rows.reduce((sum, row) => sum + (isSelected(selection, rowId(row)) ? 1 : 0), 0)), [selection, rows, rowId]);
  const note = rows.length > 0 || loading ? null : error ? <ProblemAlert problem={error} onRetry={onRetry} /> : (empty ?? <Trans>No rows</Trans>);
  const somethingSelected = selection !== undefined && !isNothingSelected(selection);
  return (
    <div className={`${classes.frame} ${density === 'roomy' ? classes.roomy : ''} ${height === 'fill' ? classes.fill : classes.natural}`}>
      <div ref={grid} role="grid" aria-label={label} aria-rowcount={(total ?? (hasMore ? -2 : rows.length)) + 1} aria-colcount={visible.length + lead} aria-multiselectable={selection === undefined ? undefined : true}
        aria-busy={loading} className={`${classes.scroller} ${table.resizing === null ? '' : classes.resizing}`} style={variables}
        onKeyDown={onKeyDown} onClick={onClick} onDoubleClick={onDoubleClick} onFocus={onFocus} onMouseOver={(event) => markOverflow(event.target)}>
        <div role="rowgroup" className={classes.head}>
          <div role="row" aria-rowindex={1} className={classes.headRow}>
            {selection === undefined ? null : (
              <div role="columnheader" aria-colindex={1} data-column={0} tabIndex={active.row === -1 && active.column === 0 ? 0 : -1} className={`${classes.headCell} ${classes.selectCell} ${classes.pinned}`} style={{ inlineSize: SELECT_COLUMN_WIDTH, insetInlineStart: 0 }}>
                <input type="checkbox" className={classes.box} tabIndex={-1} aria-label={t`Select the loaded rows`} checked={rows.length > 0 && loadedSelected === rows.length}
                  ref={(box) => { if (box !== null) box.indeterminate = loadedSelected > 0 && loadedSelected < rows.length; }}
                  onChange={(event) => select(event.currentTarget.checked ? withRows(selection, rows.map(rowId), true) : NO_ROWS_SELECTED)} />
              </div>
            )}
            {visible.map((column, place) => (
              <ColumnHead key={column.id} column={column} place={place} position={place + lead} pinned={place < pinnedCount} edge={place === pinnedCount - 1} width={table.widths[place] ?? 0} sort={sort} onSort={onSortChange}
                active={active.row === -1 && active.column === place + lead} layout={layout} columns={columns} onLayoutChange={setLayout} menuOpen={menuOf === column.id} onMenu={(open) => (open ? setMenuOf(column.id) : closeMenu())}
                onResizeStart={table.headers.find((header) => header.column.id === column.id)?.getResizeHandler()} resizing={table.resizing === column.id}
                drop={drag !== null && drag.over === column.id && drag.id !== column.id ? drag.side : null} onDrag={onDrag} rightToLeft={rightToLeft} />
            ))}
          </div>
        </div>
        {note === null
          ? <DataBody ref={body} scroller={grid} rows={rows} rowId={rowId} rowHeight={ROW_HEIGHT[density]} columns={visible} pinnedCount={pinnedCount} active={active} selection={selection} rowTone={rowTone} edits={edits} loading={loading} hasMore={hasMore} total={total} failed={error !== null} onLoadMore={onLoadMore} />
          : <div role="rowgroup"><div role="row" className={classes.noteRow}><div role="gridcell" aria-colspan={visible.length + lead} className={classes.noteCell}>{note}</div></div></div>}
      </div>
      <div className={`${classes.foot} ${somethingSelected ? classes.footSelected : ''}`}>
        {somethingSelected ? (
          <>
            <strong><SelectionCount count={selectedCount(selection, total)} /></strong>
            {selection.kind === 'rows' && canSelectMatching && total !== undefined && selection.ids.size < total
              ? <button type="button" className={classes.textButton} onClick={() => select(ALL_MATCHING)}><Trans>Select all {format.number(total)} that match</Trans></button> : null}
            <button type="button" className={classes.textButton} onClick={() => select(NO_ROWS_SELECTED)}><Trans>Clear the selection</Trans></button>
          </>
        ) : loading && rows.length === 0 ? <Trans>Loading…</Trans> : <RowCount shown={rows.length} total={total} hasMore={hasMore} />}
        {error !== null && rows.length > 0 ? <span className={classes.trouble}>{error.title} {onRetry ? <button type="button" className={classes.textButton} onClick={onRetry}><Trans>Try again</Trans></button> : null}</span> : null}
        {/* A new element each time: the same refusal is announced again. */}
        <span role="status" className={classes.refusal}>{refused === null ? null : <span key={refused.at}>{refused.reason}</span>}</span>
        <span className={classes.footActions}>
          {somethingSelected ? selectionActions : hasMore && !loading && error === null ? <button type="button" className={classes.textButton} onClick={onLoadMore}><Trans>Load more</Trans></button> : null}
        </span>
      </div>
      <span role="status" className="r-visually-hidden">{message !== '' ? message : somethingSelected ? <SelectionCount count={selectedCount(selection, total)} /> : null}</span>
    </div>
  );
}

function SelectionCount({ count }: { count: number | undefined }) {
  if (count === undefined) return <Trans>All that match are selected</Trans>;
  return <Plural value={count} one="# row selected" other="# rows selected" />;
}

function RowCount({ shown, total, hasMore }: { shown: number; total: number | undefined; hasMore: boolean }) {
  const format = useFormat();
  if (total !== undefined && (hasMore || total > shown)) return <span><Trans>{format.number(shown)} of {format.number(total)}</Trans></span>;
  if (hasMore) return <span><Trans>{format.number(shown)} loaded, more follow</Trans></span>;
  return <span><Plural value={shown} one="# row" other="# rows" /></span>;
}

/** A cell which is cut off tells the whole of it on hover (title) and on focus (it unfolds). */
function markOverflow(target: EventTarget): void {
  if (!(target instanceof Element)) return;
  const cell = target.closest<HTMLElement>('[data-column]');
  const content = cell?.querySelector<HTMLElement>(':scope > [data-content]');
  if (cell === null || content === null || content === undefined) return;
  const cut = content.scrollWidth > content.clientWidth + 1 || [...content.querySelectorAll<HTMLElement>('*')].some((inner) => inner.scrollWidth > inner.clientWidth + 1 && getComputedStyle(inner).overflowX === 'hidden');
  content.classList.toggle(classes['overflown'] ?? 'overflown', cut);
  if (cut) cell.title = content.textContent;
  else cell.removeAttribute('title');
}
