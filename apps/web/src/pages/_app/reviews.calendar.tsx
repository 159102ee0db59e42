import { createFileRoute } from '@tanstack/react-router';
import { ReviewCalendar } from '../../reviews/calendar/review-calendar.js';

export const Route = createFileRoute('/_app/reviews/calendar')({ staticData: { past: 'then' }, validateSearch: (search: Record<string, unknown>) => search, component: ReviewCalendar });
