import { useLingui } from '@lingui/react/macro';
import { MeaningBadge, type Meaning } from '@roster/ui';
import type { CoverageExceptionEntry } from '../tabs.queries.js';

/** Where an exception, or a statement that a criterion does not apply, stands. */
export function ExceptionStatusMark({ status, plain = false }: { status: CoverageExceptionEntry['status']; plain?: boolean }) {
  const { t } = useLingui();
  const words: Record<CoverageExceptionEntry['status'], { word: string; meaning: Meaning }> = {
    requested: { word: t`Awaiting decision`, meaning: 'attention' }, approved: { word: t`In force`, meaning: 'information' }, declined: { word: t`Declined`, meaning: 'broken' }, withdrawn: { word: t`Withdrawn`, meaning: 'neutral' },
    expired: { word: t`Expired`, meaning: 'broken' },
  };
  return <MeaningBadge meaning={words[status].meaning} plain={plain}>{words[status].word}</MeaningBadge>;
}
