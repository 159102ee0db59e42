import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { ReviewOutcome } from '@roster/contracts';
import { Notifier } from '@roster/notifications';
import { type TenantScope, writtenDay } from '@roster/platform-context';
import type { ActionRow, NewAction } from '../action/action.repository.js';
import type { Occurrence } from '../cadence/cadence.js';
import { dueKey, nextReminderAt, recipientsAt, stepToTell, type EscalationPath } from '../reminder/reminder-plan.js';
import { ReviewAudience } from './review-audience.js';
import type { ReviewRow } from './review-row.js';
import { signOffObstacle } from './review-state.js';
import { reviewHref, stepText } from './review-text.js';

/** What people are told about reviews, in the transaction of what they are told about. Every notice has a key of its own occasion. */
@Injectable()
export class ReviewNotices {
  constructor(private readonly notifier: Notifier, private readonly audience: ReviewAudience, private readonly organizations: OrganizationQuery) {}

  /** The review is due: to the risk owner, or the first rung of the path that is not empty. */
  async due(scope: TenantScope, review: ReviewRow, path: EscalationPath): Promise<void> {
    const { timeZone } = await this.organizations.settings(scope);
    await this.notifier.notify(scope, {
      memberIds: recipientsAt(path, 0), kind: 'reviews.review.due', key: dueKey(review.id, review.dueAt), ...stepText({ ...review, timeZone }, { kind: 'reviews.review.due', daysToDue: 0 }), workloadId: review.workloadId, href: reviewHref(review.id), mail: true,
    });
  }

  /** The reminder or escalation that has come for each review. @returns when each has to be looked at next */
  async remind(scope: TenantScope, reviews: readonly (ReviewRow & { nextReminderAt: Date })[], now: Date): Promise<{ id: string; nextReminderAt: Date }[]> {
    const { timeZone, reviewPolicy } = await this.organizations.settings(scope);
    const audiences = await this.audience.of(scope, [...new Set(reviews.map((review) => review.workloadId))]);
    await this.notifier.notifyMany(scope, reviews.flatMap((review) => {
      const step = stepToTell({ id: review.id, dueAt: review.dueAt, timeZone }, reviewPolicy, review.nextReminderAt, now);
      const audience = audiences.get(review.workloadId);
      if (!step || !audience?.facts || audience.facts.lifecycle === 'retired') return [];
      const text = stepText({ ...review, timeZone }, step);
      return [{ memberIds: recipientsAt(audience.path, step.level), kind: step.kind, key: step.key, ...text, workloadId: review.workloadId, href: reviewHref(review.id), mail: true }];
    }));
    return reviews.map(({ id, dueAt }) => ({ id, nextReminderAt: nextReminderAt({ id, dueAt, timeZone }, reviewPolicy, now) }));
  }

  /** Somebody or something asked for a review out of cycle. */
  async requested(scope: TenantScope, review: { id: string; workloadId: string; workloadKey: string; reason: string; due: Occurrence; timeZone: string }): Promise<void> {
    const { path } = (await this.audience.of(scope, [review.workloadId])).get(review.workloadId) ?? { path: [] };
    await this.notifier.notify(scope, {
      memberIds: recipientsAt(path, 0), kind: 'reviews.review.requested', key: `reviews.review:${review.id}:requested`, title: `${review.workloadKey} needs a review out of cycle`,
      body: `Reason: ${review.reason.slice(0, 3_500)}\nDue on ${writtenDay(review.due.dueAt, review.timeZone)}.`, workloadId: review.workloadId, href: reviewHref(review.id), mail: true,
    });
  }

  /** A review waits for a second person: to everybody who may be one. */
  async awaitsSignOff(scope: TenantScope, review: ReviewRow, submittedBy: string, outcome: ReviewOutcome): Promise<void> {
    const others = (await this.organizations.membersWith(scope, 'reviews:review:sign-off')).map(({ id }) => id)
      .filter((memberId) => signOffObstacle({ startedBy: review.startedBy, submittedBy }, memberId) === null);
    await this.notifier.notify(scope, {
      memberIds: others, kind: 'reviews.review.submitted', key: `reviews.review:${review.id}:sign-off:${review.version + 1}`, title: `Review of ${review.workloadKey} waits for your sign-off`,
      body: `The review of ${review.workloadKey} was handed in with the outcome "${outcome.replaceAll('_', ' ')}". A second person signs it off or returns it.`, workloadId: review.workloadId, href: reviewHref(review.id), mail: true,
    });
  }

  async returned(scope: TenantScope, review: ReviewRow, comment: string): Promise<void> {
    if (!review.submittedBy) return;
    await this.notifier.notify(scope, {
      memberIds: [review.submittedBy], kind: 'reviews.review.returned', key: `reviews.review:${review.id}:returned:${review.version + 1}`, title: `Review of ${review.workloadKey} was returned to you`,
      body: comment, workloadId: review.workloadId, href: reviewHref(review.id), mail: true,
    });
  }

  /** Those who run the organization hear of reviews that could not be made due. */
  async stuck(scope: TenantScope, reviewIds: readonly string[], now: Date): Promise<void> {
    const managers = (await this.organizations.membersWith(scope, 'access:organization:manage')).map(({ id }) => id);
    await this.notifier.notifyMany(scope, reviewIds.map((id) => ({
      memberIds: managers, kind: 'reviews.review.stuck', key: `reviews.review:${id}:stuck:${now.toISOString()}`, title: 'A review could not be made due',
      body: 'Roster tried repeatedly and gave up. The review is listed with filter[deadLetter]=true and can be put back to work there.', workloadId: null, href: reviewHref(id), mail: true,
    })));
  }

  async actionsOpened(scope: TenantScope, workloadKey: string, actions: readonly (NewAction & { ownerMemberId: string })[]): Promise<void> {
    if (actions.length === 0) return;
    const { timeZone } = await this.organizations.settings(scope);
    await this.notifier.notifyMany(scope, actions.map((action) => ({
      memberIds: [action.ownerMemberId], kind: 'reviews.action.opened', key: `reviews.action:${action.id}:opened`, title: `Action for ${workloadKey}: ${action.title}`,
      body: [`Severity ${action.severity}, due ${writtenDay(action.dueAt, timeZone)}.`, ...(action.detail ? [action.detail.slice(0, 3_000)] : [])].join('\n'), workloadId: action.workloadId, href: `/actions/${action.id}`, mail: true,
    })));
  }

  async actionAssigned(scope: TenantScope, action: ActionRow, ownerMemberId: string, dueAt: Date): Promise<void> {
    const { timeZone } = await this.organizations.settings(scope);
    await this.notifier.notify(scope, {
      memberIds: [ownerMemberId], kind: 'reviews.action.assigned', key: `reviews.action:${action.id}:assigned:${action.version + 1}`, title: `Action for ${action.workloadKey}: ${action.title}`,
      body: `It is yours now. Severity ${action.severity}, due ${writtenDay(dueAt, timeZone)}.`, workloadId: action.workloadId, href: `/actions/${action.id}`, mail: true,
    });
  }
}
