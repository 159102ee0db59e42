import { useLingui } from '@lingui/react/macro';
import type { Meaning } from '@roster/ui';
import type { Action, ActionStatus } from './actions.queries.js';

export const ACTION_STATUSES: readonly ActionStatus[] = ['open', 'in_progress', 'done', 'dropped'];

export function useActionWords(): Readonly<Record<ActionStatus, string>> {
  const { t } = useLingui();
  return { open: t`Open`, in_progress: t`In progress`, done: t`Done`, dropped: t`Dropped` };
}

/** What the state of an action means at a glance. */
export const meaningOf = ({ status, overdue }: Pick<Action, 'status' | 'overdue'>): Meaning =>
  overdue ? 'broken' : ({ open: 'attention', in_progress: 'information', done: 'met', dropped: 'neutral' } as const)[status];

export const isClosed = (status: ActionStatus): boolean => status === 'done' || status === 'dropped';
