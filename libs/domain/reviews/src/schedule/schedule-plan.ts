import type { Cadence, ReviewPolicy, ReviewState, RiskTier } from '@roster/contracts';
import { localDate, nextOccurrence, ruleFor, type CadenceRule, type Occurrence } from '../cadence/cadence.js';
import { effectiveTier, obligationOf, type ReviewBasis, type ReviewReason } from '../policy/review-obligation.js';

/** A workload that was just classified. */
export interface ClassifiedWorkload extends ReviewBasis {
  readonly workloadId: string;
  readonly classificationId: string;
  readonly decidedAt: Date;
}

/** The active schedule of a workload with its open review. */
export interface ActiveSchedule {
  readonly id: string;
  readonly workloadId: string;
  readonly reason: ReviewReason;
  readonly tier: RiskTier;
  readonly rule: CadenceRule;
  readonly open: { readonly reviewId: string; readonly state: ReviewState; readonly dueAt: Date; readonly regularDueAt: Date } | null;
  /** The latest due date among its closed reviews; the series never returns to it. */
  readonly lastDueAt: Date | null;
}

export interface ScheduleSettings {
  readonly timeZone: string;
  readonly reviewPolicy: ReviewPolicy;
}

interface Line {
  readonly reason: ReviewReason;
  readonly tier: RiskTier;
  readonly rule: CadenceRule;
}

/** What has to happen to the schedule of one workload. */
export type ScheduleChange =
  | { readonly kind: 'start'; readonly workloadId: string; readonly classificationId: string; readonly line: Line; readonly occurrence: Occurrence }
  | { readonly kind: 'follow'; readonly workloadId: string; readonly scheduleId: string; readonly line: Line;
      /** The open review moves here; null = it stays where it is. */ readonly moveTo: Occurrence | null;
      /** There is no open review, so this one is made. */ readonly add: Occurrence | null }
  | { readonly kind: 'end'; readonly workloadId: string; readonly scheduleId: string };

/** Remembers occurrences: thousands of workloads classified together share a few series. */
export function rememberedNext(): typeof nextOccurrence {
  const known = new Map<string, Occurrence>();
  return (rule, after) => {
    const key = `${rule.rrule}|${rule.anchorDate}|${rule.timeZone}|${rule.dueAtLocalTime}|${after.getTime()}`;
    const found = known.get(key) ?? nextOccurrence(rule, after);
    known.set(key, found);
    return found;
  };
}

const later = (one: Date, other: Date | null): Date => (other && other > one ? other : one);
const sameLine = (schedule: ActiveSchedule, line: Line): boolean =>
  schedule.reason === line.reason && schedule.tier === line.tier && schedule.rule.rrule === line.rule.rrule && schedule.rule.anchorDate === line.rule.anchorDate
  && schedule.rule.timeZone === line.rule.timeZone && schedule.rule.dueAtLocalTime === line.rule.dueAtLocalTime;

/**
 * What a new classification means for the reviews of a workload; null when nothing.
 * A workload that reaches Production counts its reviews from that day on. A change of stage or tier may bring the next review forward and never
 * postpones one that is already promised: otherwise a workload could be moved to and fro and never be reviewed. A review that is due or under
 * way stays as it is.
 */
export function planForClassification(
  workload: ClassifiedWorkload, schedule: ActiveSchedule | null, settings: ScheduleSettings, now: Date, next: typeof nextOccurrence = nextOccurrence,
): ScheduleChange | null {
  const { workloadId, classificationId } = workload;
  const owed = obligationOf(workload, settings.reviewPolicy);
  if (!owed) return schedule ? { kind: 'end', workloadId, scheduleId: schedule.id } : null;

  const reachesProduction = owed.reason === 'production' && schedule?.reason !== 'production';
  const anchorDate = schedule && !reachesProduction ? schedule.rule.anchorDate : localDate(workload.decidedAt, settings.timeZone);
  const line = lineOf(owed.reason, owed.tier, owed.cadence, anchorDate, settings);
  if (!schedule) return { kind: 'start', workloadId, classificationId, line, occurrence: next(line.rule, now) };
  if (sameLine(schedule, line) && schedule.open) return null;

  const candidate = next(line.rule, later(now, schedule.lastDueAt));
  const { open } = schedule;
  const earlier = open?.state === 'scheduled' && open.dueAt > now && candidate.dueAt < open.dueAt;
  return { kind: 'follow', workloadId, scheduleId: schedule.id, line, moveTo: earlier ? candidate : null, add: open ? null : candidate };
}

/**
 * What a new policy or time zone means for an active schedule; null when nothing.
 * Future reviews follow the new policy, whichever way it moves them. A review that somebody moved by hand, is due, or is under way stays.
 */
export function planForPolicy(schedule: ActiveSchedule, settings: ScheduleSettings, now: Date, next: typeof nextOccurrence = nextOccurrence): ScheduleChange | null {
  const line = lineOf(schedule.reason, schedule.tier, cadenceFor(schedule.reason, schedule.tier, settings.reviewPolicy), schedule.rule.anchorDate, settings);
  if (sameLine(schedule, line) && schedule.open) return null;
  const candidate = next(line.rule, later(now, schedule.lastDueAt));
  const { open } = schedule;
  const movable = open?.state === 'scheduled' && open.dueAt > now && open.dueAt.getTime() === open.regularDueAt.getTime();
  const moves = movable && candidate.dueAt.getTime() !== open.dueAt.getTime();
  return { kind: 'follow', workloadId: schedule.workloadId, scheduleId: schedule.id, line, moveTo: moves ? candidate : null, add: open ? null : candidate };
}

const lineOf = (reason: ReviewReason, tier: RiskTier, cadence: Cadence, anchorDate: string, settings: ScheduleSettings): Line => ({
  reason, tier,
  rule: { rrule: ruleFor(cadence, anchorDate), anchorDate, timeZone: settings.timeZone, dueAtLocalTime: settings.reviewPolicy.dueAtLocalTime },
});

/** The cadence of a line of the policy. */
export function cadenceFor(reason: ReviewReason, tier: RiskTier | null, policy: ReviewPolicy): Cadence {
  switch (reason) {
    case 'production': return policy.productionCadence[effectiveTier(tier)];
    case 'hardening_pilot': return policy.hardeningPilot;
    case 'pilot_with_pii_or_tools': return policy.pilotWithPiiOrTools;
  }
}
