import { createFileRoute, getRouteApi } from '@tanstack/react-router';
import { ReviewPage } from '../../reviews/review-page.js';
import { reviewQuery } from '../../reviews/reviews.queries.js';

export const Route = createFileRoute('/_app/reviews/$id')({
  staticData: { past: 'then' },
  validateSearch: (search: Record<string, unknown>): { asOf?: string } => search,
  loaderDeps: ({ search: { asOf } }) => ({ asOf }),
  loader: ({ context: { queryClient }, params: { id }, deps: { asOf } }) => queryClient.ensureQueryData(reviewQuery(id, asOf ?? null)),
  component: OneReview,
});

function OneReview() {
  const { id } = getRouteApi('/_app/reviews/$id').useParams();
  return <ReviewPage key={id} id={id} />;
}
