import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import type { Permission } from '@roster/contracts';
import { WorkloadLookup } from '@roster/inventory';
import { Notifier } from '@roster/notifications';
import { Clock, newId, responsibleMemberId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { ActionRepository } from '../action/action.repository.js';
import { needsSignOff } from '../policy/review-obligation.js';
import { ReviewTemplateService } from '../template/review-template.service.js';
import { ReviewContinuation } from './review-continuation.js';
import { ReviewRepository, type ReviewRow } from './review.repository.js';
import { allowedCommands, signOffObstacle, transition, type ReviewCommand } from './review-state.js';
import { checkSubmission, type ReviewSubmission, type StoredSubmission } from './review-submission.js';
import { reviewHref } from './review-text.js';
import { ReviewService, type ReviewDetail } from './review.service.js';

/** What people do with one review. Each is one transaction: lock, rule, write, trail, outbox. */
@Injectable()
export class ConductReview {
  constructor(
    private readonly access: Access, private readonly reviews: ReviewRepository, private readonly reading: ReviewService, private readonly continuation: ReviewContinuation,
    private readonly templates: ReviewTemplateService, private readonly actions: ActionRepository, private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery,
    private readonly notifier: Notifier, private readonly unitOfWork: UnitOfWork, private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {}

  /** Starts a review, also before its due date. The questions are those of now and stay so. */
  start(caller: Caller, id: string): Promise<ReviewDetail> {
    return this.act(caller, 'reviews:review:conduct', id, async (scope, review) => {
      const status = allowed(review, 'start', false);
      const template = await this.templates.current(scope);
      await this.reviews.change(scope, id, { status, startedAt: this.clock.now(), startedBy: caller.memberId, templateId: template.id, claimedAt: null }, this.clock.now());
      await this.record(scope, 'reviews.review.started', review, { templateId: template.id, templateDigest: template.digest });
    });
  }

  /**
   * Hands in a review. It is completed at once, or waits for a second person where the tier demands one.
   * @throws REVIEWS_ANSWERS_INVALID, REVIEWS_STATEMENT_INVALID, PLATFORM_REFERENCE_UNKNOWN for an owner who is not an active member
   */
  submit(caller: Caller, id: string, submission: ReviewSubmission): Promise<ReviewDetail> {
    return this.act(caller, 'reviews:review:conduct', id, async (scope, review) => {
      const now = this.clock.now();
      const workload = await this.workloads.require(scope, review.workloadId);
      const { reviewPolicy } = await this.organizations.settings(scope);
      const signOffRequired = needsSignOff(workload.riskTier, reviewPolicy);
      const status = allowed(review, 'submit', signOffRequired);
      if (!review.templateId) throw new Error(`Review ${id} was started without a template`);
      const template = await this.templates.require(scope, review.templateId);
      const stored = checkSubmission(submission, template.content, await this.reading.changes(scope, review, now), now);
      await this.requireOwners(scope, stored);
      const handedIn = { submittedAt: now, submittedBy: caller.memberId, signOffRequired, submission: stored, outcome: stored.outcome, concentrationReviewed: stored.concentrationReviewed };
      const payload = { outcome: stored.outcome, signOffRequired, findings: stored.findings.length, changesDigest: stored.changesSinceLast.digest, nothingChanged: stored.nothingChangedSince !== null };
      if (status === 'completed') await this.complete(scope, review, stored, handedIn);
      else {
        await this.reviews.change(scope, id, { status, ...handedIn }, now);
        const others = (await this.organizations.membersWith(scope, 'reviews:review:sign-off')).map((member) => member.id)
          .filter((memberId) => signOffObstacle({ startedBy: review.startedBy, submittedBy: caller.memberId }, memberId) === null);
        await this.notifier.notify(scope, {
          memberIds: others, kind: 'reviews.review.submitted', key: `reviews.review:${id}:sign-off:${review.version + 1}`, title: `Review of ${review.workloadKey} waits for your sign-off`,
          body: `The review of ${review.workloadKey} was handed in with the outcome "${stored.outcome.replaceAll('_', ' ')}". A second person signs it off or returns it.`, href: reviewHref(id), mail: true,
        });
      }
      await this.record(scope, 'reviews.review.submitted', review, payload);
      if (status === 'completed') await this.announceCompletion(scope, review, stored);
    });
  }

  /** Signs a review off. @throws REVIEWS_REVIEW_SAME_PERSON when the caller started or submitted it */
  signOff(caller: Caller, id: string, comment: string | null): Promise<ReviewDetail> {
    return this.act(caller, 'reviews:review:sign-off', id, async (scope, review) => {
      allowed(review, 'sign_off', true);
      this.requireSecondPerson(caller, review);
      const stored = review.submission as StoredSubmission;
      await this.complete(scope, review, stored, { signedOffBy: caller.memberId, signOffComment: comment });
      await this.record(scope, 'reviews.review.signed-off', review, { outcome: stored.outcome, comment });
      await this.announceCompletion(scope, review, stored);
    });
  }

  /** Gives a review back to the reviewer with the reason. @throws REVIEWS_REVIEW_SAME_PERSON */
  giveBack(caller: Caller, id: string, comment: string): Promise<ReviewDetail> {
    return this.act(caller, 'reviews:review:sign-off', id, async (scope, review) => {
      const status = allowed(review, 'return', true);
      this.requireSecondPerson(caller, review);
      await this.reviews.change(scope, id, { status, signOffComment: comment }, this.clock.now());
      if (review.submittedBy) {
        await this.notifier.notify(scope, {
          memberIds: [review.submittedBy], kind: 'reviews.review.returned', key: `reviews.review:${id}:returned:${review.version + 1}`, title: `Review of ${review.workloadKey} was returned to you`,
          body: comment, href: reviewHref(id), mail: true,
        });
      }
      await this.record(scope, 'reviews.review.returned', review, {}, comment);
    });
  }

  /**
   * Excuses a workload from one review. The caller approves it; where the tier demands a second person, the risk owner, who owes the review,
   * cannot excuse themselves.
   */
  skip(caller: Caller, id: string, reason: string): Promise<ReviewDetail> {
    return this.act(caller, 'reviews:review:skip', id, async (scope, review) => {
      allowed(review, 'skip', false);
      const workload = await this.workloads.require(scope, review.workloadId);
      const { reviewPolicy } = await this.organizations.settings(scope);
      if (needsSignOff(workload.riskTier, reviewPolicy) && (workload.riskOwnerMemberId === caller.memberId || review.startedBy === caller.memberId)) {
        throw problem('REVIEWS_REVIEW_SAME_PERSON', `You owe or have started this review, so somebody else has to approve skipping it (risk tier ${workload.riskTier ?? 'not set, treated as critical'}).`);
      }
      const nextReviewId = await this.continuation.close(scope, review, { status: 'skipped', skipReason: reason, skipApprovedBy: caller.memberId });
      await this.record(scope, 'reviews.review.skipped', review, { nextReviewId }, reason);
    });
  }

  /**
   * Moves a review that is not due yet. It stays before the next regular one, so that no period is lost.
   * @throws REVIEWS_REVIEW_DATE_INVALID
   */
  reschedule(caller: Caller, id: string, dueAt: Date, reason: string): Promise<ReviewDetail> {
    return this.act(caller, 'reviews:review:conduct', id, async (scope, review) => {
      const status = allowed(review, 'reschedule', false);
      await this.continuation.move(scope, review, dueAt, reason);
      await this.record(scope, 'reviews.review.rescheduled', { ...review, status }, { from: review.dueAt.toISOString(), to: dueAt.toISOString() }, reason);
    });
  }

  /** Puts a review that could not be made due back to work. */
  retry(caller: Caller, id: string): Promise<ReviewDetail> {
    return this.act(caller, 'reviews:review:conduct', id, async (scope, review) => {
      if ((await this.reviews.rearm(scope, id)) === 0) throw problem('REVIEWS_REVIEW_STATE_CONFLICT', 'This review is not stuck. There is nothing to retry.');
      await this.record(scope, 'reviews.review.retried', review, {});
    });
  }

  private act(caller: Caller, permission: Permission, id: string, work: (scope: TenantScope, review: ReviewRow) => Promise<void>): Promise<ReviewDetail> {
    const scope = this.access.authorise(caller, permission);
    return this.unitOfWork.run(scope, async () => {
      await work(scope, await this.continuation.lock(scope, id));
      return this.reading.detailIn(scope, id, null);
    });
  }

  /** Closes a review with its findings, each of which becomes an action of its owner. */
  private async complete(scope: TenantScope, review: ReviewRow, stored: StoredSubmission, change: Parameters<ReviewRepository['change']>[2]): Promise<void> {
    const now = this.clock.now();
    await this.continuation.close(scope, review, { ...change, status: 'completed' });
    const findings = stored.findings.map((finding) => ({ ...finding, id: newId(now), reviewId: review.id }));
    const actions = findings.map(({ id: findingId, severity, domainId, title, detail, ownerMemberId, dueAt }) =>
      ({ id: newId(now), workloadId: review.workloadId, reviewId: review.id, findingId, severity, domainId, title, detail, ownerMemberId, dueAt: new Date(dueAt) }));
    await this.actions.insertFindings(scope, findings, now);
    await this.actions.insertActions(scope, actions, now);
    await this.notifier.notifyMany(scope, actions.map((action) => ({
      memberIds: [action.ownerMemberId], kind: 'reviews.action.opened', key: `reviews.action:${action.id}:opened`, title: `Action for ${review.workloadKey}: ${action.title}`,
      body: [`Severity ${action.severity}, due ${action.dueAt.toISOString().slice(0, 10)}.`, ...(action.detail ? [action.detail.slice(0, 3_000)] : [])].join('\n'), href: `/actions/${action.id}`, mail: true,
    })));
  }

  private async announceCompletion(scope: TenantScope, review: ReviewRow, stored: StoredSubmission): Promise<void> {
    await this.record(scope, 'reviews.review.completed', review, { outcome: stored.outcome, concentrationReviewed: stored.concentrationReviewed });
    await this.outbox.publish(scope, 'reviews.review.completed', { reviewId: review.id, workloadId: review.workloadId });
  }

  private requireSecondPerson(caller: Caller, review: ReviewRow): void {
    const obstacle = signOffObstacle(review, responsibleMemberId(caller.actor));
    if (obstacle) throw problem('REVIEWS_REVIEW_SAME_PERSON', 'A review is signed off by somebody who neither started nor submitted it.');
  }

  private async requireOwners(scope: TenantScope, { findings }: StoredSubmission): Promise<void> {
    const members = await this.organizations.members(scope, [...new Set(findings.map(({ ownerMemberId }) => ownerMemberId))]);
    const errors = findings.flatMap(({ ownerMemberId }, index) => (members.get(ownerMemberId)?.status === 'active' ? []
      : [{ path: `findings[${index}].ownerMemberId`, code: 'unknown_member', message: 'expected an active member of the organization' }]));
    if (errors.length > 0) throw problem('PLATFORM_REFERENCE_UNKNOWN', 'Some owners of findings are not known. Nothing was changed.', { errors });
  }

  private async record(scope: TenantScope, action: string, review: ReviewRow, payload: Record<string, unknown>, reason: string | null = null): Promise<void> {
    await this.trail.record(scope, { action, object: { type: 'review', id: review.id, version: review.version + 1 }, workloadId: review.workloadId, reason, payload });
  }
}

/** The state a command leads to. @throws REVIEWS_REVIEW_STATE_CONFLICT naming what is possible instead */
function allowed(review: ReviewRow, command: ReviewCommand, signOff: boolean): NonNullable<ReturnType<typeof transition>> {
  const next = transition(review.status, command, signOff);
  if (next) return next;
  const possible = allowedCommands(review.status).filter((name) => name !== 'make_due');
  throw problem('REVIEWS_REVIEW_STATE_CONFLICT', `The review is ${review.status.replaceAll('_', ' ')}; ${command.replaceAll('_', ' ')} is not possible. ${possible.length > 0 ? `Possible: ${possible.join(', ')}.` : 'It is closed.'}`,
    { extensions: { status: review.status, allowed: possible } });
}
