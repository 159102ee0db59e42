import { ProblemAlert } from '@roster/ui';
import type { ReactNode } from 'react';
import { shownProblem } from './problem.js';

interface Asked { readonly error: Error | null; readonly refetch: () => Promise<unknown> }

/**
 * What stands where something is still read: the shape of what comes, or, once one of the requests has failed, why, with the way to ask again.
 * @param queries the requests that are waited for
 */
export function Awaited({ queries, children }: { queries: readonly Asked[]; children: ReactNode }) {
  const failed = queries.filter(({ error }) => error !== null);
  const [first] = failed;
  if (first?.error == null) return children;
  return <ProblemAlert compact problem={shownProblem(first.error)} onRetry={() => { for (const query of failed) void query.refetch(); }} />;
}
