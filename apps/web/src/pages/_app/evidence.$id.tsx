import { createFileRoute, getRouteApi } from '@tanstack/react-router';
import { EvidenceDetail } from '../../evidence/evidence-detail.js';
import { evidenceQuery } from '../../evidence/evidence.queries.js';

export const Route = createFileRoute('/_app/evidence/$id')({
  loader: ({ context: { queryClient }, params: { id } }) => queryClient.ensureQueryData(evidenceQuery(id)),
  component: EvidencePage,
});

function EvidencePage() {
  const { id } = getRouteApi('/_app/evidence/$id').useParams();
  return <EvidenceDetail key={id} id={id} />;
}
