import { createFileRoute } from '@tanstack/react-router';
import { ReviewList } from '../../reviews/review-list.js';

/** The address is the query: filter[status]=due&filter[owner]=me. */
export const Route = createFileRoute('/_app/reviews/')({ staticData: { past: 'then' }, validateSearch: (search: Record<string, unknown>) => search, component: ReviewList });
