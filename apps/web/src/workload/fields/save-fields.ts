import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { isStale } from '../../api/problem.js';
import { toast } from '../../shell/toast.js';
import { useWorkloadChanged, workloadQuery, type Workload } from '../workload.queries.js';
import type { Changes } from './fields.js';
import { changesOf, conflictsOf, namesOf, valueAt } from './merge-fields.js';

/** Somebody else changed the same fields meanwhile. */
export interface FieldConflict {
  readonly base: Workload;
  readonly theirs: Workload;
  readonly mine: Changes;
  /** Names of the fields on which both differ; custom fields as `custom.<key>`. */
  readonly fields: readonly string[];
}

const patch = (key: string, changes: Changes, version: number): Promise<Workload> =>
  bodyOf(api.PATCH('/api/v1/workloads/{key}', { params: { path: { key }, header: { 'If-Match': `"v${version}"` } }, body: changes }));

/**
 * Saves fields of a workload: shown at once, written on the version they were read at. When somebody else changed other fields meanwhile
 * both changes stand; when it was the same field, both versions are shown. Harmless changes can be undone for ten seconds.
 */
export function useSaveFields(key: string) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const changed = useWorkloadChanged(key);
  const [conflict, setConflict] = useState<FieldConflict | null>(null);
  const detail = workloadQuery(key, null).queryKey;

  const write = async (changes: Changes, base: Workload): Promise<Workload | null> => {
    try {
      return await patch(key, changes, base.version);
    } catch (error) {
      if (!isStale(error)) throw error;
      const theirs = await bodyOf(api.GET('/api/v1/workloads/{key}', { params: { path: { key } } }));
      const fields = conflictsOf(base, theirs, changes);
      if (fields.length === 0) return patch(key, changes, theirs.version);
      setConflict({ base, theirs, mine: changes, fields });
      queries.setQueryData(detail, theirs);
      return null;
    }
  };
  const mutation = useMutation({
    mutationFn: ({ changes, base }: { changes: Changes; base: Workload; undoing?: boolean }) => write(changes, base),
    onMutate: async ({ changes }) => {
      await queries.cancelQueries({ queryKey: detail });
      const before = queries.getQueryData(detail);
      if (before) queries.setQueryData(detail, { ...before, ...changes, custom: { ...before.custom, ...changes.custom } } as Workload);
      return { before };
    },
    onSuccess: async (saved, { changes, base, undoing }) => {
      if (saved === null) return;
      queries.setQueryData(detail, saved);
      const names = namesOf(changes);
      if (undoing) toast.done({ message: t`Undone` });
      else toast.done({ message: t`Saved`, undo: () => mutation.mutateAsync({ changes: changesOf(names, (name) => valueAt(base, name)), base: saved, undoing: true }).then(() => undefined) });
      await changed();
    },
    onError: (_error, _variables, context) => {
      if (context?.before) queries.setQueryData(detail, context.before);
    },
  });
  return { save: mutation.mutateAsync, pending: mutation.isPending, conflict, settle: () => setConflict(null) };
}
