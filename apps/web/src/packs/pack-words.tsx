import { useLingui } from '@lingui/react/macro';
import { MeaningBadge, useFormat, type Meaning } from '@roster/ui';
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
  return (scope) => {
    if (scope['kind'] === 'workloads') {
      const count = Array.isArray(scope['ids']) ? scope['ids'].length : 0;
      const amount = format.number(count);
      return count === 1 ? t`1 chosen workload` : t`${amount} chosen workloads`;
    }
    if (scope['kind'] !== 'filter') return t`Whole inventory`;
    const filter = typeof scope['filter'] === 'object' && scope['filter'] !== null ? Object.entries(scope['filter']) : [];
    return filter.map(([field, values]) => `${field}: ${Array.isArray(values) ? values.join(', ') : String(values)}`).join(' · ');
  };
}

/** Name of whoever asked for a pack. */
export const requesterName = ({ requestedBy }: Pack): string | null => (typeof requestedBy['name'] === 'string' ? requestedBy['name'] : null);
