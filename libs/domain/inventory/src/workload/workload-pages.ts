import { Injectable } from '@nestjs/common';
import type { RiskTier, Stage, TriState } from '@roster/contracts';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { encodeCursor, type ListQuery, type ListSpec } from '@roster/platform-http';
import { WorkloadItemRepository } from './workload-item.repository.js';
import { readWorkloadList, WORKLOAD_LIST } from './workload-list.js';

/** What other areas read of a row of the inventory list. */
export interface ListedWorkload {
  readonly id: string;
  readonly key: string;
  readonly name: string;
  /** Null until classified. */
  readonly stage: Stage | null;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  readonly riskTier: RiskTier | null;
  readonly executesTools: TriState;
}

/** The inventory list for other areas that show something about each of its rows. */
@Injectable()
export class WorkloadPages {
  /** Parameters of the list with another order as its default. @param sort a field of the list, `-` in front for descending */
  static spec(sort: string): ListSpec {
    return { ...WORKLOAD_LIST, sorts: [sort, ...WORKLOAD_LIST.sorts.map((field) => field.replace(/^-/, '')).filter((field) => field !== sort.replace(/^-/, ''))] };
  }

  constructor(private readonly items: WorkloadItemRepository, private readonly clock: Clock) {}

  /**
   * @param query read with {@link WorkloadPages.spec}: the same filters, search and orders as GET /workloads
   * @throws PLATFORM_REQUEST_INVALID, PLATFORM_CURSOR_INVALID
   */
  async read(scope: TenantScope, caller: Pick<Caller, 'memberId'>, query: ListQuery): Promise<{ items: ListedWorkload[]; nextCursor: string | null; total?: number }> {
    const list = readWorkloadList(query, { now: this.clock.now(), me: caller.memberId });
    const { rows, total } = await this.items.read(scope, list, query);
    const shown = rows.slice(0, query.limit);
    const last = shown.at(-1);
    return {
      items: shown.map(({ json }) => JSON.parse(json) as ListedWorkload),
      nextCursor: rows.length > query.limit && last ? encodeCursor(query.sort, [...last.sortKey]) : null,
      ...(total === undefined ? {} : { total }),
    };
  }
}
