import { createFileRoute } from '@tanstack/react-router';
import { PunctualityPage } from '../../reviews/punctuality-page.js';

export const Route = createFileRoute('/_app/reviews/punctuality')({ validateSearch: (search: Record<string, unknown>) => search, component: PunctualityPage });
