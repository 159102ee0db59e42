import { createFileRoute } from '@tanstack/react-router';
import { ReviewsTab } from '../../workload-tabs/reviews/reviews-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/reviews')({ component: ReviewsTab });
