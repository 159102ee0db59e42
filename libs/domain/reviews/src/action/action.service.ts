import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import { Notifier } from '@roster/notifications';
import { Clock, isId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { assertVersion, toPage, type ListQuery, type Page } from '@roster/platform-http';
import { Trail } from '@roster/trail';
import { invalidFilter, single, yesOrNo } from '../review/review.service.js';
import { ACTION_STATUSES, type ActionStatus } from './action-status.js';
import { ActionRepository, type ActionFilter, type ActionRow, type ActionSort } from './action.repository.js';

/** What may be changed about an action; what is left out stays. */
export interface ActionChange {
  readonly ownerMemberId?: string | undefined;
  readonly dueAt?: Date | undefined;
  readonly status?: ActionStatus | undefined;
  readonly note?: string | null | undefined;
}

const isClosed = (status: ActionStatus): boolean => status === 'done' || status === 'dropped';

/** Follow-up work that came out of reviews. */
@Injectable()
export class ActionService {
  constructor(
    private readonly access: Access, private readonly actions: ActionRepository, private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery,
    private readonly notifier: Notifier, private readonly unitOfWork: UnitOfWork, private readonly trail: Trail, private readonly clock: Clock,
  ) {}

  async list(caller: Caller, query: ListQuery): Promise<Page<ActionRow>> {
    const scope = this.access.authorise(caller, 'reviews:review:read');
    const filter = await this.filter(scope, caller, query);
    const [value, id] = query.cursor ?? [];
    const sort = query.sort.field as ActionSort;
    const rows = await this.actions.page(scope, filter, { sort, descending: query.sort.descending, after: value && id ? { value: String(value), id: String(id) } : null, limit: query.limit });
    const total = query.count ? await this.actions.count(scope, filter) : undefined;
    return toPage(rows, query, (row) => [row[sort].toISOString(), row.id], (row) => row, total);
  }

  /** @throws REVIEWS_ACTION_NOT_FOUND */
  async find(caller: Caller, id: string): Promise<ActionRow> {
    return known(await this.actions.find(this.access.authorise(caller, 'reviews:review:read'), id));
  }

  /**
   * Changes an action. Done and dropped are final; dropping needs a note that says why.
   * @param expected version it was read at; null for whatever is there
   */
  async change(caller: Caller, id: string, change: ActionChange, expected: number | null): Promise<ActionRow> {
    const scope = this.access.authorise(caller, 'reviews:action:update');
    return this.unitOfWork.run(scope, async () => {
      const action = known(await this.actions.lock(scope, id));
      assertVersion(expected, action.version);
      if (isClosed(action.status)) throw problem('REVIEWS_ACTION_CLOSED', `The action is ${action.status}. What is still to be done becomes a finding of the next review.`);
      const now = this.clock.now();
      const wanted = {
        ownerMemberId: change.ownerMemberId ?? action.ownerMemberId, dueAt: change.dueAt ?? action.dueAt, status: change.status ?? action.status,
        note: change.note === undefined ? action.note : change.note,
      };
      if (wanted.status === 'dropped' && !wanted.note) {
        throw problem('PLATFORM_REQUEST_INVALID', 'An action is dropped with a reason. Nothing was changed.', { errors: [{ path: 'note', code: 'required', message: 'say why it is dropped' }] });
      }
      if (change.ownerMemberId !== undefined) await this.requireOwner(scope, change.ownerMemberId);
      await this.actions.update(scope, id, { ...wanted, closedAt: isClosed(wanted.status) ? now : null }, now);
      if (wanted.ownerMemberId && wanted.ownerMemberId !== action.ownerMemberId) {
        await this.notifier.notify(scope, {
          memberIds: [wanted.ownerMemberId], kind: 'reviews.action.assigned', key: `reviews.action:${id}:assigned:${action.version + 1}`, title: `Action for ${action.workloadKey}: ${action.title}`,
          body: `It is yours now. Severity ${action.severity}, due ${wanted.dueAt.toISOString().slice(0, 10)}.`, href: `/actions/${id}`, mail: true,
        });
      }
      await this.trail.record(scope, { action: 'reviews.action.changed', object: { type: 'action', id, version: action.version + 1 }, workloadId: action.workloadId,
        payload: { from: { status: action.status, ownerMemberId: action.ownerMemberId, dueAt: action.dueAt.toISOString() }, to: { status: wanted.status, ownerMemberId: wanted.ownerMemberId, dueAt: wanted.dueAt.toISOString() } } });
      return known(await this.actions.find(scope, id));
    });
  }

  private async requireOwner(scope: TenantScope, memberId: string): Promise<void> {
    if ((await this.organizations.members(scope, [memberId])).get(memberId)?.status === 'active') return;
    throw problem('PLATFORM_REFERENCE_UNKNOWN', 'The owner is not known. Nothing was changed.', { errors: [{ path: 'ownerMemberId', code: 'unknown_member', message: 'expected an active member of the organization' }] });
  }

  private async filter(scope: TenantScope, caller: Caller, query: ListQuery): Promise<ActionFilter> {
    const statuses = query.filters.get('status') ?? null;
    const wrong = statuses?.find((status) => !(ACTION_STATUSES as readonly string[]).includes(status));
    if (wrong !== undefined) throw invalidFilter('status', `expected one of ${ACTION_STATUSES.join(', ')}`);
    const id = (name: string): string | null => {
      const value = single(query, name);
      if (value !== null && !isId(value)) throw invalidFilter(name, 'expected an id (UUID)');
      return value;
    };
    const workload = single(query, 'workload');
    const owner = single(query, 'owner') === 'me' ? caller.memberId : id('owner');
    return { statuses, workloadId: workload === null ? null : (await this.workloads.require(scope, workload)).id, reviewId: id('review'), ownerMemberId: owner, overdue: yesOrNo(query, 'overdue'), now: this.clock.now() };
  }
}

function known(action: ActionRow | null): ActionRow {
  if (!action) throw problem('REVIEWS_ACTION_NOT_FOUND', 'There is no such action in your organization.');
  return action;
}
