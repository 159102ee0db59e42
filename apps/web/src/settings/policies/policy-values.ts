import { RISK_TIERS, type Cadence, type ReviewPolicy, type Thresholds, type TierPolicy } from '@roster/contracts';
import type { Organization } from '../settings.queries.js';

/** The policies as flat values with names, one per control of the form. */
export interface PolicyValues extends Record<string, unknown> {
  [key: `minPerDomain.${string}`]: number | 'all';
  [key: `allOfFreezeDomains.${string}`]: boolean;
  [key: `killSwitchValidityDays.${string}`]: number;
  [key: `productionCadence.${string}`]: Cadence;
}

/** Takes the policies apart. */
export function policyValues({ tierPolicy, reviewPolicy, thresholds }: Pick<Organization, 'tierPolicy' | 'reviewPolicy' | 'thresholds'>): PolicyValues {
  const values: Record<string, unknown> = {};
  for (const tier of RISK_TIERS) {
    values[`minPerDomain.${tier}`] = tierPolicy.requiredSets[tier].minPerDomain;
    values[`allOfFreezeDomains.${tier}`] = tierPolicy.requiredSets[tier].allOfFreezeDomains;
    values[`killSwitchValidityDays.${tier}`] = tierPolicy.killSwitchValidityDays[tier];
    values[`productionCadence.${tier}`] = reviewPolicy.productionCadence[tier];
  }
  const { requiredSets: _sets, killSwitchValidityDays: _days, ...tiers } = tierPolicy;
  const { productionCadence: _cadence, ...reviews } = reviewPolicy;
  return { ...values, ...tiers, ...reviews, ...thresholds } as PolicyValues;
}

const TIER_FIELDS: readonly string[] = ['killSwitchMaxSeconds'] satisfies (keyof TierPolicy)[];
const REVIEW_FIELDS: readonly string[] = ['pilotWithPiiOrTools', 'hardeningPilot', 'signOffTiers', 'reminderDaysBefore', 'escalateEveryDays', 'dueAtLocalTime'] satisfies (keyof ReviewPolicy)[];
const THRESHOLD_FIELDS: readonly string[] = ['ownerReaffirmDays', 'scaledMinProductionWorkloads', 'evidenceWarnDays', 'freezeBreakGlassMaxDays', 'decayHorizonDays'] satisfies (keyof Thresholds)[];

type Nested = Record<string, Record<string, unknown>>;

/** Puts changed values together to what PATCH /organization takes: only what changed, the rest stays. */
export function policyEdit(changed: Partial<PolicyValues>): { tierPolicy?: Record<string, unknown>; reviewPolicy?: Record<string, unknown>; thresholds?: Record<string, unknown> } {
  const tierPolicy: Record<string, unknown> = {};
  const reviewPolicy: Record<string, unknown> = {};
  const thresholds: Record<string, unknown> = {};
  const into = (target: Record<string, unknown>, group: string, tier: string, value: unknown): void => { target[group] = { ...(target[group] as object | undefined), [tier]: value }; };
  for (const [key, value] of Object.entries(changed)) {
    const [group = '', tier] = key.split('.');
    if (tier === undefined) (TIER_FIELDS.includes(key) ? tierPolicy : REVIEW_FIELDS.includes(key) ? reviewPolicy : THRESHOLD_FIELDS.includes(key) ? thresholds : {})[key] = value;
    else if (group === 'minPerDomain' || group === 'allOfFreezeDomains') into(tierPolicy, 'requiredSets', tier, { ...(tierPolicy.requiredSets as Nested | undefined)?.[tier], [group]: value });
    else into(group === 'killSwitchValidityDays' ? tierPolicy : reviewPolicy, group, tier, value);
  }
  const given = (part: Record<string, unknown>): boolean => Object.keys(part).length > 0;
  return { ...(given(tierPolicy) ? { tierPolicy } : {}), ...(given(reviewPolicy) ? { reviewPolicy } : {}), ...(given(thresholds) ? { thresholds } : {}) };
}

/** What follows from a change: which workloads are looked at again, and how. */
export type Consequence = 'evaluation' | 'schedule' | 'reminders' | 'ownership' | 'forecast';
export function consequencesOf(keys: readonly string[]): ReadonlySet<Consequence> {
  return new Set(keys.map((key): Consequence => {
    if (/^(minPerDomain|allOfFreezeDomains|killSwitch)/.test(key) || key === 'scaledMinProductionWorkloads') return 'evaluation';
    if (/^(productionCadence|pilotWithPiiOrTools|hardeningPilot|signOffTiers|dueAtLocalTime)/.test(key)) return 'schedule';
    if (key === 'ownerReaffirmDays') return 'ownership';
    return key === 'decayHorizonDays' || key === 'freezeBreakGlassMaxDays' ? 'forecast' : 'reminders';
  }));
}

/** Days before, as somebody types them: `14, 7, 1`. @returns null when that is no list of whole numbers from 1 to `most` */
export function readDays(text: string, most: number): readonly number[] | null {
  const days = text.split(/[\s,;]+/).filter((part) => part !== '').map(Number);
  return days.length <= 10 && new Set(days).size === days.length && days.every((day) => Number.isInteger(day) && day >= 1 && day <= most) ? [...days].sort((a, b) => b - a) : null;
}
