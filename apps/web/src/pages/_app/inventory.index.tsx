import { createFileRoute } from '@tanstack/react-router';
import { InventoryPage } from '../../inventory/inventory-page.js';
import { savedViewsQuery } from '../../inventory/inventory.queries.js';

/** The address is the state of the view: filters, text, order, columns and density (inventory/view-state). */
export const Route = createFileRoute('/_app/inventory/')({
  staticData: { past: 'then' },
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  loader: ({ context: { queryClient } }) => { void queryClient.prefetchQuery(savedViewsQuery); },
  component: InventoryPage,
});
