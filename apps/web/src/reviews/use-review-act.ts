import { RosterProblem } from '@roster/api-client';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { reviewQuery, type ReviewDetail } from './reviews.queries.js';

/**
 * Something that is done with a review. The answer is the review as it then is; everything that shows reviews reads again. When somebody else was
 * faster, the review is read again as well, so that the page shows what is possible now.
 */
export function useReviewAct<Input>(id: string, act: (input: Input) => Promise<ReviewDetail>, then: { onDone?: (review: ReviewDetail) => void; onError?: (error: Error) => void } = {}) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: act,
    onSuccess: async (review) => {
      client.setQueryData(reviewQuery(id, null).queryKey, review);
      then.onDone?.(review);
      const touched = [['reviews', 'list'], ['reviews', 'calendar'], ['reviews', 'punctuality'], ['actions'], ['home'], ['workload', review.workload.key], ['inventory']];
      await Promise.all(touched.map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (error) => {
      if (error instanceof RosterProblem && error.status === 409) void client.invalidateQueries({ queryKey: ['reviews', 'one', id] });
      then.onError?.(error);
    },
  });
}
