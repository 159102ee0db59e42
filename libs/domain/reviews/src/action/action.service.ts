import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, isId, type Caller, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, toPage, type ListQuery, type Page } from '@roster/platform-http';
import { invalidFilter, momentOf, single, yesOrNo } from '../list/list-filter.js';
import { ACTION_STATUSES } from './action-status.js';
import { ActionRepository, type ActionFilter, type ActionRow, type ActionSort } from './action.repository.js';

/** Reads follow-up work that came out of reviews. */
@Injectable()
export class ActionService {
  constructor(private readonly access: Access, private readonly actions: ActionRepository, private readonly workloads: WorkloadLookup, private readonly clock: Clock) {}

  async list(caller: Caller, query: ListQuery): Promise<Page<ActionRow>> {
    const scope = this.access.authorise(caller, 'reviews:review:read');
    const filter = await this.filter(scope, caller, query);
    const [value, id] = cursorOf(query, ['instant', 'id']) ?? [];
    const sort = query.sort.field as ActionSort;
    const rows = await this.actions.page(scope, filter, { sort, descending: query.sort.descending, after: value !== undefined && id !== undefined ? { value, id } : null, limit: query.limit });
    const total = query.count ? await this.actions.count(scope, filter) : undefined;
    return toPage(rows, query, (row) => [row[sort].toISOString(), row.id], (row) => row, total);
  }

  /** @throws REVIEWS_ACTION_NOT_FOUND */
  async find(caller: Caller, id: string): Promise<ActionRow> {
    return knownAction(await this.actions.find(this.access.authorise(caller, 'reviews:review:read'), id));
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
    const now = this.clock.now();
    const owner = single(query, 'owner') === 'me' ? caller.memberId : id('owner');
    return { statuses, workloadId: workload === null ? null : (await this.workloads.require(scope, workload)).id, reviewId: id('review'), ownerMemberId: owner, overdue: yesOrNo(query, 'overdue'), dueBefore: momentOf(query, 'dueBefore', now, '<'), now };
  }
}

/** @throws REVIEWS_ACTION_NOT_FOUND when there is none */
export function knownAction(action: ActionRow | null): ActionRow {
  if (!action) throw problem('REVIEWS_ACTION_NOT_FOUND', 'There is no such action in your organization.');
  return action;
}
