import { useLingui } from '@lingui/react/macro';
import type { Outcome } from './reviews.queries.js';

/** The outcomes of a review in words (domain.md section 8), in the order of how much they change. */
export function useOutcomeWords(): Readonly<Record<Outcome, { readonly name: string; readonly means: string }>> {
  const { t } = useLingui();
  return {
    continue: { name: t`Continue`, means: t`It runs on as it is.` },
    continue_with_conditions: { name: t`Continue with conditions`, means: t`It runs on, and the findings below are done in time.` },
    freeze: { name: t`Freeze`, means: t`Its scope does not grow until the findings are done.` },
    roll_back: { name: t`Roll back`, means: t`It goes back to the state before the change that caused this.` },
    retire: { name: t`Retire`, means: t`It is taken out of service; its record stays.` },
  };
}

export type Severity = 'low' | 'medium' | 'high' | 'critical';
export const SEVERITIES: readonly Severity[] = ['low', 'medium', 'high', 'critical'];

export function useSeverityWords(): Readonly<Record<Severity, string>> {
  const { t } = useLingui();
  return { low: t`Low`, medium: t`Medium`, high: t`High`, critical: t`Critical` };
}

/** What asked for a review out of cycle. */
export function useTriggerWords(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return {
    request: t`Asked for`, incident: t`Incident`, model_change: t`Model or provider changed`, component_change: t`Component changed`, tool_grant: t`Tool granted`, scope_change: t`Scope changed`,
    evidence_expired: t`Evidence expired`, owner_orphaned: t`Owner left`, vendor_policy: t`Vendor policy changed`,
  };
}

/** Parts of the record that changed. */
export function useChangeAreaWords(): Readonly<Record<string, string>> {
  const { t } = useLingui();
  return { fact: t`Fact`, workload: t`Workload`, component: t`Component`, owner: t`Owner`, evidence: t`Evidence`, drill: t`Drill`, stage: t`Stage`, tier: t`Risk tier` };
}
