import { RosterProblem } from '@roster/api-client';
import { ProblemAlert } from '@roster/ui';
import { useQueryErrorResetBoundary } from '@tanstack/react-query';
import { useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { shownProblem } from '../api/problem.js';
import { NotFound } from './not-found.js';
import { Page } from './page.js';

/** A page that could not be shown: what happened, and trying again. */
export function PageProblem({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const queries = useQueryErrorResetBoundary();
  if (error instanceof RosterProblem && error.status === 404) return <NotFound />;
  const problem = shownProblem(error);
  return (
    <Page title={problem.title} to={router.latestLocation.pathname}>
      <ProblemAlert problem={problem} onRetry={() => { queries.reset(); reset(); void router.invalidate(); }} />
    </Page>
  );
}
