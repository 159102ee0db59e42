import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Permission } from '@roster/contracts';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { ReviewContinuation } from './review-continuation.js';
import type { ReviewRow } from './review-row.js';
import { allowedCommands, transition, type ReviewCommand } from './review-state.js';
import { ReviewService, type ReviewDetail } from './review.service.js';

/** The frame of everything people do with one review: authorise, lock, act, and answer with the review as it then is. */
@Injectable()
export class ReviewAct {
  constructor(
    private readonly access: Access, private readonly unitOfWork: UnitOfWork, private readonly continuation: ReviewContinuation, private readonly reading: ReviewService, private readonly clock: Clock,
  ) {}

  /** @throws ACCESS_PERMISSION_MISSING, REVIEWS_REVIEW_NOT_FOUND */
  perform(caller: Caller, permission: Permission, id: string, work: (scope: TenantScope, review: ReviewRow, now: Date) => Promise<void>): Promise<ReviewDetail> {
    const scope = this.access.authorise(caller, permission);
    return this.unitOfWork.run(scope, async () => {
      await work(scope, await this.continuation.lock(scope, id), this.clock.now());
      return this.reading.detailIn(scope, id, null);
    });
  }
}

/** The state a command leads to. @throws REVIEWS_REVIEW_STATE_CONFLICT naming what is possible instead */
export function allowed(review: ReviewRow, command: ReviewCommand, signOff: boolean): NonNullable<ReturnType<typeof transition>> {
  const next = transition(review.status, command, signOff);
  if (next) return next;
  const possible = allowedCommands(review.status).filter((name) => name !== 'make_due');
  throw problem('REVIEWS_REVIEW_STATE_CONFLICT', `The review is ${review.status.replaceAll('_', ' ')}; ${command.replaceAll('_', ' ')} is not possible. ${possible.length > 0 ? `Possible: ${possible.join(', ')}.` : 'It is closed.'}`,
    { extensions: { status: review.status, allowed: possible } });
}
