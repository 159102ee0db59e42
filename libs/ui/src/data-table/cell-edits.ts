import { useCallback, useMemo, useRef, useState } from 'react';
import type { DataColumn } from './data-column.js';

/** What a cell shows besides its value: a save on its way, or why the last one was refused. */
export type CellState =
  | { readonly kind: 'saving'; readonly value: string }
  | { readonly kind: 'failed'; readonly value: string; readonly message: string };

export interface CellEdits<Row> {
  /** The cell that is open for writing. */
  readonly open: { readonly rowId: string; readonly columnId: string } | null;
  /** States of the cells of a row by column id; the same object as long as nothing changes. */
  readonly statesOf: (rowId: string) => Readonly<Record<string, CellState>> | undefined;
  readonly start: (rowId: string, columnId: string) => void;
  readonly cancel: () => void;
  /** Closes the editor, shows the value at once and saves it; a refusal rolls back and stays at the cell until the next edit. */
  readonly commit: (row: Row, rowId: string, column: DataColumn<Row>, value: string) => void;
}

/** Inline edits of a table: one open editor, any number of saves on their way; the same object as long as nothing changes. @param onMessage says the outcome to screen readers */
export function useCellEdits<Row>(onMessage: (message: string) => void): CellEdits<Row> {
  const [open, setOpen] = useState<CellEdits<Row>['open']>(null);
  const [states, setStates] = useState<ReadonlyMap<string, Readonly<Record<string, CellState>>>>(new Map());
  // Which save of a cell is the newest: an older answer that comes late may not overwrite what it says.
  const attempts = useRef(new Map<string, number>());

  const put = useCallback((rowId: string, columnId: string, state: CellState | null) => setStates((now) => {
    const next = new Map(now);
    const { [columnId]: _before, ...others } = next.get(rowId) ?? {};
    const cells = state === null ? others : { ...others, [columnId]: state };
    if (Object.keys(cells).length === 0) next.delete(rowId);
    else next.set(rowId, cells);
    return next;
  }), []);

  const start = useCallback((rowId: string, columnId: string) => {
    put(rowId, columnId, null);
    setOpen({ rowId, columnId });
  }, [put]);
  const cancel = useCallback(() => setOpen(null), []);
  const commit = useCallback((row: Row, rowId: string, column: DataColumn<Row>, value: string) => {
    setOpen(null);
    const editor = column.editor;
    if (editor === undefined || editor.value(row) === value) return;
    const cell = `${rowId} ${column.id}`;
    const attempt = (attempts.current.get(cell) ?? 0) + 1;
    attempts.current.set(cell, attempt);
    put(rowId, column.id, { kind: 'saving', value });
    editor.onSave(row, value).then(
      () => { if (attempts.current.get(cell) === attempt) put(rowId, column.id, null); },
      (error: unknown) => {
        if (attempts.current.get(cell) !== attempt) return;
        const message = error instanceof Error ? error.message : String(error);
        put(rowId, column.id, { kind: 'failed', value, message });
        onMessage(message);
      },
    );
  }, [put, onMessage]);
  return useMemo(() => ({ open, statesOf: (rowId) => states.get(rowId), start, cancel, commit }), [open, states, start, cancel, commit]);
}
