import { createFileRoute } from '@tanstack/react-router';
import { PackPage } from '../../packs/pack-page.js';
import { packQuery } from '../../packs/packs.queries.js';

export const Route = createFileRoute('/_app/packs/$id')({
  loader: ({ context: { queryClient }, params }) => { void queryClient.prefetchQuery(packQuery(params.id)); },
  component: PackPage,
});
