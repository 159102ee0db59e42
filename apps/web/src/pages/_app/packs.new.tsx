import { createFileRoute } from '@tanstack/react-router';
import { PackBuildPage } from '../../packs/pack-build-page.js';

/** `workload` may name keys that are chosen already. */
export const Route = createFileRoute('/_app/packs/new')({
  validateSearch: (search: Record<string, unknown>): { workload?: string | string[] } => search,
  component: PackBuildPage,
});
