import { RosterProblem } from '@roster/api-client';
import { ProblemAlert } from '@roster/ui';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { shownProblem } from '../api/problem.js';
import { NotFound } from './not-found.js';

/** A page that could not be shown: what happened, and trying again. */
export function PageProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  if (error instanceof RosterProblem && error.status === 404) return <NotFound />;
  return <ProblemAlert problem={shownProblem(error)} onRetry={() => { queries.reset(); reset(); void router.invalidate(); }} />;
}
