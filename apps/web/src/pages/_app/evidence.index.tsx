import { createFileRoute, getRouteApi } from '@tanstack/react-router';
import { EvidenceLibrary, type LibrarySearch } from '../../evidence/evidence-library.js';

export const Route = createFileRoute('/_app/evidence/')({ validateSearch: (search: Record<string, unknown>) => search as LibrarySearch, component: EvidencePage });

function EvidencePage() {
  return <EvidenceLibrary search={getRouteApi('/_app/evidence/').useSearch()} />;
}
