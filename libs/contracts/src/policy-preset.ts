import type { ReviewPolicy, Thresholds, TierPolicy } from './organization-settings.js';

/** Presets of domain.md section 5. */
export const TIER_POLICY_PRESET: TierPolicy = {
  requiredSets: {
    low: { minPerDomain: 1, allOfFreezeDomains: false },
    medium: { minPerDomain: 3, allOfFreezeDomains: true },
    high: { minPerDomain: 'all', allOfFreezeDomains: true },
    critical: { minPerDomain: 'all', allOfFreezeDomains: true },
  },
  killSwitchValidityDays: { low: 365, medium: 180, high: 90, critical: 30 },
  killSwitchMaxSeconds: 300,
};

/** Presets of domain.md section 8. */
export const REVIEW_POLICY_PRESET: ReviewPolicy = {
  productionCadence: { low: 'yearly', medium: 'half_yearly', high: 'quarterly', critical: 'monthly' },
  pilotWithPiiOrTools: 'quarterly',
  hardeningPilot: 'monthly',
  signOffTiers: ['high', 'critical'],
  reminderDaysBefore: [14, 7, 1],
  escalateEveryDays: 3,
  dueAtLocalTime: '09:00',
};

/** Presets of domain.md sections 4, 5, 6 and 7. The horizon of the forecast is Roster's choice: the source leaves N open. */
export const THRESHOLDS_PRESET: Thresholds = {
  ownerReaffirmDays: 180,
  scaledMinProductionWorkloads: 2,
  evidenceWarnDays: [30, 14, 7, 1],
  freezeBreakGlassMaxDays: 14,
  decayHorizonDays: 30,
};
