import { createFileRoute } from '@tanstack/react-router';
import { InventoryPage } from '../../inventory/inventory-page.js';
import { pagesQuery } from '../../api/paged-list.js';
import type { Parameters } from '../../inventory/filter-parameters.js';
import { savedViewsQuery, workloadPages } from '../../inventory/inventory.queries.js';
import { queryOf, stateOfAddress, USUAL_STATE, USUAL_VIEW } from '../../inventory/view-state.js';

/** The address is the state of the view: filters, text, order, columns and density (inventory/view-state). */
export const Route = createFileRoute('/_app/inventory/')({
  staticData: { past: 'then' },
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  // What the page asks for first, while the frame is drawn. A saved view has to be read before its rows can be. The search is no dependency of the loader: the
  // page would be put away and drawn anew with every filter.
  loader: ({ context: { queryClient }, location }) => {
    void queryClient.prefetchQuery(savedViewsQuery);
    const search = location.search as Parameters;
    const state = stateOfAddress(search) ?? ((search['view'] ?? USUAL_VIEW) === USUAL_VIEW ? USUAL_STATE : null);
    if (state) void queryClient.prefetchInfiniteQuery(pagesQuery(workloadPages(queryOf(state), state.sort, (search['asOf'] as string | undefined) ?? null)));
  },
  component: InventoryPage,
});
