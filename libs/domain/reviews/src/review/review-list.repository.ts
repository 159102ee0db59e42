import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository, type SqlValue } from '@roster/platform-database';
import type { PunctualityVerdict } from '../punctuality/punctuality.js';
import { verdictSql } from '../punctuality/verdict-sql.js';
import { REVIEW_COLUMNS, REVIEW_JOIN, type ReviewRow } from './review-row.js';

/** What of the reviews is asked for. Null = all. */
export interface ReviewFilter {
  readonly statuses: readonly string[] | null;
  readonly workloadId: string | null;
  /** Only overdue ones, or only those that are not. */
  readonly overdue: boolean | null;
  readonly kind: 'scheduled' | 'out_of_cycle' | null;
  readonly deadLetter: boolean | null;
  /** Only of workloads whose risk owner, accepted or still to answer, is this member. */
  readonly ownerMemberId: string | null;
  /** Only those that wait for a second person who is not this member. */
  readonly signOffBy: string | null;
  /** How they count for punctuality, any of these. */
  readonly verdicts: readonly PunctualityVerdict[] | null;
  /** Only those during which periods of their series passed, or only those without. */
  readonly missedPeriods: boolean | null;
  /** Due at or after. */
  readonly dueFrom: Date | null;
  /** Due before. */
  readonly dueBefore: Date | null;
  readonly now: Date;
}

/** No condition at all: every review. */
export const ALL_REVIEWS: Omit<ReviewFilter, 'now'> = {
  statuses: null, workloadId: null, overdue: null, kind: null, deadLetter: null, ownerMemberId: null, signOffBy: null, verdicts: null, missedPeriods: null, dueFrom: null, dueBefore: null,
};

const OPEN = `'scheduled', 'due', 'in_progress', 'awaiting_sign_off'`;

/** Fields of the list's order, and their column types. */
const SORTS = { dueAt: ['r.due_at', 'timestamptz'], updatedAt: ['r.updated_at', 'timestamptz'] } as const;
export type ReviewSort = keyof typeof SORTS;

/** SQL of the list of reviews, now or as it was at an instant. */
@Injectable()
export class ReviewListRepository extends TenantRepository {
  /** One page, one row more than asked. @param asOf null = now */
  page(scope: TenantScope, filter: ReviewFilter, asOf: Date | null,
    query: { sort: ReviewSort; descending: boolean; after: { value: string; id: string } | null; limit: number }): Promise<ReviewRow[]> {
    const [column, type] = SORTS[query.sort];
    const [than, order] = query.descending ? ['<', 'DESC'] : ['>', 'ASC'];
    const { from, where, values } = filtered(scope, filter, asOf);
    const next = values.length + 1;
    const keyset = query.after ? `AND (${column}, r.id) ${than} ($${next + 1}::${type}, $${next + 2}::uuid)` : '';
    return this.rows(scope,
      `SELECT ${REVIEW_COLUMNS} FROM ${from} ${REVIEW_JOIN} WHERE ${where} ${keyset} ORDER BY ${column} ${order}, r.id ${order} LIMIT $${next}`,
      [...values, query.limit + 1, ...(query.after ? [query.after.value, query.after.id] : [])]);
  }

  async count(scope: TenantScope, filter: ReviewFilter, asOf: Date | null): Promise<number> {
    const { from, where, values } = filtered(scope, filter, asOf);
    return (await this.row<{ total: number }>(scope, `SELECT count(*)::int AS total FROM ${from} ${filter.ownerMemberId ? REVIEW_JOIN : ''} WHERE ${where}`, values))?.total ?? 0;
  }
}

/** Conditions that are not asked for are left out, so that the plan is made for those that are. */
function filtered(scope: TenantScope, filter: ReviewFilter, asOf: Date | null): { from: string; where: string; values: SqlValue[] } {
  const values: SqlValue[] = [scope.tenantId];
  const where = ['r.tenant_id = $1'];
  const and = (condition: (parameter: string) => string, ...given: SqlValue[]): void => {
    values.push(...given);
    where.push(condition(`$${values.length}`));
  };
  const now = asOf ?? filter.now;
  if (asOf) and((p) => `r.valid @> ${p}::timestamptz`, asOf);
  if (filter.statuses) and((p) => `r.status = ANY(${p}::text[])`, filter.statuses);
  if (filter.workloadId) and((p) => `r.workload_id = ${p}`, filter.workloadId);
  if (filter.overdue === true) and((p) => `r.status IN (${OPEN}) AND r.overdue_at <= ${p}::timestamptz`, now);
  if (filter.overdue === false) and((p) => `NOT (r.status IN (${OPEN}) AND r.overdue_at <= ${p}::timestamptz)`, now);
  if (filter.kind) where.push(`r.schedule_id IS ${filter.kind === 'scheduled' ? 'NOT ' : ''}NULL`);
  if (filter.deadLetter !== null) where.push(`r.dead_letter_at IS ${filter.deadLetter ? 'NOT ' : ''}NULL`);
  if (filter.ownerMemberId) and((p) => `w.risk_owner_member_id = ${p}`, filter.ownerMemberId);
  if (filter.signOffBy) and((p) => `r.status = 'awaiting_sign_off' AND r.started_by <> ${p} AND r.submitted_by <> ${p}`, filter.signOffBy);
  const counted = (p: string): string => `(${filter.verdicts?.map((verdict) => verdictSql(verdict, p)).join(' OR ') ?? 'true'})`;
  // Only what is not done depends on the instant.
  if (filter.verdicts?.includes('not_done')) and(counted, now);
  else if (filter.verdicts) where.push(counted(''));
  if (filter.missedPeriods !== null) where.push(`r.missed_periods ${filter.missedPeriods ? '>' : '='} 0`);
  if (filter.dueFrom) and((p) => `r.due_at >= ${p}::timestamptz`, filter.dueFrom);
  if (filter.dueBefore) and((p) => `r.due_at < ${p}::timestamptz`, filter.dueBefore);
  return { from: asOf ? 'review_history r' : 'review r', where: where.join(' AND '), values };
}
