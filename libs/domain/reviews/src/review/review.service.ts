import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { REVIEW_STATES } from '@roster/contracts';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, isId, type Caller, type TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, MOMENT_FORMS, readMoment, toPage, type ListQuery, type Page } from '@roster/platform-http';
import { ActionRepository, type FindingRow } from '../action/action.repository.js';
import { needsSignOff } from '../policy/review-obligation.js';
import { monthsUntil } from '../punctuality/months.js';
import { PUBLISHED_PUNCTUALITY, PUNCTUALITY_VERDICTS, totals, type Punctuality, type PunctualityVerdict } from '../punctuality/punctuality.js';
import { punctualityRows, type PunctualityRows } from '../punctuality/punctuality-rows.js';
import type { ReviewTemplateRow } from '../template/review-template.repository.js';
import { ReviewTemplateService } from '../template/review-template.service.js';
import { changesSince, type ChangesSinceLast } from './change-record.js';
import { ChangeRecordRepository } from './change-record.repository.js';
import { ReviewRepository, type ReviewFilter, type ReviewRow, type ReviewSort, type TriggerRow } from './review.repository.js';
import type { StoredSubmission } from './review-submission.js';

/** Everything about one review. */
export interface ReviewDetail {
  readonly review: ReviewRow;
  readonly now: Date;
  /** Null until it is started. */
  readonly template: ReviewTemplateRow | null;
  readonly changesSinceLast: ChangesSinceLast;
  readonly triggers: readonly TriggerRow[];
  readonly findings: readonly FindingRow[];
  /** Whether a second person has to sign it off: as decided when it was submitted, else as the tier demands now. */
  readonly signOffNeeded: boolean;
  /** Members that the review names, by id. */
  readonly people: ReadonlyMap<string, string>;
}

/** Punctuality of one month, in the time zone of the organization. */
export interface PunctualityMonth {
  /** `2026-05`. */
  readonly month: string;
  readonly figures: Punctuality;
  readonly rows: PunctualityRows;
}

export interface PunctualitySummary {
  readonly from: Date;
  readonly to: Date;
  readonly figures: Punctuality;
  readonly rows: PunctualityRows;
  readonly open: Awaited<ReturnType<ReviewRepository['openFigures']>>;
  readonly published: typeof PUBLISHED_PUNCTUALITY;
}

const YEAR_MILLISECONDS = 365 * 86_400_000;

/** Reads reviews. */
@Injectable()
export class ReviewService {
  constructor(
    private readonly access: Access, private readonly reviews: ReviewRepository, private readonly changeRecords: ChangeRecordRepository, private readonly actions: ActionRepository,
    private readonly templates: ReviewTemplateService, private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery, private readonly clock: Clock,
  ) {}

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

  /** @throws REVIEWS_REVIEW_NOT_FOUND */
  async detail(caller: Caller, id: string, asOf: Date | null): Promise<ReviewDetail> {
    return this.detailIn(this.access.authorise(caller, 'reviews:review:read'), id, asOf);
  }

  async detailIn(scope: TenantScope, id: string, asOf: Date | null): Promise<ReviewDetail> {
    const review = asOf ? await this.reviews.findAsOf(scope, id, asOf) : await this.reviews.find(scope, id);
    if (!review) throw problem('REVIEWS_REVIEW_NOT_FOUND', asOf ? 'There was no such review in your organization at that instant.' : 'There is no such review in your organization.');
    const now = asOf ?? this.clock.now();
    const { reviewPolicy } = await this.organizations.settings(scope);
    return {
      review, now,
      template: review.templateId ? await this.templates.require(scope, review.templateId) : null,
      changesSinceLast: await this.changes(scope, review, now),
      triggers: (await this.reviews.triggers(scope, id)).filter(({ at }) => at <= now),
      findings: review.status === 'completed' ? await this.actions.findings(scope, id) : [],
      signOffNeeded: review.signOffRequired ?? needsSignOff(review.riskTier, reviewPolicy),
      people: await this.people(scope, review),
    };
  }

  private async people(scope: TenantScope, review: ReviewRow): Promise<Map<string, string>> {
    const submitted = review.submission as StoredSubmission | null;
    const named = [review.ownerMemberId, review.startedBy, review.submittedBy, review.signedOffBy, review.skipApprovedBy, ...(submitted?.findings ?? []).map(({ ownerMemberId }) => ownerMemberId)];
    const members = await this.organizations.members(scope, [...new Set(named.filter((id) => id !== null))]);
    return new Map([...members.values()].map(({ id, name }) => [id, name]));
  }

  /**
   * Punctuality month by month, oldest first, the current month included; a month without a due review is there with a null ratio.
   * @param months 1-36
   */
  async punctualityTrend(caller: Caller, months: number): Promise<{ timeZone: string; months: PunctualityMonth[]; published: typeof PUBLISHED_PUNCTUALITY }> {
    const scope = this.access.authorise(caller, 'reviews:review:read');
    const now = this.clock.now();
    const { timeZone } = await this.organizations.settings(scope);
    const span = monthsUntil(now, timeZone, months);
    const found = new Map((await this.reviews.punctualityByMonth(scope, span.from, span.until, now, timeZone)).map((row) => [row.month, row]));
    const none = { onTime: 0, late: 0, notDone: 0, missedPeriods: 0 };
    return { timeZone, published: PUBLISHED_PUNCTUALITY, months: span.months.map(({ month, from, until }) => ({ month, figures: totals(found.get(month) ?? none), rows: punctualityRows(from, until) })) };
  }

  /** What changed since the last review: as it was when this one was submitted, else as it is now. */
  async changes(scope: TenantScope, review: ReviewRow, now: Date): Promise<ChangesSinceLast> {
    if (review.status !== 'in_progress' && review.submission) return (review.submission as StoredSubmission).changesSinceLast;
    const [last] = await this.reviews.lastCompleted(scope, [review.workloadId], now);
    const began = (await this.reviews.schedulingBegan(scope, review.workloadId)) ?? review.createdAt;
    const since = last?.submittedAt ?? (began < review.createdAt ? began : review.createdAt);
    return changesSince(review.workloadId, since, last?.reviewId ?? null, await this.changeRecords.changes(scope, review.workloadId, since, now));
  }

  /** @param from null: a year before `to`; @param to null: now */
  async punctuality(caller: Caller, from: Date | null, to: Date | null): Promise<PunctualitySummary> {
    const scope = this.access.authorise(caller, 'reviews:review:read');
    const now = this.clock.now();
    const until = to ?? now;
    const since = from ?? new Date(until.getTime() - YEAR_MILLISECONDS);
    if (since >= until) throw problem('PLATFORM_REQUEST_INVALID', 'The period is empty.', { errors: [{ path: 'from', code: 'out_of_range', message: 'expected an instant before `to`' }] });
    return { from: since, to: until, figures: totals(await this.reviews.punctuality(scope, since, until, now)), rows: punctualityRows(since, until), open: await this.reviews.openFigures(scope, now), published: PUBLISHED_PUNCTUALITY };
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

/** The one value of a filter, or null when it is not given. @throws PLATFORM_REQUEST_INVALID when it is given twice */
export function single(query: ListQuery, name: string): string | null {
  const values = query.filters.get(name);
  if (values && values.length > 1) throw invalidFilter(name, 'expected once');
  return values?.[0] ?? null;
}

/** A filter that is true or false. @throws PLATFORM_REQUEST_INVALID for anything else */
export function yesOrNo(query: ListQuery, name: string): boolean | null {
  const value = single(query, name);
  if (value !== null && value !== 'true' && value !== 'false') throw invalidFilter(name, 'expected true or false');
  return value === null ? null : value === 'true';
}

export const invalidFilter = (name: string, message: string): Error =>
  problem('PLATFORM_REQUEST_INVALID', 'The filter is not valid.', { errors: [{ path: `filter[${name}]`, code: 'not_one_of', message }] });

/** A filter that names a member: an id, or `me`. @throws PLATFORM_REQUEST_INVALID for anything else */
export function memberOf(query: ListQuery, caller: Caller, name: string): string | null {
  const value = single(query, name);
  if (value === null) return null;
  const id = value === 'me' ? caller.memberId : value;
  if (!isId(id)) throw invalidFilter(name, 'expected me or the id of a member');
  return id;
}

/** A filter that is a moment: a day, an instant or a distance from now. @throws PLATFORM_REQUEST_INVALID for anything else */
export function momentOf(query: ListQuery, name: string, now: Date, comparison: '>=' | '<'): Date | null {
  const value = single(query, name);
  if (value === null) return null;
  const at = readMoment(value, now, comparison);
  if (!at) throw invalidFilter(name, `expected ${MOMENT_FORMS}`);
  return at;
}
