import { createFileRoute } from '@tanstack/react-router';
import { PortfolioPage } from '../../portfolio/portfolio-page.js';
import { summaryQuery } from '../../portfolio/portfolio.queries.js';

/** What the heatmap shows and which movement is looked at are part of the address. */
export const Route = createFileRoute('/_app/portfolio')({
  staticData: { past: 'partly' },
  validateSearch: (search: Record<string, unknown>): Record<string, unknown> => search,
  loader: ({ context: { queryClient } }) => { void queryClient.prefetchQuery(summaryQuery); },
  component: PortfolioPage,
});
