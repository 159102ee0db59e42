import { useLingui } from '@lingui/react/macro';
import type { CoverageStatus, Lifecycle, ReviewState, RiskTier, TriState } from '@roster/contracts';
import { IconCircleCheck, IconCircleMinus, IconCircleX, IconClockExclamation, IconHelpHexagon, IconHourglass, IconSignature, IconTicket } from '@tabler/icons-react';
import { MeaningBadge, type Meaning } from './meaning.js';

/** Yes, no, or visibly unknown. @param good which answer is the wished one; without it the answer has no colour */
export function TriStateMark({ value, good }: { value: TriState; good?: 'yes' | 'no' }) {
  const { t } = useLingui();
  if (value === 'unknown') return <MeaningBadge meaning="unknown" icon={<IconHelpHexagon size={14} aria-hidden />}>{t`Unknown`}</MeaningBadge>;
  const meaning: Meaning = good === undefined ? 'neutral' : value === good ? 'met' : 'attention';
  const Icon = value === 'yes' ? IconCircleCheck : IconCircleMinus;
  return <MeaningBadge meaning={meaning} icon={<Icon size={14} aria-hidden />}>{value === 'yes' ? t`Yes` : t`No`}</MeaningBadge>;
}

/** Words and meaning of a coverage status (ui.md, Words). */
export function useCoverageWords(): Record<CoverageStatus, { word: string; meaning: Meaning }> {
  const { t } = useLingui();
  return {
    satisfied: { word: t`Satisfied`, meaning: 'met' }, waived: { word: t`Waived`, meaning: 'information' }, not_applicable: { word: t`Not applicable`, meaning: 'neutral' },
    submitted: { word: t`Awaiting decision`, meaning: 'attention' }, expired: { word: t`Expired`, meaning: 'broken' }, rejected: { word: t`Rejected`, meaning: 'broken' }, missing: { word: t`Missing`, meaning: 'unknown' },
  };
}
export const COVERAGE_ICONS = { satisfied: IconCircleCheck, waived: IconTicket, not_applicable: IconCircleMinus, submitted: IconHourglass, expired: IconClockExclamation, rejected: IconCircleX, missing: IconHelpHexagon };

export function CoverageMark({ status, plain = false }: { status: CoverageStatus; plain?: boolean }) {
  const { word, meaning } = useCoverageWords()[status];
  const Icon = COVERAGE_ICONS[status];
  return <MeaningBadge meaning={meaning} plain={plain} icon={<Icon size={14} aria-hidden />}>{word}</MeaningBadge>;
}

/** What a review is for the people around it: the stored state, refined by its due time (ui.md, Words). */
export type ReviewStanding = ReviewState | 'not_set' | 'due_soon' | 'overdue';

/** Words and meaning of what a review is (ui.md, Words). */
export function useReviewStandingWords(): Record<ReviewStanding, { word: string; meaning: Meaning }> {
  const { t } = useLingui();
  return {
    not_set: { word: t`Not set`, meaning: 'unknown' }, scheduled: { word: t`Scheduled`, meaning: 'neutral' }, due_soon: { word: t`Due soon`, meaning: 'information' }, due: { word: t`Due`, meaning: 'attention' },
    in_progress: { word: t`In progress`, meaning: 'information' }, awaiting_sign_off: { word: t`Awaiting sign-off`, meaning: 'attention' }, completed: { word: t`Completed`, meaning: 'met' },
    overdue: { word: t`Overdue`, meaning: 'broken' }, skipped: { word: t`Skipped`, meaning: 'neutral' },
  };
}

export function ReviewStateMark({ state, plain = false }: { state: ReviewStanding; plain?: boolean }) {
  const { word, meaning } = useReviewStandingWords()[state];
  return <MeaningBadge meaning={meaning} plain={plain} icon={state === 'awaiting_sign_off' ? <IconSignature size={14} aria-hidden /> : undefined}>{word}</MeaningBadge>;
}

/** Risk tier; not set is unknown and is treated as critical (domain.md section 5). */
export function RiskTierMark({ tier }: { tier: RiskTier | null | undefined }) {
  const { t } = useLingui();
  if (!tier) return <MeaningBadge meaning="unknown" title={t`Treated as critical until it is set`}>{t`Tier not set`}</MeaningBadge>;
  const words: Record<RiskTier, { word: string; meaning: Meaning }> = { low: { word: t`Low`, meaning: 'neutral' }, medium: { word: t`Medium`, meaning: 'information' }, high: { word: t`High`, meaning: 'attention' }, critical: { word: t`Critical`, meaning: 'broken' } };
  return <MeaningBadge meaning={words[tier].meaning} plain>{words[tier].word}</MeaningBadge>;
}

export function LifecycleMark({ lifecycle }: { lifecycle: Lifecycle }) {
  const { t } = useLingui();
  const words: Record<Lifecycle, string> = { proposed: t`Proposed`, active: t`Active`, paused: t`Paused`, retired: t`Retired` };
  return <span>{words[lifecycle]}</span>;
}
