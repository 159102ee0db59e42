import { MeaningBadge, type Meaning } from '@roster/ui';
import { useSeverityWords, type Severity } from './review-words.js';

const MEANINGS: Readonly<Record<Severity, Meaning>> = { low: 'neutral', medium: 'information', high: 'attention', critical: 'broken' };

/** How serious a finding is. */
export function SeverityMark({ severity }: { severity: Severity }) {
  const words = useSeverityWords();
  return <MeaningBadge meaning={MEANINGS[severity]} plain>{words[severity]}</MeaningBadge>;
}
