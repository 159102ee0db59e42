import { useLingui } from '@lingui/react/macro';
import type { EvidenceKind } from '@roster/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Page } from '../shell/page.js';
import { AttachEvidence } from './attach-evidence.js';

/** Submits evidence, for what the address names. */
export function EvidenceNew({ workload, criteria, kind }: { workload?: string; criteria?: readonly string[]; kind?: EvidenceKind }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <Page title={t`Submit evidence`} to="/evidence/new" crumbs={[{ label: t`Evidence`, to: '/evidence' }]}>
      <AttachEvidence {...(workload === undefined ? {} : { workload })} {...(criteria === undefined ? {} : { criteria })} {...(kind === undefined ? {} : { kind })} onDone={(submitted) => {
        const [only, ...others] = submitted;
        if (only && others.length === 0) void navigate({ to: '/evidence/$id', params: { id: only.id } });
        else void navigate({ to: '/evidence', search: { 'filter[submittedBy]': 'me' } as never });
      }} />
    </Page>
  );
}
