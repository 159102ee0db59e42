import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { parseSearch, stringifySearch } from './shell/address.js';
import { NotFound } from './shell/not-found.js';
import { PageProblem } from './shell/page-problem.js';
import { PageSkeleton } from './shell/page-skeleton.js';
import { routeTree } from './route-tree.gen.js';

/** The routes of src/pages with what they share. */
export function createAppRouter(queryClient: QueryClient) {
  return createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    scrollRestoration: true,
    defaultPendingMs: 150,
    defaultPendingMinMs: 0,
    defaultPendingComponent: PageSkeleton,
    defaultErrorComponent: PageProblem,
    defaultNotFoundComponent: NotFound,
    // Addresses stay readable: filter[stage]=pilot&filter[stage]=production, not JSON.
    parseSearch, stringifySearch,
  });
}

declare module '@tanstack/react-router' {
  interface Register { router: ReturnType<typeof createAppRouter> }
}
