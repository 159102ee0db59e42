import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { assertVersion } from '@roster/platform-http';
import { Trail } from '@roster/trail';
import { ReviewAudience } from '../review/review-audience.js';
import { ReviewNotices } from '../review/review-notices.js';
import type { ActionStatus } from './action-status.js';
import { ActionRepository, type ActionRow } from './action.repository.js';
import { knownAction } from './action.service.js';

/** What may be changed about an action; what is left out stays. */
export interface ActionChange {
  readonly ownerMemberId?: string | undefined;
  readonly dueAt?: Date | undefined;
  readonly status?: ActionStatus | undefined;
  readonly note?: string | null | undefined;
}

/** For how long whoever closed an action may take that back, in minutes. */
export const REOPEN_MINUTES = 10;

const isClosed = (status: ActionStatus): boolean => status === 'done' || status === 'dropped';

/** Works off follow-up work that came out of reviews. */
@Injectable()
export class ChangeAction {
  constructor(
    private readonly access: Access, private readonly actions: ActionRepository, private readonly audience: ReviewAudience, private readonly notices: ReviewNotices,
    private readonly unitOfWork: UnitOfWork, private readonly trail: Trail, private readonly clock: Clock,
  ) {}

  /**
   * Changes an action. Done and dropped are final, save that whoever closed it may open it again for some minutes, for a slip of the hand;
   * dropping needs a note that says why.
   * @param expected version it was read at; null for whatever is there
   */
  async change(caller: Caller, id: string, change: ActionChange, expected: number | null): Promise<ActionRow> {
    const scope = this.access.authorise(caller, 'reviews:action:update');
    return this.unitOfWork.run(scope, async () => {
      const action = knownAction(await this.actions.lock(scope, id));
      assertVersion(expected, action.version);
      if (isClosed(action.status) && !this.takesBack(caller, action, change)) throw problem('REVIEWS_ACTION_CLOSED', `The action is ${action.status}. What is still to be done becomes a finding of the next review.`);
      const now = this.clock.now();
      const wanted = {
        ownerMemberId: change.ownerMemberId ?? action.ownerMemberId, dueAt: change.dueAt ?? action.dueAt, status: change.status ?? action.status,
        note: change.note === undefined ? action.note : change.note,
      };
      if (wanted.status === 'dropped' && !wanted.note) {
        throw problem('PLATFORM_REQUEST_INVALID', 'An action is dropped with a reason. Nothing was changed.', { errors: [{ path: 'note', code: 'required', message: 'say why it is dropped' }] });
      }
      if (change.ownerMemberId !== undefined) await this.audience.requireMembers(scope, [{ path: 'ownerMemberId', memberId: change.ownerMemberId }]);
      await this.actions.update(scope, id, { ...wanted, closedAt: isClosed(wanted.status) ? now : null }, now);
      if (wanted.ownerMemberId && wanted.ownerMemberId !== action.ownerMemberId) await this.notices.actionAssigned(scope, action, wanted.ownerMemberId, wanted.dueAt);
      await this.trail.record(scope, { action: 'reviews.action.changed', object: { type: 'action', id, version: action.version + 1 }, workloadId: action.workloadId,
        payload: { from: { status: action.status, ownerMemberId: action.ownerMemberId, dueAt: action.dueAt.toISOString() }, to: { status: wanted.status, ownerMemberId: wanted.ownerMemberId, dueAt: wanted.dueAt.toISOString() } } });
      return knownAction(await this.actions.find(scope, id));
    });
  }

  private takesBack(caller: Caller, action: ActionRow, { status }: ActionChange): boolean {
    return status !== undefined && !isClosed(status) && action.closedById === caller.actor.id && action.closedAt !== null
      && this.clock.now().getTime() - action.closedAt.getTime() < REOPEN_MINUTES * 60_000;
  }
}
