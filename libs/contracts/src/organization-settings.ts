import type { RiskTier } from './value-sets.js';

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

/**
 * What changed settings do to a workload, as an impact preview counts it: its stage, hardening or freeze changes; required criteria are missing
 * that were not required; its kill-switch drill stops counting; its reviews get another rhythm; its next review comes sooner, later, for the
 * first time, or no more; owners are asked to re-affirm at once; a fall of stage comes within the horizon of announcements.
 */
export const IMPACT_EFFECTS = ['stage', 'coverage', 'drill', 'rhythm', 'review_sooner', 'review_later', 'review_starts', 'review_ends', 'ownership', 'fall'] as const;
export type ImpactEffect = (typeof IMPACT_EFFECTS)[number];

/** What an impact preview found, in figures. */
export interface ImpactSummary {
  /** Top-level names of the settings that would change, such as `reviewPolicy`. */
  readonly changedSettings: readonly string[];
  /** The edition the workloads were measured against. */
  readonly edition: string;
  readonly tree: string;
  /** Workloads looked at. */
  readonly evaluated: number;
  /** Workloads whose stage, hardening or freeze would change. */
  readonly changed: number;
  /** Those by what they are and would be, most frequent first. */
  readonly transitions: readonly { readonly from: string; readonly to: string; readonly count: number }[];
  /** Workloads by effect. One workload may have several. */
  readonly effects: Readonly<Record<ImpactEffect, number>>;
  /** Required criteria that would be missing and are not required today, over all workloads. */
  readonly newlyMissing: number;
  /** The earliest of the due times that would change, RFC 3339; null when none does. It always lies ahead: no review is moved into the past. */
  readonly soonestDueAt: string | null;
  /** Of the reviews that would move or start, how many fall due within the next seven days. */
  readonly dueWithinWeek: number;
  /** Ownerships that would be asked to re-affirm at once. */
  readonly ownersAsked: number;
}
