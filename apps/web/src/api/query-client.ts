import { RosterProblem } from '@roster/api-client';
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query';

const FRESH_MS = 15_000;

/**
 * Keeps what was read. A session that has ended anywhere ends everywhere.
 * @param onSignedOut called when the service no longer knows who asks
 */
export function createQueryClient(onSignedOut: () => void): QueryClient {
  const watch = (error: unknown): void => {
    if (error instanceof RosterProblem && error.status === 401) onSignedOut();
  };
  return new QueryClient({
    queryCache: new QueryCache({ onError: watch }),
    mutationCache: new MutationCache({ onError: watch }),
    defaultOptions: {
      queries: {
        staleTime: FRESH_MS,
        // What the service refused will be refused again; only silence and its own failures are worth another try.
        retry: (count, error) => count < 2 && !(error instanceof RosterProblem && error.status < 500),
      },
      mutations: { retry: false },
    },
  });
}
