import { useLingui } from '@lingui/react/macro';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { toast } from '../shell/toast.js';
import { changeAction, refreshActions, type Action, type ActionChange } from './actions.queries.js';

/** Saves a change of an action and offers to take it back: the same fields are set to what they were, also when that opens it again. */
export function useActionChange(): (action: Action, change: ActionChange) => Promise<Action> {
  const { t } = useLingui();
  const client = useQueryClient();
  return useCallback(async (action: Action, change: ActionChange) => {
    const changed = await changeAction(action.id, action.version, change);
    await refreshActions(client, changed);
    const back: ActionChange = {
      ...(change.status === undefined ? {} : { status: action.status }), ...(change.note === undefined ? {} : { note: action.note }), ...(change.dueAt === undefined ? {} : { dueAt: action.dueAt }),
      ...(change.ownerMemberId === undefined || action.ownerMemberId === null ? {} : { ownerMemberId: action.ownerMemberId }),
    };
    const { title } = action;
    toast.done({
      message: changed.status === 'done' ? t`Done: ${title}` : changed.status === 'dropped' ? t`Dropped: ${title}` : t`Saved: ${title}`,
      undo: async () => {
        await refreshActions(client, await changeAction(action.id, changed.version, back));
        toast.done({ message: t`Undone: ${title}` });
      },
    });
    return changed;
  }, [client, t]);
}
