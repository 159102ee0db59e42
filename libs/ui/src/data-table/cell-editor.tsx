import { useLingui } from '@lingui/react/macro';
import { useState, type KeyboardEvent } from 'react';
import type { DataColumn } from './data-column.js';
import classes from './data-table.module.css';

/**
 * The open editor of one cell. Enter and leaving the cell save, Escape cancels.
 * @param onCommit gets the value as the person left it
 */
export function CellEditorBox<Row>({ row, column, onCommit, onCancel }: { row: Row; column: DataColumn<Row>; onCommit: (value: string) => void; onCancel: () => void }) {
  const { t } = useLingui();
  const editor = column.editor;
  const [value, setValue] = useState(() => editor?.value(row) ?? '');
  if (editor === undefined) return null;
  const missing = editor.kind === 'text' && editor.required === true && value.trim() === '';
  const keys = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onCancel();
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      event.stopPropagation();
      if (!missing) onCommit(value);
    }
  };
  if (editor.kind === 'choice') {
    return (
      <select className={classes.editor} aria-label={column.header} autoFocus value={value} onKeyDown={keys} onBlur={() => onCommit(value)}
        onChange={(event) => setValue(event.currentTarget.value)}>
        {editor.choices.map((choice) => <option key={choice.value} value={choice.value}>{choice.label}</option>)}
      </select>
    );
  }
  return (
    <input className={classes.editor} aria-label={column.header} autoFocus value={value} maxLength={editor.maxLength} aria-invalid={missing} title={missing ? t`This may not be empty` : undefined}
      onFocus={(event) => event.currentTarget.select()} onKeyDown={keys} onBlur={() => (missing ? onCancel() : onCommit(value))} onChange={(event) => setValue(event.currentTarget.value)} />
  );
}
