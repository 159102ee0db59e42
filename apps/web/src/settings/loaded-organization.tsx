import { CardSkeleton, ProblemAlert } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { shownProblem } from '../api/problem.js';
import { organizationQuery, type Organization } from './settings.queries.js';

/** The settings of the organization once they are read. */
export function LoadedOrganization({ children }: { children: (organization: Organization) => ReactNode }) {
  const { data, error, refetch } = useQuery(organizationQuery);
  if (data) return children(data);
  return error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} /> : <CardSkeleton />;
}
