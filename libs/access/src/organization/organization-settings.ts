import type { RiskTier } from '@roster/contracts';

/** What a tier asks of one domain of the edition (domain.md section 5, "Required set per risk tier"). */
export interface TierRule {
  /** How many criteria of each domain must be met; `all` means every one. A domain with fewer criteria asks for all it has. */
  readonly minPerDomain: number | 'all';
  /** Whether every criterion of the edition's freeze domains must be met on top. */
  readonly allOfFreezeDomains: boolean;
}

/** Required sets and kill-switch validity per risk tier (domain.md section 5). A workload without a tier is treated as `critical`. */
export interface TierPolicy {
  readonly requiredSets: Readonly<Record<RiskTier, TierRule>>;
  /** How long a passed kill-switch drill counts, in days (1-730). */
  readonly killSwitchValidityDays: Readonly<Record<RiskTier, number>>;
  /** Longest time to disable that passes, in seconds (10-300). May be stricter than 300, never laxer. */
  readonly killSwitchMaxSeconds: number;
}

/** How often: a named rhythm, or an RFC 5545 rule without DTSTART, COUNT and UNTIL, such as `FREQ=MONTHLY;INTERVAL=2`. */
export type Cadence = 'monthly' | 'quarterly' | 'half_yearly' | 'yearly' | { readonly rrule: string };

/** Post-deploy reviews (domain.md section 8). */
export interface ReviewPolicy {
  /** Production and Scaled, by risk tier. */
  readonly productionCadence: Readonly<Record<RiskTier, Cadence>>;
  /** Pilots that handle PII or execute tools (yes or unknown). */
  readonly pilotWithPiiOrTools: Cadence;
  /** Pilots that owe hardening, until their gaps close. */
  readonly hardeningPilot: Cadence;
  /** Tiers whose reviews a second person signs off. */
  readonly signOffTiers: readonly RiskTier[];
  /** Reminders so many days before the due day (1-90), besides the one on the day itself. */
  readonly reminderDaysBefore: readonly number[];
  /** Days between escalations of an overdue review (1-30). */
  readonly escalateEveryDays: number;
  /** Local wall-clock time of day at which a review falls due, `HH:MM` in the organization's time zone. */
  readonly dueAtLocalTime: string;
}

/** Figures an organization may tune. */
export interface Thresholds {
  /** Owners re-affirm after so many days (30-730; domain.md section 4). */
  readonly ownerReaffirmDays: number;
  /** Production workloads an organization needs before one of them can be Scaled (2-1000; domain.md section 5). */
  readonly scaledMinProductionWorkloads: number;
  /** Owners are warned so many days before evidence expires (1-365; domain.md section 7). */
  readonly evidenceWarnDays: readonly number[];
  /** Longest break-glass on a freeze, in days (1-14; domain.md section 6). */
  readonly freezeBreakGlassMaxDays: number;
  /** How far ahead a fall of stage is announced, in days (1-365; domain.md section 5, decay forecast). */
  readonly decayHorizonDays: number;
}

/** Everything an organization may set (api.md, `PATCH /organization`). */
export interface OrganizationSettings {
  /** IANA time zone name, such as `Europe/Berlin`. */
  readonly timeZone: string;
  /** Framework edition the organization is measured against, such as `psf-1.1`. */
  readonly edition: string;
  readonly tierPolicy: TierPolicy;
  readonly reviewPolicy: ReviewPolicy;
  readonly thresholds: Thresholds;
}

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

/** Edition and time zone of a new organization that names none. */
export const EDITION_PRESET = 'psf-1.1';
export const TIME_ZONE_PRESET = 'UTC';

/** The settings a new organization starts with; stored in full. */
export const presetSettings = (given: { timeZone?: string; edition?: string } = {}): OrganizationSettings => ({
  timeZone: given.timeZone ?? TIME_ZONE_PRESET,
  edition: given.edition ?? EDITION_PRESET,
  tierPolicy: TIER_POLICY_PRESET,
  reviewPolicy: REVIEW_POLICY_PRESET,
  thresholds: THRESHOLDS_PRESET,
});
