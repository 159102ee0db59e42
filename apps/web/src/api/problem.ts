import { i18n } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import { RosterProblem, RosterUnreachable } from '@roster/api-client';
import type { ShownProblem } from '@roster/ui';

/** What a failed request shows: what happened, that nothing was lost, what to do. */
export function shownProblem(error: unknown): ShownProblem {
  if (error instanceof RosterUnreachable) {
    return { kind: 'unreachable', title: i18n._(msg`Roster does not answer`), detail: i18n._(msg`Nothing was changed and what you typed is kept. Check the connection and try again.`) };
  }
  if (error instanceof RosterProblem) {
    if (error.status === 403) {
      const permission = typeof error.extensions.permission === 'string' ? error.extensions.permission : null;
      return {
        kind: 'forbidden', title: i18n._(msg`You may not do this`), code: error.code, requestId: error.requestId,
        detail: permission ? i18n._(msg`It needs the permission ${permission}. An administrator of your organization can grant it under Settings, Members.`) : error.detail,
      };
    }
    return { kind: 'problem', title: error.title, detail: error.detail, code: error.code, requestId: error.requestId, errors: error.errors };
  }
  const detail = error instanceof Error ? error.message : String(error);
  return { kind: 'problem', title: i18n._(msg`The page ran into an error`), detail: i18n._(msg`Nothing was changed. Reload the page; if it happens again, report this: ${detail}`) };
}

/** Whether a write was refused because its thing is at another version than the one it was read at: nothing else was wrong with it. */
export const isStale = (error: unknown): error is RosterProblem => error instanceof RosterProblem && (error.code === 'PLATFORM_PRECONDITION_FAILED' || error.code === 'PLATFORM_VERSION_CONFLICT');

/** Whether an error says that somebody else changed the thing meanwhile (412 stale version, 409 lost race). */
export const isConflict = (error: unknown): error is RosterProblem => error instanceof RosterProblem && (error.status === 412 || error.status === 409);
