import { EVIDENCE_KINDS } from '@roster/contracts';
import { createFileRoute, getRouteApi } from '@tanstack/react-router';
import { EvidenceNew } from '../../evidence/evidence-new.js';

export const Route = createFileRoute('/_app/evidence/new')({ validateSearch: (search: Record<string, unknown>) => search as { workload?: string; criterion?: string | string[]; kind?: string }, component: NewPage });

function NewPage() {
  const { workload, criterion, kind } = getRouteApi('/_app/evidence/new').useSearch();
  const criteria = criterion === undefined ? undefined : [criterion].flat();
  const known = EVIDENCE_KINDS.find((one) => one === kind);
  return <EvidenceNew {...(workload === undefined ? {} : { workload })} {...(criteria === undefined ? {} : { criteria })} {...(known === undefined ? {} : { kind: known })} />;
}
