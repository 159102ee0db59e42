import { useLingui } from '@lingui/react/macro';
import type { DrillKind, DrillResult } from '@roster/contracts';
import type { Meaning } from '@roster/ui';

/** The words of kinds and results of drills. */
export function useDrillWords(): { kinds: Record<DrillKind, string>; results: Record<DrillResult, { word: string; meaning: Meaning }> } {
  const { t } = useLingui();
  return {
    kinds: { kill_switch: t`Kill switch`, rollback: t`Rollback`, page_owner: t`Page the owner`, fallback: t`Fallback` },
    results: { passed: { word: t`Passed`, meaning: 'met' }, failed: { word: t`Failed`, meaning: 'broken' }, aborted: { word: t`Aborted`, meaning: 'neutral' } },
  };
}
