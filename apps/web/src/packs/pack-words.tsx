import { useLingui } from '@lingui/react/macro';
import { STAGES } from '@roster/contracts';
import { MeaningBadge, useFormat, useStageName, type Meaning } from '@roster/ui';
import type { Pack } from './packs.queries.js';

/** State of the work that builds a pack. */
export function PackStatusMark({ status }: { status: string }) {
  const { t } = useLingui();
  const words: Record<string, { word: string; meaning: Meaning }> = {
    queued: { word: t`Waiting`, meaning: 'neutral' }, running: { word: t`Being built`, meaning: 'information' }, succeeded: { word: t`Ready`, meaning: 'met' },
    failed: { word: t`Failed`, meaning: 'broken' }, canceled: { word: t`Canceled`, meaning: 'neutral' },
  };
  const { word, meaning } = words[status] ?? { word: status, meaning: 'unknown' };
  return <MeaningBadge meaning={meaning}>{word}</MeaningBadge>;
}

/** What a pack is about, in words. */
export function useScopeWords(): (scope: Pack['scope']) => string {
  const { t } = useLingui();
  const format = useFormat();
  const stageName = useStageName();
  const fields: Record<string, string> = { stage: t`Stage`, riskTier: t`Risk tier`, lifecycle: t`Lifecycle`, kind: t`Kind`, team: t`Team`, businessUnit: t`Business unit` };
  const tiers: Record<string, string> = { low: t`Low`, medium: t`Medium`, high: t`High`, critical: t`Critical`, proposed: t`Proposed`, active: t`Active`, paused: t`Paused`, retired: t`Retired` };
  return (scope) => {
    if (scope['kind'] === 'workloads') {
      const count = Array.isArray(scope['ids']) ? scope['ids'].length : 0;
      const amount = format.number(count);
      return count === 1 ? t`1 chosen workload` : t`${amount} chosen workloads`;
    }
    if (scope['kind'] !== 'filter') return t`Whole inventory`;
    const filter = typeof scope['filter'] === 'object' && scope['filter'] !== null ? Object.entries(scope['filter']) : [];
    return filter.map(([field, values]) => {
      const name = fields[field] ?? field;
      const listed = Array.isArray(values) ? values.map((value) => { const stage = STAGES.find((one) => one === value); return stage ? stageName(stage) : (tiers[String(value)] ?? String(value)); }).join(', ') : String(values);
      return t`${name}: ${listed}`;
    }).join(' · ');
  };
}

/** Name of whoever asked for a pack. */
export const requesterName = ({ requestedBy }: Pack): string | null => (typeof requestedBy['name'] === 'string' ? requestedBy['name'] : null);
