import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import { memo, useLayoutEffect, useRef, type CSSProperties, type ReactNode } from 'react';
import { CellEditorBox } from './cell-editor.js';
import type { CellEdits, CellState } from './cell-edits.js';
import type { DataColumn } from './data-column.js';
import classes from './data-table.module.css';

export const SELECT_COLUMN_WIDTH = 40;
export type RowTone = 'attention' | 'broken' | 'muted';

/** Width and pinned offset come from variables on the grid, so that a resize touches one element. */
export function cellStyle(index: number): CSSProperties {
  const known = STYLES[index];
  if (known !== undefined) return known;
  const style = { inlineSize: `var(--w${index})`, insetInlineStart: `var(--s${index}, auto)` };
  STYLES[index] = style;
  return style;
}
const STYLES: CSSProperties[] = [];

export function cellClass(pinned: boolean, edge: boolean): string {
  return `${pinned ? classes.pinned : ''} ${edge ? classes.pinEdge : ''}`;
}

interface DataRowProps<Row> {
  row: Row;
  rowId: string;
  index: number;
  top: number;
  columns: readonly DataColumn<Row>[];
  /** How many of the columns are pinned: the first ones. */
  pinnedCount: number;
  /** Place of the focusable cell in this row (the selection box counts), or null when it is in another row. */
  activeColumn: number | null;
  /** Undefined without selection. */
  selected: boolean | undefined;
  tone: RowTone | undefined;
  editing: string | null;
  states: Readonly<Record<string, CellState>> | undefined;
  /** Present only in the row that is being edited. */
  edits: CellEdits<Row> | null;
}

function DataRowView<Row>({ row, rowId, index, top, columns, pinnedCount, activeColumn, selected, tone, editing, states, edits }: DataRowProps<Row>) {
  const { t } = useLingui();
  const element = useRef<HTMLDivElement>(null);
  const lead = selected === undefined ? 0 : 1;
  // One tab stop for the whole grid: what cells hold is reached with F2, not with Tab.
  useLayoutEffect(() => {
    element.current?.querySelectorAll<HTMLElement>(`[data-content] :is(a[href], button, input, select, textarea, [tabindex="0"])`).forEach((widget) => { widget.tabIndex = -1; });
  });
  const className = `${classes.row} ${selected === true ? classes.selected : ''} ${tone === 'attention' ? classes.toneAttention : ''} ${tone === 'broken' ? classes.toneBroken : ''} ${tone === 'muted' ? classes.toneMuted : ''}`;
  return (
    <div ref={element} role="row" aria-rowindex={index + 2} aria-selected={selected} data-row={index} className={className} style={{ insetBlockStart: top }}>
      {selected === undefined ? null : (
        <div role="gridcell" aria-colindex={1} data-column={0} tabIndex={activeColumn === 0 ? 0 : -1} className={`${classes.cell} ${classes.selectCell} ${classes.pinned}`} style={{ inlineSize: SELECT_COLUMN_WIDTH, insetInlineStart: 0 }}>
          <input type="checkbox" className={classes.box} tabIndex={-1} checked={selected} readOnly aria-label={t`Select row ${index + 1}`} />
        </div>
      )}
      {columns.map((column, place) => {
        const state = states?.[column.id];
        const open = editing === column.id;
        const editable = column.editor !== undefined && column.editor.refusal?.(row) === undefined;
        return (
          <div key={column.id} role={place === 0 ? 'rowheader' : 'gridcell'} aria-colindex={place + lead + 1} data-column={place + lead} tabIndex={activeColumn === place + lead ? 0 : -1}
            aria-readonly={column.editor === undefined ? undefined : !editable}
            className={`${classes.cell} ${cellClass(place < pinnedCount, place === pinnedCount - 1)} ${column.align === 'end' ? classes.end : ''} ${editable && !open ? classes.editable : ''} ${state ? classes[state.kind] : ''}`} style={cellStyle(place)}>
            {open && edits !== null
              ? <CellEditorBox row={row} column={column} onCommit={(value) => edits.commit(row, rowId, column, value)} onCancel={edits.cancel} />
              : <CellContent row={row} column={column} state={state} />}
          </div>
        );
      })}
    </div>
  );
}
export const DataRow = memo(DataRowView) as typeof DataRowView;

function CellContent<Row>({ row, column, state }: { row: Row; column: DataColumn<Row>; state: CellState | undefined }): ReactNode {
  const editor = column.editor;
  if (state?.kind === 'saving' && editor !== undefined) {
    const label = editor.kind === 'choice' ? editor.choices.find((choice) => choice.value === state.value)?.label : state.value;
    return <div data-content className={classes.content}>{editor.preview ? editor.preview(state.value) : label}</div>;
  }
  return (
    <>
      <div data-content className={classes.content}>{column.cell(row)}</div>
      {state?.kind === 'failed' ? <span className={classes.failedNote} title={state.message}><IconAlertTriangle size={14} aria-hidden /><span className="r-visually-hidden">{state.message}</span></span> : null}
    </>
  );
}

const BONES = ['72%', '48%', '60%', '38%', '66%'];

/** A row that is on its way, in the shape of the rows around it. */
export const PlaceholderRow = memo(function PlaceholderRow({ index, top, places, pinnedCount, selectable }: { index: number; top: number; places: number; pinnedCount: number; selectable: boolean }) {
  return (
    <div aria-hidden data-placeholder className={classes.row} style={{ insetBlockStart: top }}>
      {selectable ? <div className={`${classes.cell} ${classes.pinned}`} style={{ inlineSize: SELECT_COLUMN_WIDTH, insetInlineStart: 0 }} /> : null}
      {Array.from({ length: places }, (_place, place) => (
        <div key={place} className={`${classes.cell} ${cellClass(place < pinnedCount, place === pinnedCount - 1)}`} style={cellStyle(place)}>
          <span className={classes.bone} style={{ inlineSize: BONES[(index + place) % BONES.length] }} />
        </div>
      ))}
    </div>
  );
});
