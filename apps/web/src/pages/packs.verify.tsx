import { createFileRoute, getRouteApi } from '@tanstack/react-router';
import { VerifyPage } from '../packs/verify/verify-page.js';

/** Needs no session: an auditor has none. `key` may carry the fingerprint that somebody trusts. */
export const Route = createFileRoute('/packs/verify')({
  validateSearch: (search: Record<string, unknown>): { key?: string } => (typeof search.key === 'string' ? { key: search.key } : {}),
  component: RouteComponent,
});

function RouteComponent() {
  const { key = '' } = getRouteApi('/packs/verify').useSearch();
  return <VerifyPage trusted={key} />;
}
