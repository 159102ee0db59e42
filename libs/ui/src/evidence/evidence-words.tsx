import { useLingui } from '@lingui/react/macro';
import type { EvidenceKind } from '@roster/contracts';
import { IconCertificate, IconCircleCheck, IconCircleX, IconClipboardCheck, IconClockExclamation, IconFileCertificate, IconFileDescription, IconFlame, IconHourglass, IconLink, IconPhoto, IconReportMoney, IconRuler2, IconSettings, IconShieldX, IconSignature, IconTestPipe, IconVirusSearch } from '@tabler/icons-react';
import type { ComponentType } from 'react';
import { MeaningBadge, type Meaning } from '../status/meaning.js';

/** Where a version of evidence stands; expired = accepted, but its time is over. */
export type EvidenceStatus = 'quarantined' | 'submitted' | 'accepted' | 'rejected' | 'refused' | 'expired';
export const EVIDENCE_STATUSES: readonly EvidenceStatus[] = ['submitted', 'accepted', 'expired', 'rejected', 'quarantined', 'refused'];

type Icon = ComponentType<{ size?: number; 'aria-hidden'?: boolean }>;
const STATUS_ICONS: Record<EvidenceStatus, Icon> = { submitted: IconHourglass, accepted: IconCircleCheck, expired: IconClockExclamation, rejected: IconCircleX, quarantined: IconVirusSearch, refused: IconShieldX };
const KIND_ICONS: Record<EvidenceKind, Icon> = {
  document: IconFileDescription, link: IconLink, screenshot: IconPhoto, test_run: IconTestPipe, measurement: IconRuler2, config_snapshot: IconSettings, attestation: IconSignature, drill: IconFlame,
  review_record: IconClipboardCheck, roi_report: IconReportMoney, contract: IconFileCertificate, certificate: IconCertificate,
};

/** Word, meaning and explanation of each status. */
export function useEvidenceStatusWords(): Record<EvidenceStatus, { word: string; meaning: Meaning; why: string }> {
  const { t } = useLingui();
  return {
    submitted: { word: t`Awaiting decision`, meaning: 'attention', why: t`Counts once somebody other than its submitter has accepted it.` },
    accepted: { word: t`Accepted`, meaning: 'met', why: t`Counts as evidence.` },
    expired: { word: t`Expired`, meaning: 'broken', why: t`Was accepted, but does not count any more. Submit a new version to renew it.` },
    rejected: { word: t`Rejected`, meaning: 'broken', why: t`Does not count. The decision is final; submit a new version.` },
    quarantined: { word: t`In quarantine`, meaning: 'information', why: t`The virus scanner has not answered yet. It can be decided once it has.` },
    refused: { word: t`Harmful, refused`, meaning: 'broken', why: t`The virus scanner found the file harmful. Its bytes were deleted.` },
  };
}

/** Status of a version, with an icon and a word; why on hover. */
export function EvidenceStatusMark({ status, plain = false }: { status: EvidenceStatus; plain?: boolean }) {
  const { word, meaning, why } = useEvidenceStatusWords()[status];
  const StatusIcon = STATUS_ICONS[status];
  return <MeaningBadge meaning={meaning} plain={plain} title={why} icon={<StatusIcon size={14} aria-hidden />}>{word}</MeaningBadge>;
}

/** The icon of a kind of evidence. */
export function EvidenceKindIcon({ kind, size = 16 }: { kind: EvidenceKind; size?: number }) {
  const KindIcon = KIND_ICONS[kind];
  return <KindIcon size={size} aria-hidden />;
}
