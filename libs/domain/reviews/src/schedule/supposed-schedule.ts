import type { ReviewImpact } from '@roster/classification';
import { nextOccurrence, type Occurrence } from '../cadence/cadence.js';
import { obligationOf, type ReviewBasis } from '../policy/review-obligation.js';
import { cadenceFor, planForClassification, planForPolicy, type ActiveSchedule, type ScheduleChange, type ScheduleSettings } from './schedule-plan.js';

/**
 * What supposed settings and a supposed outcome do to the reviews of one workload; null when nothing. The plans are those that saving the
 * settings carries out: first the new policy, then, where the stage changes, the new classification. Pure.
 * @param schedule the active schedule, if there is one
 * @param outcome what the workload would be; null = its stage stays
 */
export function supposedReview(
  workloadId: string, schedule: ActiveSchedule | null, outcome: ReviewBasis | null, current: ScheduleSettings, supposed: ScheduleSettings, now: Date, next: typeof nextOccurrence = nextOccurrence,
): ReviewImpact | null {
  const byPolicy = schedule ? followed(schedule, planForPolicy(schedule, supposed, now, next)) : null;
  const change = outcome ? planForClassification({ ...outcome, workloadId, classificationId: '', decidedAt: now }, byPolicy, supposed, now, next) : null;
  const from = { cadence: schedule ? cadenceFor(schedule.reason, schedule.tier, current.reviewPolicy) : null, dueAt: schedule?.open?.dueAt ?? null };
  const to = afterAll(byPolicy, change, outcome, supposed);
  const same = JSON.stringify(from.cadence) === JSON.stringify(to.cadence) && from.dueAt?.getTime() === to.dueAt?.getTime();
  return same ? null : { workloadId, rhythm: { from: from.cadence, to: to.cadence }, dueAt: { from: from.dueAt, to: to.dueAt } };
}

function afterAll(schedule: ActiveSchedule | null, change: ScheduleChange | null, outcome: ReviewBasis | null, { reviewPolicy }: ScheduleSettings): { cadence: ReviewImpact['rhythm']['to']; dueAt: Date | null } {
  if (change?.kind === 'start') return { cadence: outcome && (obligationOf(outcome, reviewPolicy)?.cadence ?? null), dueAt: change.occurrence.dueAt };
  // What is due or under way stays open for a person to close, also when nothing more is owed.
  if (change?.kind === 'end') return { cadence: null, dueAt: schedule?.open && schedule.open.state !== 'scheduled' ? schedule.open.dueAt : null };
  if (!schedule) return { cadence: null, dueAt: null };
  const cadence = (outcome && obligationOf(outcome, reviewPolicy)?.cadence) ?? cadenceFor(schedule.reason, schedule.tier, reviewPolicy);
  return { cadence, dueAt: followed(schedule, change).open?.dueAt ?? null };
}

/** The schedule once a plan for it was carried out. */
function followed(schedule: ActiveSchedule, change: ScheduleChange | null): ActiveSchedule {
  if (change?.kind !== 'follow') return schedule;
  const occurrence: Occurrence | null = change.moveTo ?? change.add;
  const open = occurrence ? { reviewId: schedule.open?.reviewId ?? '', state: schedule.open?.state ?? 'scheduled' as const, dueAt: occurrence.dueAt, regularDueAt: occurrence.dueAt } : schedule.open;
  return { ...schedule, ...change.line, open };
}
