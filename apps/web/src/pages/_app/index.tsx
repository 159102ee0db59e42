import { createFileRoute } from '@tanstack/react-router';
import { Home } from '../../home/home.js';
import { homeQuery } from '../../home/home.queries.js';
import { onboardingQuery } from '../../onboarding/onboarding.queries.js';

export const Route = createFileRoute('/_app/')({
  loader: ({ context: { queryClient } }) => {
    void queryClient.prefetchQuery(homeQuery);
    void queryClient.prefetchQuery(onboardingQuery);
  },
  component: Home,
});
