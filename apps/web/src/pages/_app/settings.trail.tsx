import { createFileRoute } from '@tanstack/react-router';
import { TrailPage } from '../../settings/trail/trail-page.js';

/** The filters stand in the address. */
export const Route = createFileRoute('/_app/settings/trail')({ validateSearch: (search: Record<string, unknown>) => search, component: TrailPage });
