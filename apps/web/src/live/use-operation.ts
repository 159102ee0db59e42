import { RosterProblem } from '@roster/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState } from 'react';
import { meQuery } from '../session/me.js';
import { openEventStream } from './event-stream.js';

/** Long work as the service tells it (api.md, Conventions). */
export interface Operation<Result = unknown> {
  readonly id: string;
  readonly status: 'queued' | 'running' | 'succeeded' | 'failed' | 'canceled' | (string & {});
  readonly progress?: { readonly done: number; readonly total?: number | null; readonly unit: string } | null;
  readonly result?: Result | null;
  readonly problem?: Record<string, unknown> | null;
}

/** The problem with which long work failed, in the form every other failure has. */
export const problemOf = (operation: Operation): RosterProblem => new RosterProblem(operation.problem ?? {}, Number(operation.problem?.status ?? 500));

/**
 * Follows long work live, and survives a lost connection: the stream starts with the present state each time.
 * @param href where the work is, such as `/api/v1/packs/0199…`; null while there is none
 * @param onEnd called once when it has ended, whatever the end was, also when there is no such work any more
 */
export function useOperation<Result = unknown>(href: string | null, onEnd?: (operation: Operation<Result>) => void): Operation<Result> | null {
  const [state, setState] = useState<{ href: string | null; operation: Operation<Result> | null }>({ href: null, operation: null });
  const client = useQueryClient();
  const ended = useEffectEvent((operation: Operation<Result>) => onEnd?.(operation));
  useEffect(() => {
    if (href === null) return undefined;
    const close = openEventStream(`${href}/events`, {
      progress: (data) => setState({ href, operation: data as Operation<Result> }),
      end: (data) => {
        close();
        setState({ href, operation: data as Operation<Result> });
        ended(data as Operation<Result>);
      },
    }, (problem) => {
      if (problem.status === 401) return void client.invalidateQueries(meQuery);
      const operation: Operation<Result> = { id: '', status: 'failed', problem: { status: problem.status, code: problem.code, title: problem.title, detail: problem.detail } };
      setState({ href, operation });
      return ended(operation);
    });
    return close;
  }, [href, client]);
  return state.href === href ? state.operation : null;
}
