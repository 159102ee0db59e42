import { Injectable } from '@nestjs/common';
import type { ReviewState, RiskTier, Stage } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

/** The first rows of something, and how many there are in all. */
export interface Block<Row> {
  readonly count: number;
  readonly items: readonly Row[];
}
export interface HomeWorkloadRow {
  readonly workloadId: string;
  readonly key: string;
  readonly name: string;
}
export interface HomeReviewRow extends HomeWorkloadRow {
  readonly id: string;
  readonly status: ReviewState;
  readonly dueAt: Date;
  readonly overdue: boolean;
  readonly riskTier: RiskTier | null;
}
export interface HomeEvidenceRow {
  readonly id: string;
  readonly title: string;
  readonly kind: string;
  readonly version: number;
  readonly waitingSince: Date;
  readonly submittedBy: string | null;
}
export interface HomeExceptionRow extends HomeWorkloadRow {
  readonly id: string;
  readonly kind: string;
  readonly requirement: string;
  readonly requestedAt: Date;
  readonly requestedBy: string | null;
}
export interface HomeOwnershipRow extends HomeWorkloadRow {
  readonly id: string;
  readonly role: string;
  readonly domain: string | null;
  readonly position: string;
  /** When it was proposed, or when it has to be affirmed again. */
  readonly at: Date;
  readonly proposedBy: string | null;
}
export interface HomeOrphanRow extends HomeWorkloadRow {
  /** Of the assignment that was orphaned. */
  readonly id: string;
  readonly role: string;
  readonly domain: string | null;
  readonly left: string | null;
  readonly since: Date | null;
  /** From when on nobody answers: since the owner left, or since somebody was asked who left before they answered. */
  readonly openSince: Date;
}
export interface HomeFallRow extends HomeWorkloadRow {
  readonly fallsAt: Date;
  readonly from: Stage | null;
  readonly to: Stage | null;
  readonly hardening: boolean;
}
export interface HomeActionRow extends HomeWorkloadRow {
  readonly id: string;
  readonly title: string;
  readonly severity: string;
  readonly status: string;
  readonly dueAt: Date;
  readonly overdue: boolean;
  readonly version: number;
}
export interface HomeStageRow extends HomeWorkloadRow {
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
}
export interface HomePackRow {
  readonly id: string;
  readonly fileName: string;
  readonly asOf: Date;
  readonly builtAt: Date;
  readonly size: number;
}

/** Whose workloads a question is about: a member's, who is an accepted owner of them, or everybody's. */
export type Whose = { readonly memberId: string } | 'organization';

const NAMES = `w.id AS "workloadId", w.key, w.name`;
const LIVING = `w.listed AND w.lifecycle <> 'retired'`;
const MINE = `EXISTS (SELECT FROM owner_assignment a WHERE a.tenant_id = w.tenant_id AND a.workload_id = w.id AND a.member_id = $2 AND a.status = 'accepted')`;
/** The member of `whose`, or null. */
const memberOf = (whose: Whose): string | null => (whose === 'organization' ? null : whose.memberId);
/** Whether a workload is of `whose`; $2 is the member. Not one condition for both: with an OR the planner would read everything that the member owns first. */
const among = (whose: Whose): string => (whose === 'organization' ? '$2::uuid IS NULL' : MINE);

/** How many living workloads a member owns that fall before an instant, are on their way to the next stage, or are frozen. */
export interface OwnedCounts {
  readonly falls: number;
  readonly nextStage: number;
  readonly frozen: number;
}

/** Read-only questions of home. Each is bounded by an index whatever the size of the inventory; what it counts it counts through the same one. */
@Injectable()
export class HomeRepository extends TenantRepository {
  /**
   * For the rest of the transaction: what every visit of everybody reads is in memory, where a page of an index costs as much as one of a table. Otherwise the planner takes the whole table of
   * workloads for less than an index that edits have made large.
   */
  async readFromMemory(scope: TenantScope): Promise<void> {
    await this.execute(scope, `SELECT set_config('random_page_cost', '1.1', true)`);
  }

  /** Whether a member is an accepted owner of anything. */
  async owns(scope: TenantScope, memberId: string): Promise<boolean> {
    return (await this.row(scope, `SELECT 1 AS one FROM owner_assignment WHERE tenant_id = $1 AND member_id = $2 AND status = 'accepted' LIMIT 1`, [scope.tenantId, memberId])) !== null;
  }

  /** Open reviews due before an instant; those of a member are of the workloads they are risk owner of. */
  reviews(scope: TenantScope, whose: Whose, overdue: boolean, now: Date, until: Date, limit: number): Promise<Block<HomeReviewRow>> {
    const owner = memberOf(whose);
    const where = `r.tenant_id = $1 AND r.closed_at IS NULL AND r.due_at <= $2 AND (r.overdue_at <= $3) = $4 AND r.status <> 'awaiting_sign_off' ${owner === null ? '' : 'AND w.risk_owner_member_id = $5'}`;
    const join = `JOIN workload w ON w.tenant_id = r.tenant_id AND w.id = r.workload_id`;
    const values = [scope.tenantId, overdue ? now : until, now, overdue, ...(owner === null ? [] : [owner])];
    return this.block(scope,
      `SELECT count(*)::int AS count FROM review r ${owner === null ? '' : join} WHERE ${where}`,
      `SELECT r.id, r.status, r.due_at AS "dueAt", r.overdue_at <= $3 AS overdue, w.risk_tier AS "riskTier", ${NAMES} FROM review r ${join} WHERE ${where} ORDER BY r.due_at, r.id`, values, limit);
  }

  /** Reviews that wait for a second person, of which the member neither started nor submitted. */
  reviewsToSignOff(scope: TenantScope, memberId: string, now: Date, limit: number): Promise<Block<HomeReviewRow>> {
    const where = `r.tenant_id = $1 AND r.status = 'awaiting_sign_off' AND r.started_by <> $2 AND r.submitted_by <> $2`;
    return this.block(scope, `SELECT count(*)::int AS count FROM review r WHERE ${where} AND $3::timestamptz IS NOT NULL`,
      `SELECT r.id, r.status, r.due_at AS "dueAt", r.overdue_at <= $3 AS overdue, w.risk_tier AS "riskTier", ${NAMES} FROM review r JOIN workload w ON w.tenant_id = r.tenant_id AND w.id = r.workload_id
        WHERE ${where} ORDER BY r.due_at, r.id`, [scope.tenantId, memberId, now], limit);
  }

  /** Evidence whose newest version somebody else submitted and nobody decided, the longest waiting first. */
  evidenceToDecide(scope: TenantScope, memberId: string, limit: number): Promise<Block<HomeEvidenceRow>> {
    const where = `i.tenant_id = $1 AND i.latest_status = 'submitted' AND i.latest_submitter_member_id IS DISTINCT FROM $2 AND i.withdrawn_at IS NULL`;
    return this.block(scope, `SELECT count(*)::int AS count FROM evidence_item i WHERE ${where}`,
      `SELECT i.id, i.title, i.kind, i.latest_version AS version, i.updated_at AS "waitingSince", m.name AS "submittedBy"
         FROM evidence_item i LEFT JOIN member m ON m.tenant_id = i.tenant_id AND m.id = i.latest_submitter_member_id WHERE ${where} ORDER BY i.updated_at, i.id`, [scope.tenantId, memberId], limit);
  }

  /** Exceptions that somebody else asked for and nobody decided, the longest waiting first. */
  exceptionsToDecide(scope: TenantScope, memberId: string, limit: number): Promise<Block<HomeExceptionRow>> {
    const where = `e.tenant_id = $1 AND e.status = 'requested' AND e.requester_member_id <> $2`;
    return this.block(scope, `SELECT count(*)::int AS count FROM coverage_exception e WHERE ${where}`,
      `SELECT e.id, e.kind, e.requirement_key AS requirement, e.requested_at AS "requestedAt", e.requested_by->>'name' AS "requestedBy", ${NAMES}
         FROM coverage_exception e JOIN workload w ON w.tenant_id = e.tenant_id AND w.id = e.workload_id WHERE ${where} ORDER BY e.requested_at, e.id`, [scope.tenantId, memberId], limit);
  }

  /**
   * Ownerships of a member that ask for an answer, oldest first: those proposed, or those accepted that have to be affirmed again.
   * @param before for accepted ones: to be affirmed before
   * @param after where the previous page ended
   */
  ownerships(scope: TenantScope, memberId: string, status: 'proposed' | 'accepted', before: Date, limit: number, after: readonly [at: string, id: string] | null = null): Promise<Block<HomeOwnershipRow>> {
    // As in the index, which then bounds the rows and gives their order.
    const at = `CASE WHEN a.status = 'accepted' THEN a.reaffirm_due_at ELSE a.proposed_at END`;
    const where = `a.tenant_id = $1 AND a.member_id = $2 AND a.status = $3 AND ${status === 'proposed' ? '$4::timestamptz IS NOT NULL' : `${at} <= $4`} AND ${LIVING}`;
    const from = `owner_assignment a JOIN workload w ON w.tenant_id = a.tenant_id AND w.id = a.workload_id`;
    return this.block(scope, `SELECT count(*)::int AS count FROM ${from} WHERE ${where} AND $5::timestamptz IS NOT DISTINCT FROM $5 AND $6::uuid IS NOT DISTINCT FROM $6`,
      `SELECT a.id, a.role, nullif(a.domain_key, '') AS domain, a.position, ${at} AS at, a.proposed_by->>'name' AS "proposedBy", ${NAMES}
         FROM ${from} WHERE ${where} AND ($5::timestamptz IS NULL OR (${at}, a.id) > ($5::timestamptz, $6::uuid)) ORDER BY ${at}, a.id`,
      [scope.tenantId, memberId, status, before, after?.[0] ?? null, after?.[1] ?? null], limit, after === null);
  }

  /**
   * Slots whose owner left and that nobody answers for or is asked to, the longest first; those of a member are of the workloads they are risk owner of, or of nobody.
   * @param after since when, and the assignment, where the previous page ended
   */
  orphaned(scope: TenantScope, whose: Whose, limit: number, after: readonly [openSince: string, id: string] | null = null): Promise<Block<HomeOrphanRow>> {
    // Not joins: each slot is looked up by its key, in the order of the index, until the page is full. As joins they would read every owner there is.
    const answered = (now: string): string => `EXISTS (SELECT FROM owner_assignment n WHERE n.tenant_id = o.tenant_id AND n.workload_id = o.workload_id AND n.role = o.role AND n.domain_key = o.domain_key
                         AND n.position = 'owner' AND n.status = '${now}')`;
    const where = `o.tenant_id = $1 AND o.status = 'orphaned' AND ${LIVING} AND ($2::uuid IS NULL OR w.risk_owner_member_id = $2 OR w.risk_owner_member_id IS NULL)
      AND (NOT ${answered('accepted')}) IS TRUE AND (NOT ${answered('proposed')}) IS TRUE
      AND o.position = 'owner'
      AND (NOT EXISTS (SELECT FROM owner_assignment l WHERE l.tenant_id = o.tenant_id AND l.workload_id = o.workload_id AND l.status = 'orphaned' AND l.role = o.role AND l.domain_key = o.domain_key
                         AND l.position = 'owner' AND l.id > o.id)) IS TRUE`;
    const from = `owner_assignment o JOIN workload w ON w.tenant_id = o.tenant_id AND w.id = o.workload_id`;
    const openSince = 'coalesce(o.effective_to, o.proposed_at)';
    return this.block(scope, `SELECT count(*)::int AS count FROM ${from} WHERE ${where} AND $3::timestamptz IS NOT DISTINCT FROM $3 AND $4::uuid IS NOT DISTINCT FROM $4`,
      `SELECT o.id, o.role, nullif(o.domain_key, '') AS domain, m.name AS left, o.effective_to AS since, ${openSince} AS "openSince", ${NAMES}
         FROM ${from} LEFT JOIN member m ON m.tenant_id = o.tenant_id AND m.id = o.member_id WHERE ${where} AND ($3::timestamptz IS NULL OR (${openSince}, o.id) > ($3::timestamptz, $4::uuid)) ORDER BY ${openSince}, o.id`,
      [scope.tenantId, memberOf(whose), after?.[0] ?? null, after?.[1] ?? null], limit, after === null);
  }

  /** Workloads without a risk owner, the latest changed first. */
  unowned(scope: TenantScope, limit: number): Promise<Block<HomeWorkloadRow>> {
    const where = `w.tenant_id = $1 AND w.unowned AND ${LIVING}`;
    return this.block(scope, `SELECT count(*)::int AS count FROM workload w WHERE ${where}`, `SELECT ${NAMES} FROM workload w WHERE ${where} ORDER BY w.updated_at DESC, w.id DESC`, [scope.tenantId], limit);
  }

  /** Counts of what a member owns, in one walk over it, when first asked for. */
  owned(scope: TenantScope, memberId: string, until: Date): () => Promise<OwnedCounts> {
    let counted: Promise<OwnedCounts | null> | null = null;
    return async () => {
      counted ??= this.row<OwnedCounts & Record<string, unknown>>(scope,
        `SELECT count(*) FILTER (WHERE w.falls_sort <= $3)::int AS falls, count(*) FILTER (WHERE w.stage_rank IN (1, 2))::int AS "nextStage", count(*) FILTER (WHERE w.frozen)::int AS frozen
           FROM workload w WHERE w.tenant_id = $1 AND ${LIVING} AND ${MINE}`, [scope.tenantId, memberId, until]);
      return (await counted) ?? { falls: 0, nextStage: 0, frozen: 0 };
    };
  }

  /** Workloads whose stage falls before an instant if nobody does anything, soonest first. @param owned of the same member and instant */
  falls(scope: TenantScope, whose: Whose, until: Date, limit: number, owned: () => Promise<OwnedCounts>): Promise<Block<HomeFallRow>> {
    const where = `w.tenant_id = $1 AND w.falls_sort <= $3 AND ${LIVING} AND ${among(whose)}`;
    return this.block(scope, whose === 'organization' ? `SELECT count(*)::int AS count FROM workload w WHERE ${where}` : async () => (await owned()).falls,
      `SELECT w.falls_at AS "fallsAt", w.stage AS "from", f.to_stage AS "to", coalesce(f.hardening, false) AS hardening, ${NAMES}
         FROM workload w LEFT JOIN classification_forecast f ON f.tenant_id = w.tenant_id AND f.workload_id = w.id WHERE ${where} ORDER BY w.falls_sort, w.id`,
      [scope.tenantId, memberOf(whose), until], limit);
  }

  /** Open actions of a member that are overdue or due before an instant, earliest first. */
  actions(scope: TenantScope, memberId: string, now: Date, until: Date, limit: number): Promise<Block<HomeActionRow>> {
    const where = `t.tenant_id = $1 AND t.owner_member_id = $2 AND t.closed_at IS NULL AND t.due_at <= $3 AND $4::timestamptz IS NOT NULL`;
    return this.block(scope, `SELECT count(*)::int AS count FROM action t WHERE ${where}`,
      `SELECT t.id, t.title, t.severity, t.status, t.due_at AS "dueAt", t.due_at <= $4 AS overdue, t.version, ${NAMES}
         FROM action t JOIN workload w ON w.tenant_id = t.tenant_id AND w.id = t.workload_id WHERE ${where} ORDER BY t.due_at, t.id`, [scope.tenantId, memberId, until, now], limit);
  }

  /** Experiments and Pilots that a member is an owner of, nearest to the next stage first. @param owned of the same member */
  nextStage(scope: TenantScope, memberId: string, limit: number, owned: () => Promise<OwnedCounts>): Promise<Block<HomeStageRow>> {
    const where = `w.tenant_id = $1 AND w.stage_rank IN (1, 2) AND ${LIVING} AND ${MINE}`;
    return this.block(scope, async () => (await owned()).nextStage,
      `SELECT w.stage, w.hardening, w.undetermined, w.frozen, ${NAMES} FROM workload w WHERE ${where} ORDER BY w.stage_rank DESC, w.hardening DESC, w.missing_evidence, w.id`, [scope.tenantId, memberId], limit);
  }

  /** The same by key, after one: every Experiment and Pilot of a member, or of everybody. @param key only this workload */
  onTheWay(scope: TenantScope, whose: Whose, key: string | null, after: string | null, limit: number): Promise<HomeStageRow[]> {
    return this.rows<HomeStageRow & Record<string, unknown>>(scope,
      `SELECT w.stage, w.hardening, w.undetermined, w.frozen, ${NAMES} FROM workload w
        WHERE w.tenant_id = $1 AND w.stage_rank IN (1, 2) AND ${LIVING} AND ${among(whose)} AND ($3::text IS NULL OR w.key = $3) AND ($4::text IS NULL OR w.key > $4)
        ORDER BY w.key LIMIT $5`, [scope.tenantId, memberOf(whose), key, after, limit]);
  }

  /** Workloads whose scope must not grow, the latest changed first. @param owned of the same member */
  frozen(scope: TenantScope, whose: Whose, limit: number, owned: () => Promise<OwnedCounts>): Promise<Block<HomeStageRow>> {
    const where = `w.tenant_id = $1 AND w.frozen AND ${LIVING} AND ${among(whose)}`;
    return this.block(scope, whose === 'organization' ? `SELECT count(*)::int AS count FROM workload w WHERE ${where}` : async () => (await owned()).frozen,
      `SELECT w.stage, w.hardening, w.undetermined, w.frozen, ${NAMES} FROM workload w WHERE ${where} ORDER BY w.updated_at DESC, w.id DESC`, [scope.tenantId, memberOf(whose)], limit);
  }

  /** Finished packs, newest first. */
  packs(scope: TenantScope, limit: number): Promise<Block<HomePackRow>> {
    return this.block(scope, `SELECT count(*)::int AS count FROM pack WHERE tenant_id = $1 AND built_at IS NOT NULL`,
      `SELECT id, file_name AS "fileName", as_of AS "asOf", built_at AS "builtAt", size::float8 AS size FROM pack WHERE tenant_id = $1 AND built_at IS NOT NULL ORDER BY built_at DESC`, [scope.tenantId], limit);
  }

  /** @param count how the number is asked for when it is more than a page @param fromStart the rows are the first ones, not those after a cursor */
  private async block<Row extends object>(scope: TenantScope, count: string | (() => Promise<number>), items: string, values: Parameters<TenantRepository['rows']>[2] & object, limit: number, fromStart = true): Promise<Block<Row>> {
    const rows = await this.rows<Row & Record<string, unknown>>(scope, `${items} LIMIT ${limit + 1}`, values);
    // Whoever has less than a page, and nothing before it, needs no second question.
    if (fromStart && rows.length <= limit) return { count: rows.length, items: rows };
    const total = typeof count === 'string' ? (await this.row<{ count: number }>(scope, count, values))?.count : await count();
    return { count: total ?? rows.length, items: rows.slice(0, limit) };
  }
}
