import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { IMPACT_EFFECTS, type ImpactEffect, type ImpactSummary } from '@roster/contracts';

/** What a figure means for the organization: it is only so, something to look at, or a loss. */
export type ImpactWeight = 'neutral' | 'attention';

/** One effect with its figure in words. */
export interface ImpactLine {
  readonly effect: ImpactEffect;
  readonly count: number;
  readonly words: string;
  readonly weight: ImpactWeight;
}

/** Effects that follow from a setting, by what is changed. Those that cannot follow from it are not spoken of. */
const FOLLOWING: Readonly<Record<string, readonly ImpactEffect[]>> = {
  edition: ['stage'], tierPolicy: ['stage', 'coverage', 'drill'], reviewPolicy: ['rhythm', 'review_sooner', 'review_later'], timeZone: ['review_sooner', 'review_later'], thresholds: [],
};
const WEIGHTY: ReadonlySet<ImpactEffect> = new Set(['stage', 'coverage', 'drill', 'ownership', 'fall']);

/** The figures of a preview in sentences: what may follow from the change, also when it is nothing, and whatever else does. */
export function useImpactLines(): (summary: ImpactSummary) => readonly ImpactLine[] {
  const { t } = useLingui();
  return (summary) => {
    const { effects, newlyMissing, ownersAsked } = summary;
    const count = (effect: ImpactEffect): number => effects[effect];
    const said = (effect: ImpactEffect): string => {
      const n = count(effect);
      switch (effect) {
        case 'stage': return t`${plural(n, { 0: 'No workload changes its stage or freeze', one: '# workload changes its stage or freeze', other: '# workloads change their stage or freeze' })}`;
        case 'coverage': {
          const criteria = t`${plural(newlyMissing, { one: '# criterion', other: '# criteria' })}`;
          return n === 0 ? t`No required criterion is newly missing` : t`${plural(n, { one: '# workload', other: '# workloads' })}: ${criteria} newly missing from the required set`;
        }
        case 'drill': return t`${plural(n, { 0: 'Every kill-switch drill that counts goes on counting', one: '# kill-switch drill no longer counts', other: '# kill-switch drills no longer count' })}`;
        case 'rhythm': return t`${plural(n, { 0: 'No review schedule changes its rhythm', one: '# review schedule changes its rhythm', other: '# review schedules change their rhythm' })}`;
        case 'review_sooner': return t`${plural(n, { 0: 'No next review comes sooner', one: '# next review comes sooner', other: '# next reviews come sooner' })}`;
        case 'review_later': return t`${plural(n, { 0: 'No next review comes later', one: '# next review comes later', other: '# next reviews come later' })}`;
        case 'review_starts': return t`${plural(n, { one: '# workload is reviewed for the first time', other: '# workloads are reviewed for the first time' })}`;
        case 'review_ends': return t`${plural(n, { one: '# workload owes no reviews any more', other: '# workloads owe no reviews any more' })}`;
        case 'ownership': {
          const owners = t`${plural(ownersAsked, { one: '# owner is asked', other: '# owners are asked' })}`;
          return t`${owners} to re-affirm at once, on ${plural(n, { one: '# workload', other: '# workloads' })}`;
        }
        case 'fall': return t`${plural(n, { one: '# fall of stage is announced at once', other: '# falls of stage are announced at once' })}`;
      }
    };
    const expected = new Set(summary.changedSettings.flatMap((name) => FOLLOWING[name] ?? []));
    return IMPACT_EFFECTS.filter((effect) => count(effect) > 0 || expected.has(effect))
      .map((effect) => ({ effect, count: count(effect), words: said(effect), weight: count(effect) > 0 && WEIGHTY.has(effect) ? 'attention' : 'neutral' }));
  };
}
