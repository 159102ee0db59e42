import { CardSkeleton, ProblemAlert } from '@roster/ui';
import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { shownProblem } from '../api/problem.js';

/** Shows what a query brought, its shape while it is on its way, or what went wrong with a way to try again. */
export function Loaded<Data>({ query, children }: { query: UseQueryResult<Data>; children: (data: Data) => ReactNode }) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ProblemAlert problem={shownProblem(query.error)} onRetry={() => void query.refetch()} />;
  return <CardSkeleton />;
}
