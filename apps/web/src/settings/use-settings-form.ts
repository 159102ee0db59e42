import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { isConflict } from '../api/problem.js';
import { useDraft } from '../forms/use-draft.js';
import { meQuery } from '../session/me.js';
import { changeOrganization, organizationQuery, type Organization } from './settings.queries.js';

/** One thing that was changed and not saved yet. */
export interface PendingChange<Values> {
  readonly key: keyof Values & string;
  readonly before: unknown;
  readonly mine: unknown;
}

/**
 * A form over settings of the organization: flat values with names, kept as a draft until they are saved, saved on the version they were read at.
 * @param name names the draft
 * @param read takes the values out of the settings
 * @param write turns changed values into what PATCH /organization takes
 */
export function useSettingsForm<Values extends Readonly<Record<string, unknown>>>({ name, organization, read, write, onSaved }: {
  name: string; organization: Organization; read: (organization: Organization) => Values; write: (changed: Partial<Values>, all: Values) => Parameters<typeof changeOrganization>[1]; onSaved: () => void;
}) {
  const client = useQueryClient();
  const saved = read(organization);
  const draft = useDraft<Partial<Values>>(`settings:${name}`, {});
  const [changed, setChanged] = useState<Partial<Values>>(draft.values);
  const [theirs, setTheirs] = useState<{ readonly organization: Organization; readonly before: Values } | null>(null);
  const values: Values = { ...saved, ...changed };
  const pending = (Object.keys(changed) as (keyof Values & string)[]).filter((key) => JSON.stringify(changed[key]) !== JSON.stringify(saved[key])).map((key): PendingChange<Values> => ({ key, before: saved[key], mine: changed[key] }));
  const set = <Key extends keyof Values & string>(key: Key, value: Values[Key]): void => {
    const next = { ...changed, [key]: value };
    setChanged(next);
    draft.keep(next);
  };
  const discard = (): void => { setChanged({}); draft.clear(); setTheirs(null); };
  const edit = write(Object.fromEntries(pending.map(({ key }) => [key, values[key]])) as Partial<Values>, values);
  const mutation = useMutation({
    mutationFn: (version: number) => changeOrganization(version, edit),
    onSuccess: async (next) => {
      client.setQueryData(organizationQuery.queryKey, next);
      discard();
      onSaved();
      await Promise.all([client.invalidateQueries({ queryKey: meQuery.queryKey }), client.invalidateQueries({ queryKey: ['inventory'] }), client.invalidateQueries({ queryKey: ['workload'] })]);
    },
    onError: async (error) => {
      if (!isConflict(error)) return;
      // What is saved is about to be read anew: what the change started from is kept for comparison.
      const before = saved;
      setTheirs({ organization: await client.fetchQuery({ ...organizationQuery, staleTime: 0 }), before });
    },
  });
  return {
    values, saved, pending,
    /** What would be sent; null while nothing is changed. */
    edit: pending.length > 0 ? edit : null, restored: draft.restored && pending.length > 0, set, discard, saving: mutation.isPending,
    /** What went wrong, when it was no conflict. */
    error: mutation.error && !isConflict(mutation.error) ? mutation.error : null,
    save: () => mutation.mutate(organization.version),
    conflict: theirs === null ? null : { before: theirs.before, theirs: read(theirs.organization), saveMine: () => { setTheirs(null); mutation.mutate(theirs.organization.version); }, takeTheirs: () => { discard(); mutation.reset(); }, close: () => setTheirs(null) },
  };
}
