import type { ReviewPolicy } from '@roster/contracts';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { WorkloadProjection } from '@roster/inventory';
import { Notifier } from '@roster/notifications';
import { Trail, type TrailEvent } from '@roster/trail';
import canonicalize from 'canonicalize';
import type { CadenceRule, Occurrence } from '../cadence/cadence.js';
import { ActionRepository } from '../action/action.repository.js';
import { nextReminderAt } from '../reminder/reminder-plan.js';
import { ReviewRepository, type NewReview } from '../review/review.repository.js';
import { ReviewScheduleRepository, type ScheduleWrite } from './review-schedule.repository.js';
import { planForClassification, planForPolicy, rememberedNext, type ActiveSchedule, type ClassifiedWorkload, type ScheduleChange } from './schedule-plan.js';

const PAGE = 1_000;
/** Up to so many changes at once have a trail entry each; more have one entry with their number and a digest of all of them. */
const TRAIL_EACH = 100;
const ENDED = 'The workload no longer owes this review: its stage, or what it handles, has changed.';

const WITHDRAWN = 'The workload was withdrawn with the import that brought it.';

interface Settings {
  readonly timeZone: string;
  readonly reviewPolicy: ReviewPolicy;
}

/**
 * Keeps review schedules in step with classifications and with the policy. All of it is set-based: a handful of statements, however many
 * workloads.
 */
@Injectable()
export class ReviewScheduleService {
  constructor(
    private readonly schedules: ReviewScheduleRepository, private readonly reviews: ReviewRepository, private readonly organizations: OrganizationQuery,
    private readonly actions: ActionRepository, private readonly notifier: Notifier, private readonly projection: WorkloadProjection, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * Gives each classified workload the schedule it owes, in the caller's transaction (domain.md section 5, point 4: the transaction that
   * records Production creates the schedule).
   * @throws outside a transaction
   */
  async ensure(scope: TenantScope, rows: readonly ClassifiedWorkload[]): Promise<void> {
    if (!this.unitOfWork.isOpen) throw new Error('A schedule is made in the transaction of the classification that requires it');
    if (rows.length === 0) return;
    const now = this.clock.now();
    const settings = await this.organizations.settings(scope);
    const active = new Map((await this.schedules.lockOfWorkloads(scope, rows.map((row) => row.workloadId))).map((schedule) => [schedule.workloadId, schedule]));
    const next = rememberedNext();
    const changes = rows.flatMap((row) => planForClassification(row, active.get(row.workloadId) ?? null, settings, now, next) ?? []);
    await this.apply(scope, changes, active, settings, now);
  }

  /** Moves every future review of the organization to the current policy and time zone. @returns how many schedules changed */
  async recompute(scope: TenantScope): Promise<number> {
    return this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const settings = await this.organizations.settings(scope);
      const next = rememberedNext();
      let changed = 0;
      for (let after: string | null = null; ;) {
        const page: ActiveSchedule[] = await this.schedules.lockPage(scope, after, PAGE);
        const changes = page.flatMap((schedule) => planForPolicy(schedule, settings, now, next) ?? []);
        await this.apply(scope, changes, new Map(page.map((schedule) => [schedule.workloadId, schedule])), settings, now);
        changed += changes.length;
        if (page.length < PAGE) break;
        after = page.at(-1)?.id ?? null;
      }
      await this.recomputeReminders(scope, settings, now);
      return changed;
    });
  }

  /** Ends the schedule of a workload that is retired or gone. Reviews that are due or under way stay open for a person to close. */
  async end(scope: TenantScope, workloadId: string): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      const [schedule] = await this.schedules.lockOfWorkloads(scope, [workloadId]);
      if (!schedule) return;
      const settings = await this.organizations.settings(scope);
      await this.apply(scope, [{ kind: 'end', workloadId, scheduleId: schedule.id }], new Map([[workloadId, schedule]]), settings, this.clock.now());
    });
  }

  /** Ends the schedules of workloads that were withdrawn, with every review and action of them that is still open, and takes back what people were told about them: there is nothing left to look at. */
  async endWithdrawn(scope: TenantScope): Promise<void> {
    await this.unitOfWork.run(scope, async () => {
      const settings = await this.organizations.settings(scope);
      const now = this.clock.now();
      for (;;) {
        const page = await this.schedules.lockOfWithdrawn(scope, PAGE);
        await this.apply(scope, page.map(({ workloadId, id }) => ({ kind: 'end' as const, workloadId, scheduleId: id })), new Map(page.map((schedule) => [schedule.workloadId, schedule])), settings, now);
        if (page.length < PAGE) break;
      }
      const skipped = await this.reviews.skipOfWithdrawn(scope, WITHDRAWN, now);
      const dropped = await this.actions.dropOfWithdrawn(scope, WITHDRAWN, now);
      await this.notifier.forgetWithdrawn(scope);
      await this.trail.recordMany(scope, [...skipped.map(({ id, workloadId }) => ({ action: 'reviews.review.skipped', object: { type: 'review', id }, workloadId, reason: WITHDRAWN, payload: {} })), ...dropped.map(({ id, workloadId }) => ({ action: 'reviews.action.dropped', object: { type: 'action', id }, workloadId, reason: WITHDRAWN, payload: {} }))]);
    });
  }

  private async apply(scope: TenantScope, changes: readonly ScheduleChange[], active: ReadonlyMap<string, ActiveSchedule>, settings: Settings, now: Date): Promise<void> {
    if (changes.length === 0) return;
    const starts: ScheduleWrite[] = [];
    const updates: ScheduleWrite[] = [];
    const reviews: NewReview[] = [];
    const moves: { id: string; dueAt: Date; overdueAt: Date; nextReminderAt: Date }[] = [];
    const ended: string[] = [];
    const events: TrailEvent[] = [];
    const reminder = rememberedReminder(settings, now);
    const review = (workloadId: string, scheduleId: string, occurrence: Occurrence): NewReview => {
      const id = newId(now);
      return { id, workloadId, scheduleId, dueAt: occurrence.dueAt, overdueAt: occurrence.overdueAt, reason: null, nextReminderAt: reminder(id, occurrence.dueAt) };
    };
    for (const change of changes) {
      const { workloadId } = change;
      if (change.kind === 'start') {
        const id = newId(now);
        const first = review(workloadId, id, change.occurrence);
        starts.push({ id, workloadId, classificationId: change.classificationId, ...line(change.line), nextDueAt: first.dueAt });
        reviews.push(first);
        events.push({ action: 'reviews.schedule.started', object: { type: 'review_schedule', id }, workloadId,
          payload: { classificationId: change.classificationId, ...line(change.line), reviewId: first.id, dueAt: first.dueAt.toISOString() } });
      } else if (change.kind === 'follow') {
        const open = active.get(workloadId)?.open ?? null;
        const occurrence = change.moveTo ?? change.add;
        const nextDueAt = occurrence?.dueAt ?? open?.dueAt ?? now;
        updates.push({ id: change.scheduleId, workloadId, classificationId: change.scheduleId, ...line(change.line), nextDueAt });
        if (change.add) reviews.push(review(workloadId, change.scheduleId, change.add));
        if (change.moveTo && open) moves.push({ id: open.reviewId, dueAt: change.moveTo.dueAt, overdueAt: change.moveTo.overdueAt, nextReminderAt: reminder(open.reviewId, change.moveTo.dueAt) });
        events.push({ action: 'reviews.schedule.changed', object: { type: 'review_schedule', id: change.scheduleId }, workloadId,
          payload: { ...line(change.line), dueAt: nextDueAt.toISOString(), moved: change.moveTo !== null } });
      } else {
        ended.push(change.scheduleId);
        events.push({ action: 'reviews.schedule.ended', object: { type: 'review_schedule', id: change.scheduleId }, workloadId, reason: ENDED, payload: {} });
      }
    }
    await this.schedules.insertMany(scope, starts, now);
    await this.schedules.updateMany(scope, updates, now);
    await this.reviews.moveMany(scope, moves, now);
    await this.reviews.skipScheduled(scope, ended, ENDED, now);
    await this.schedules.endMany(scope, ended, now);
    await this.reviews.insertMany(scope, reviews, now);
    await this.projection.applyNextReview(scope, await this.schedules.nextDueOfWorkloads(scope, changes.map((change) => change.workloadId)));
    await this.trail.recordMany(scope, events.length > TRAIL_EACH ? [summary(scope, events)] : events);
  }

  private async recomputeReminders(scope: TenantScope, settings: Settings, now: Date): Promise<void> {
    const reminder = rememberedReminder(settings, now);
    for (let after: string | null = null; ;) {
      const page: { id: string; dueAt: Date }[] = await this.reviews.openPage(scope, after, PAGE);
      await this.reviews.setReminders(scope, page.map(({ id, dueAt }) => ({ id, nextReminderAt: reminder(id, dueAt) })));
      if (page.length < PAGE) return;
      after = page.at(-1)?.id ?? null;
    }
  }
}

const line = ({ reason, tier, rule }: { reason: ScheduleWrite['reason']; tier: ScheduleWrite['tier']; rule: CadenceRule }): CadenceRule & Pick<ScheduleWrite, 'reason' | 'tier'> => ({ reason, tier, ...rule });

/** One trail entry for set-based work. The digest is over the canonical JSON (RFC 8785) of what each change would have said. */
function summary(scope: TenantScope, events: readonly TrailEvent[]): TrailEvent {
  const counts: Record<string, number> = {};
  for (const { action } of events) counts[action] = (counts[action] ?? 0) + 1;
  const digest = createHash('sha256').update(canonicalize(events) ?? '').digest('hex');
  return { action: 'reviews.schedule.recomputed', object: { type: 'organization', id: scope.tenantId }, payload: { counts, changes: `sha256:${digest}` } };
}

/** The next reminder of a review due at an instant; the instant does not depend on the review, so it is computed once per due date. */
function rememberedReminder(settings: Settings, now: Date): (id: string, dueAt: Date) => Date {
  const known = new Map<number, Date>();
  return (id, dueAt) => {
    const found = known.get(dueAt.getTime()) ?? nextReminderAt({ id, dueAt, timeZone: settings.timeZone }, settings.reviewPolicy, now);
    known.set(dueAt.getTime(), found);
    return found;
  };
}
