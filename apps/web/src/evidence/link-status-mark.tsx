import { useLingui } from '@lingui/react/macro';
import { MeaningBadge } from '@roster/ui';
import type { EvidenceLink } from './evidence.queries.js';

/** Where a link stands. */
export function LinkStatusMark({ status }: { status: EvidenceLink['status'] }) {
  const { t } = useLingui();
  if (status === 'accepted') return <MeaningBadge meaning="met" plain>{t`Accepted`}</MeaningBadge>;
  if (status === 'rejected') return <MeaningBadge meaning="broken" plain>{t`Rejected`}</MeaningBadge>;
  return <MeaningBadge meaning="attention" plain>{t`Awaiting decision`}</MeaningBadge>;
}
