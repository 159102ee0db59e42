import { useLingui } from '@lingui/react/macro';
import { MeaningBadge, type Meaning } from '@roster/ui';

/** Where an import stands, in words. */
export function ImportStateBadge({ state, plain }: { state: string; plain?: boolean }) {
  const { t } = useLingui();
  const words: Record<string, { meaning: Meaning; words: string }> = {
    pending: { meaning: 'information', words: t`Being read` }, previewed: { meaning: 'attention', words: t`Ready to check` }, committing: { meaning: 'information', words: t`Being imported` },
    committed: { meaning: 'met', words: t`Imported` }, rolling_back: { meaning: 'information', words: t`Being undone` }, rolled_back: { meaning: 'neutral', words: t`Undone` }, failed: { meaning: 'broken', words: t`Could not be read` },
    canceled: { meaning: 'neutral', words: t`Stopped` },
  };
  const known = words[state] ?? { meaning: 'unknown' as const, words: state };
  return <MeaningBadge meaning={known.meaning} plain={plain}>{known.words}</MeaningBadge>;
}
