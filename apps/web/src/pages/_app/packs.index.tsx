import { createFileRoute } from '@tanstack/react-router';
import { PackListPage } from '../../packs/pack-list-page.js';

export const Route = createFileRoute('/_app/packs/')({
  validateSearch: (search: Record<string, unknown>): { status?: string; mine?: string } => ({ ...search, ...(typeof search.status === 'string' ? { status: search.status } : {}), ...(typeof search.mine === 'string' ? { mine: search.mine } : {}) }),
  component: PackListPage,
});
