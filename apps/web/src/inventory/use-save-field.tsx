import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useRef, useState, type ReactNode } from 'react';
import { api } from '../api/client.js';
import { isStale, shownProblem } from '../api/problem.js';
import { ConflictDialog, type Side } from '../forms/versions.js';
import { toast } from '../shell/toast.js';
import { useFieldWords } from './field-words.js';
import { changeWorkload, INVENTORY, putIntoLists, type WorkloadChange, type WorkloadItem } from './inventory.queries.js';
import { useWorkloadFieldNames } from './workload-fields.js';
import type { SaveField } from './workload-columns.js';

/** Two people changed the same fields: what one wants, what the other has saved. */
interface FieldConflict {
  readonly key: string;
  /** Only fields that both changed. */
  readonly fields: readonly { readonly field: keyof WorkloadChange; readonly before: unknown; readonly mine: unknown; readonly theirs: unknown }[];
  readonly theirsAt: string;
}

type Choices = Readonly<Record<string, Side>> | null;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);

/**
 * Saves one field of a workload. Where somebody else was faster: a change of other fields is no conflict and is kept beside ours; a change of the same
 * field is asked about in a dialog with both versions.
 */
export function useSaveField(): { readonly save: SaveField; readonly dialog: ReactNode } {
  const { t } = useLingui();
  const queries = useQueryClient();
  const names = useWorkloadFieldNames();
  const words = useFieldWords();
  const [conflict, setConflict] = useState<FieldConflict | null>(null);
  const settle = useRef<((choices: Choices) => void) | null>(null);
  const ask = useCallback((about: FieldConflict) => new Promise<Choices>((resolve) => {
    // A second conflict waits for nobody: the first one keeps what is saved.
    settle.current?.(null);
    settle.current = resolve;
    setConflict(about);
  }), []);

  const write = useCallback(async (row: WorkloadItem, change: WorkloadChange) => {
    try {
      return await changeWorkload(row.key, change, row.version);
    } catch (error) {
      if (!isStale(error)) throw error;
    }
    const theirs = await bodyOf(api.GET('/api/v1/workloads/{key}', { params: { path: { key: row.key } } }));
    const fields = (Object.keys(change) as (keyof WorkloadChange)[]).filter((field) => !same(theirs[field], row[field]) && !same(theirs[field], change[field]));
    if (fields.length === 0) return changeWorkload(row.key, change, theirs.version);
    putIntoLists(queries, theirs);
    const choices = await ask({ key: row.key, theirsAt: theirs.updatedAt, fields: fields.map((field) => ({ field, before: row[field], mine: change[field], theirs: theirs[field] })) });
    const kept = Object.fromEntries(Object.entries(change).filter(([field]) => !fields.includes(field as keyof WorkloadChange) || choices?.[field] === 'mine')) as WorkloadChange;
    return Object.keys(kept).length === 0 ? theirs : changeWorkload(row.key, kept, theirs.version);
  }, [ask, queries]);

  const told = useCallback((changed: WorkloadItem & { facts?: unknown }) => {
    putIntoLists(queries, changed as Parameters<typeof putIntoLists>[1]);
    void queries.invalidateQueries({ queryKey: [...INVENTORY, 'facets'] });
    void queries.invalidateQueries({ queryKey: [...INVENTORY, 'total'] });
    void queries.invalidateQueries({ queryKey: ['workload', changed.key] });
  }, [queries]);

  const save = useCallback<SaveField>(async (row, field, value) => {
    const before = row[field as keyof WorkloadItem];
    const label = names[field] ?? field;
    const { key } = row;
    try {
      const changed = await write(row, { [field]: value } as WorkloadChange);
      told(changed);
      if (!same(changed[field as keyof typeof changed], value)) return;
      toast.done({
        message: t`${label} of ${key} changed`,
        undo: async () => {
          // On what this save left: what was changed since in other fields stays, and the same field is asked about.
          const undone = await write(changed as WorkloadItem, { [field]: before } as WorkloadChange);
          told(undone);
          if (same(undone[field as keyof typeof undone], before)) toast.done({ message: t`${label} of ${key} is as it was` });
        },
      });
    } catch (error) {
      toast.failed(error);
      const { title, detail } = shownProblem(error);
      throw new Error(t`Not saved. ${title}: ${detail}`, { cause: error });
    }
  }, [names, t, told, write]);

  const changedKey = conflict?.key ?? '';
  const dialog = conflict === null ? null : (
    <ConflictDialog
      key={changedKey} title={t`${changedKey} was changed meanwhile`} theirsAt={conflict.theirsAt}
      fields={conflict.fields.map(({ field, before, mine, theirs }) => ({ name: field, label: names[field] ?? field, before: words(field, before), theirs: words(field, theirs), mine: words(field, mine) }))}
      onSettle={(choices) => {
        setConflict(null);
        settle.current?.(choices);
        settle.current = null;
      }}
    />
  );
  return { save, dialog };
}
