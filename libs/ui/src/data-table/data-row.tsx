import { useLingui } from '@lingui/react/macro';
import { IconAlertTriangle } from '@tabler/icons-react';
import { memo, useLayoutEffect, useRef, type ReactNode } from 'react';
import { CellEditorBox } from './cell-editor.js';
import type { CellEdits, CellState } from './cell-edits.js';
import type { DataColumn } from './data-column.js';
import classes from './data-table.module.css';
import { forgetCut } from './cut-off.js';

export const SELECT_COLUMN_WIDTH = 40;
export type RowTone = 'attention' | 'broken' | 'muted';

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
    element.current?.querySelectorAll<HTMLElement>(`[data-content] :is(a[href], button, input, select, textarea, [tabindex="0"])`).forEach((widget) => {
      // Writing what it is already would still style the whole row anew.
      if (widget.tabIndex !== -1) widget.tabIndex = -1;
    });
  });
  const className = `${classes.row} ${selected === true ? classes.selected : ''} ${tone === 'attention' ? classes.toneAttention : ''} ${tone === 'broken' ? classes.toneBroken : ''} ${tone === 'muted' ? classes.toneMuted : ''}`;
  // What was cut off of the row before says nothing of this one.
  useLayoutEffect(() => { if (element.current !== null) forgetCut(element.current); }, [row]);
  const cells = columns.map((column, place) => {
    const state = states?.[column.id];
    const open = editing === column.id;
    const editable = column.editor !== undefined && column.editor.refusal?.(row) === undefined;
    return (
      <div key={column.id} role={place === 0 ? 'rowheader' : 'gridcell'} aria-colindex={place + lead + 1} data-column={place + lead} tabIndex={activeColumn === place + lead ? 0 : -1}
        aria-readonly={column.editor === undefined ? undefined : !editable}
        className={`${classes.cell} ${place === pinnedCount - 1 ? classes.pinEdge : ''} ${column.align === 'end' ? classes.end : ''} ${editable && !open ? classes.editable : ''} ${state ? classes[state.kind] : ''}`}>
        {open && edits !== null
          ? <CellEditorBox row={row} column={column} onCommit={(value) => edits.commit(row, rowId, column, value)} onCancel={edits.cancel} />
          : <CellContent row={row} column={column} state={state} />}
      </div>
    );
  });
  return (
    <div ref={element} role="row" aria-rowindex={index + 2} aria-selected={selected} data-row={index} className={className} style={{ insetBlockStart: top }}>
      {lead + pinnedCount === 0 ? null : (
        <div role="none" className={classes.pinnedCells}>
          {selected === undefined ? null : (
            <div role="gridcell" aria-colindex={1} data-column={0} tabIndex={activeColumn === 0 ? 0 : -1} className={`${classes.cell} ${classes.selectCell}`}>
              <input type="checkbox" className={classes.box} tabIndex={-1} checked={selected} readOnly aria-label={t`Select row ${index + 1}`} />
            </div>
          )}
          {cells.slice(0, pinnedCount)}
        </div>
      )}
      {cells.slice(pinnedCount)}
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
  const bones = Array.from({ length: places }, (_place, place) => (
    <div key={place} className={`${classes.cell} ${place === pinnedCount - 1 ? classes.pinEdge : ''}`}><span className={classes.bone} style={{ inlineSize: BONES[(index + place) % BONES.length] }} /></div>
  ));
  return (
    <div aria-hidden data-placeholder className={classes.row} style={{ insetBlockStart: top }}>
      {pinnedCount === 0 && !selectable ? null : <div className={classes.pinnedCells}>{selectable ? <div className={classes.cell} /> : null}{bones.slice(0, pinnedCount)}</div>}
      {bones.slice(pinnedCount)}
    </div>
  );
});
