import { useLingui } from '@lingui/react/macro';
import type { EvidenceKind } from '@roster/contracts';
import { useNavigate } from '@tanstack/react-router';
import { Page } from '../shell/page.js';
import { toast } from '../shell/toast.js';
import { AttachEvidence } from './attach-evidence.js';

/** Submits evidence, for what the address names. */
export function EvidenceNew({ workload, criteria, kind }: { workload?: string; criteria?: readonly string[]; kind?: EvidenceKind }) {
  const { t } = useLingui();
  const navigate = useNavigate();
  return (
    <Page title={t`Submit evidence`} to="/evidence/new" crumbs={[{ label: t`Evidence`, to: '/evidence' }]}>
      <AttachEvidence {...(workload === undefined ? {} : { workload })} {...(criteria === undefined ? {} : { criteria })} {...(kind === undefined ? {} : { kind })} onDone={(submitted) => {
        const [only, ...others] = submitted;
        const count = submitted.length;
        toast.done({ message: others.length === 0 ? t`Evidence submitted. It counts once somebody else has accepted it.` : t`${count} items of evidence submitted. They count once somebody else has accepted them.` });
        if (only && others.length === 0) void navigate({ to: '/evidence/$id', params: { id: only.id } });
        else void navigate({ to: '/evidence', search: { 'filter[submittedBy]': 'me' } as never });
      }} />
    </Page>
  );
}
