import { describe, expect, it, jest } from '@jest/globals';
import { act, renderHook } from '@testing-library/react';
import { useCellEdits } from './cell-edits.js';
import type { DataColumn } from './data-column.js';

interface Row { readonly id: string; readonly name: string }
const ROW: Row = { id: 'r1', name: 'Before' };

describe('edits in the cells of a table', () => {
  /** A column whose saves end when the test says so. */
  const started = () => {
    const saves: { readonly value: string; readonly end: (error?: Error) => Promise<void> }[] = [];
    const told = jest.fn<(message: string) => void>();
    const column: DataColumn<Row> = {
      id: 'name', header: 'Name', cell: (row) => row.name,
      editor: {
        kind: 'text', value: (row) => row.name,
        onSave: (_row, value) => new Promise<void>((resolve, reject) => saves.push({ value, end: (error) => act(async () => { if (error) reject(error); else resolve(); }) })),
      },
    };
    const hook = renderHook(() => useCellEdits<Row>(told));
    return { saves, told, column, edits: () => hook.result.current, commit: (value: string) => act(() => hook.result.current.commit(ROW, 'r1', column, value)) };
  };

  it('shows what was typed while it is saved, and forgets it when that is done', async () => {
    const { saves, edits, commit } = started();
    act(() => edits().start('r1', 'name'));
    expect(edits().open).toEqual({ rowId: 'r1', columnId: 'name' });
    commit('After');
    expect([edits().open, edits().statesOf('r1')]).toEqual([null, { name: { kind: 'saving', value: 'After' } }]);
    await saves[0]?.end();
    expect(edits().statesOf('r1')).toBeUndefined();
  });

  it('says why a save was refused, to screen readers too, until the cell is edited again', async () => {
    const { saves, told, edits, commit } = started();
    commit('After');
    await saves[0]?.end(new Error('Somebody else changed it.'));
    expect(edits().statesOf('r1')).toEqual({ name: { kind: 'failed', value: 'After', message: 'Somebody else changed it.' } });
    expect(told.mock.calls).toEqual([['Somebody else changed it.']]);
    act(() => edits().start('r1', 'name'));
    expect(edits().statesOf('r1')).toBeUndefined();
  });

  it('saves nothing when nothing changed', () => {
    const { saves, edits, commit } = started();
    commit('Before');
    expect([saves.length, edits().statesOf('r1')]).toEqual([0, undefined]);
  });

  it('lets no answer to an older save say anything about a newer one', async () => {
    const { saves, told, edits, commit } = started();
    commit('First');
    commit('Second');
    await saves[0]?.end(new Error('refused'));
    expect(edits().statesOf('r1')).toEqual({ name: { kind: 'saving', value: 'Second' } });
    expect(told).not.toHaveBeenCalled();
    await saves[1]?.end();
    expect(edits().statesOf('r1')).toBeUndefined();
  });
});
