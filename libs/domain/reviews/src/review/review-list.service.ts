import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { REVIEW_STATES } from '@roster/contracts';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { cursorOf, toPage, type ListQuery, type Page } from '@roster/platform-http';
import { invalidFilter, memberOf, momentOf, single, yesOrNo } from '../list/list-filter.js';
import { PUNCTUALITY_VERDICTS, type PunctualityVerdict } from '../punctuality/punctuality.js';
import { ReviewListRepository, type ReviewFilter, type ReviewSort } from './review-list.repository.js';
import type { ReviewRow } from './review-row.js';

/** Lists reviews. */
@Injectable()
export class ReviewListService {
  constructor(private readonly access: Access, private readonly reviews: ReviewListRepository, private readonly workloads: WorkloadLookup, private readonly clock: Clock) {}

  async list(caller: Caller, query: ListQuery): Promise<Page<{ review: ReviewRow; now: Date }>> {
    const scope = this.access.authorise(caller, 'reviews:review:read');
    const now = query.asOf ?? this.clock.now();
    const filter = await this.filter(scope, caller, query, now);
    const [value, id] = cursorOf(query, ['instant', 'id']) ?? [];
    const sort = query.sort.field as ReviewSort;
    const rows = await this.reviews.page(scope, filter, query.asOf, { sort, descending: query.sort.descending, after: value !== undefined && id !== undefined ? { value, id } : null, limit: query.limit });
    const total = query.count ? await this.reviews.count(scope, filter, query.asOf) : undefined;
    return toPage(rows, query, (row) => [row[sort].toISOString(), row.id], (review) => ({ review, now }), total);
  }

  private async filter(scope: TenantScope, caller: Caller, query: ListQuery, now: Date): Promise<ReviewFilter> {
    const statuses = query.filters.get('status') ?? null;
    const wrong = statuses?.find((status) => !(REVIEW_STATES as readonly string[]).includes(status));
    if (wrong !== undefined) throw invalidFilter('status', `expected one of ${REVIEW_STATES.join(', ')}`);
    const workload = single(query, 'workload');
    const kind = single(query, 'kind');
    if (kind !== null && kind !== 'scheduled' && kind !== 'out_of_cycle') throw invalidFilter('kind', 'expected scheduled or out_of_cycle');
    const verdicts = query.filters.get('punctuality') ?? null;
    if (verdicts && !verdicts.every((verdict): verdict is PunctualityVerdict => (PUNCTUALITY_VERDICTS as readonly string[]).includes(verdict))) throw invalidFilter('punctuality', `expected one of ${PUNCTUALITY_VERDICTS.join(', ')}`);
    return {
      statuses, verdicts, missedPeriods: yesOrNo(query, 'missedPeriods'), kind, workloadId: workload === null ? null : (await this.workloads.require(scope, workload)).id, overdue: yesOrNo(query, 'overdue'), deadLetter: yesOrNo(query, 'deadLetter'),
      ownerMemberId: memberOf(query, caller, 'owner'), signOffBy: memberOf(query, caller, 'signOffBy'), dueFrom: momentOf(query, 'dueFrom', now, '>='), dueBefore: momentOf(query, 'dueBefore', now, '<'), now,
    };
  }
}
