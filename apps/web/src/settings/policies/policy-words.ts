import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { RISK_TIERS, type Cadence, type RiskTier } from '@roster/contracts';
import { useMemo } from 'react';
import { rhythmOf, type ReviewRhythm } from './review-rhythm.js';

/** The policies in words: names of the controls and what their values mean. */
export function usePolicyWords(): { readonly tier: (tier: RiskTier) => string; readonly cadence: (cadence: Cadence) => string; readonly label: (key: string) => string; readonly value: (key: string, value: unknown) => string } {
  const { t } = useLingui();
  return useMemo(() => {
    const tiers: Readonly<Record<RiskTier, string>> = { low: t`Low`, medium: t`Medium`, high: t`High`, critical: t`Critical` };
    const cadences: Readonly<Record<string, string>> = { monthly: t`monthly`, quarterly: t`quarterly`, half_yearly: t`half-yearly`, yearly: t`yearly` };
    const labels: Readonly<Record<string, string>> = {
      killSwitchMaxSeconds: t`Longest time to disable`, pilotWithPiiOrTools: t`Pilots with PII or tools`, hardeningPilot: t`Pilots that must harden`, signOffTiers: t`Sign-off by a second person`, reminderDaysBefore: t`Reminders before the due day`,
      escalateEveryDays: t`Escalation of overdue reviews`, dueAtLocalTime: t`Time of day reviews fall due`, ownerReaffirmDays: t`Owners re-affirm`, scaledMinProductionWorkloads: t`Production workloads before one can be Scaled`,
      evidenceWarnDays: t`Warnings before evidence expires`, freezeBreakGlassMaxDays: t`Longest break-glass`, decayHorizonDays: t`Falls of stage are announced`,
    };
    const groups: Readonly<Record<string, (tier: string) => string>> = {
      minPerDomain: (tier) => t`${tier}: criteria per domain`, allOfFreezeDomains: (tier) => t`${tier}: freeze domains in full`, killSwitchValidityDays: (tier) => t`${tier}: kill-switch drill counts`, productionCadence: (tier) => t`${tier}: review of production`,
    };
    const every = ({ frequency, interval }: ReviewRhythm): string => {
      switch (frequency) {
        case 'DAILY': return t`${plural(interval, { one: 'daily', other: 'every # days' })}`;
        case 'WEEKLY': return t`${plural(interval, { one: 'weekly', other: 'every # weeks' })}`;
        case 'MONTHLY': return t`${plural(interval, { one: 'monthly', other: 'every # months' })}`;
        case 'YEARLY': return t`${plural(interval, { one: 'yearly', other: 'every # years' })}`;
      }
    };
    const cadence = (value: Cadence): string => {
      if (typeof value === 'string') return cadences[value] ?? value;
      const { rrule } = value;
      const rhythm = rhythmOf(rrule);
      if (rhythm === null) return rrule;
      const rhythmText = every(rhythm);
      return rhythm.exact ? rhythmText : t`${rhythmText}, by the rule ${rrule}`;
    };
    const days = (count: number): string => t`${plural(count, { one: '# day', other: '# days' })}`;
    const label = (key: string): string => {
      const [group = '', tier] = key.split('.');
      return tier === undefined ? labels[key] ?? key : groups[group]?.(tiers[tier as RiskTier]) ?? key;
    };
    const value = (key: string, is: unknown): string => {
      if (typeof is === 'boolean') return is ? t`yes` : t`no`;
      if (is === 'all') return t`every criterion`;
      if (Array.isArray(is)) return is.length === 0 ? t`none` : key === 'signOffTiers' ? RISK_TIERS.filter((tier) => is.includes(tier)).map((tier) => tiers[tier]).join(', ') : is.join(', ');
      if (/Cadence|pilotWith|hardeningPilot/.test(key)) return cadence(is as Cadence);
      if (/Days/.test(key) && typeof is === 'number') return days(is);
      if (key === 'killSwitchMaxSeconds') { const seconds = Number(is); return t`${plural(seconds, { one: '# second', other: '# seconds' })}`; }
      if (key.startsWith('minPerDomain')) { const least = Number(is); return t`at least ${least}`; }
      return String(is);
    };
    return { tier: (tier: RiskTier) => tiers[tier], cadence, label, value };
  }, [t]);
}
