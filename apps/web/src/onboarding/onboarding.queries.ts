import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { serviceNow } from '../clock/now.js';
import { toast } from '../shell/toast.js';

export type Onboarding = Schemas['OnboardingDto'];
export type OnboardingStep = Schemas['OnboardingStepDto'];

/** Where sample data being added or removed can be watched. */
export const SAMPLE_DATA_HREF = '/api/v1/onboarding/sample-data';

/** The five steps of the first run, and whether there is sample data. */
export const onboardingQuery = queryOptions({
  queryKey: ['onboarding'],
  staleTime: 5_000,
  queryFn: ({ signal }) => bodyOf(api.GET('/api/v1/onboarding', { signal })),
});

/** Puts the checklist away, or brings it back: at once, and back again when the service refuses. */
export function useDismissal() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (away: boolean) => bodyOf(away ? api.PUT('/api/v1/onboarding/dismissal') : api.DELETE('/api/v1/onboarding/dismissal')),
    onMutate: async (away) => {
      await client.cancelQueries(onboardingQuery);
      const before = client.getQueryData(onboardingQuery.queryKey);
      if (before) client.setQueryData(onboardingQuery.queryKey, { ...before, dismissedAt: away ? serviceNow().toISOString() : null });
      return before;
    },
    onError: (error, _away, before) => {
      if (before) client.setQueryData(onboardingQuery.queryKey, before);
      toast.failed(error);
    },
    onSettled: () => client.invalidateQueries(onboardingQuery),
  });
}

/** Asks for sample data. */
export function useAddSampleData() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/onboarding/sample-data')),
    onError: toast.failed,
    onSettled: () => client.invalidateQueries(onboardingQuery),
  });
}

/** Asks for its removal. What to do with workloads that people have changed is said, or asked for by the service (409). */
export function useRemoveSampleData() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (changed: 'keep' | 'remove' | undefined) => bodyOf(api.DELETE('/api/v1/onboarding/sample-data', { params: { query: { changed } } })),
    onSettled: () => client.invalidateQueries(onboardingQuery),
  });
}
