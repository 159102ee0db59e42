import { useLingui } from '@lingui/react/macro';
import type { EvidenceKind } from '@roster/contracts';

/** The words of the kinds of evidence (domain.md section 7). */
export function useEvidenceKinds(): Record<EvidenceKind, string> {
  const { t } = useLingui();
  return {
    document: t`Document`, link: t`Link`, screenshot: t`Screenshot`, test_run: t`Test run`, measurement: t`Measurement`, config_snapshot: t`Configuration snapshot`, attestation: t`Attestation`, drill: t`Drill`,
    review_record: t`Review record`, roi_report: t`Report on return`, contract: t`Contract`, certificate: t`Certificate`,
  };
}
