import { Injectable } from '@nestjs/common';
import type { OwnerStatus } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import type { OwnerPosition, OwnerSlot } from './owner-slot.js';

export interface AssignmentRow extends Record<string, unknown> {
  readonly id: string;
  readonly workloadId: string;
  readonly role: OwnerSlot['role'];
  readonly domainKey: string;
  readonly position: OwnerPosition;
  readonly memberId: string | null;
  readonly memberName: string | null;
  readonly memberStatus: string | null;
  readonly email: string;
  readonly status: OwnerStatus;
  readonly proposedAt: Date;
  readonly proposedBy: Actor;
  readonly effectiveFrom: Date | null;
  readonly effectiveTo: Date | null;
  readonly respondedAt: Date | null;
  readonly responseNote: string | null;
  readonly reaffirmedAt: Date | null;
  readonly reaffirmDueAt: Date | null;
  readonly succeedsId: string | null;
}

export interface OrphanedAssignment {
  readonly id: string;
  readonly workloadId: string;
  readonly role: OwnerSlot['role'];
  readonly domainKey: string;
  readonly position: OwnerPosition;
  readonly wasAccepted: boolean;
}

const COLUMNS = `a.id, a.workload_id AS "workloadId", a.role, a.domain_key AS "domainKey", a.position, a.member_id AS "memberId", m.name AS "memberName", m.status AS "memberStatus",
  coalesce(m.email, a.invited_email) AS email, a.status, a.proposed_at AS "proposedAt", a.proposed_by AS "proposedBy", a.effective_from AS "effectiveFrom", a.effective_to AS "effectiveTo",
  a.responded_at AS "respondedAt", a.response_note AS "responseNote", a.reaffirmed_at AS "reaffirmedAt", a.reaffirm_due_at AS "reaffirmDueAt", a.succeeds_id AS "succeedsId"`;
const JOINED = 'LEFT JOIN member m ON m.tenant_id = a.tenant_id AND m.id = a.member_id';

/** When an accepted owner last said yes. */
const AFFIRMED = 'coalesce(reaffirmed_at, effective_from)';

/** SQL of owner_assignment. Triggers keep the risk owner on the workload and mark it for evaluation. */
@Injectable()
export class OwnerAssignmentRepository extends TenantRepository {
  /** All assignments of a workload, current ones first. @param asOf null for now */
  list(scope: TenantScope, workloadId: string, asOf: Date | null): Promise<AssignmentRow[]> {
    const [table, when] = asOf ? ['owner_assignment_history', 'lower(a.valid) <= $3 AND (upper_inf(a.valid) OR upper(a.valid) > $3)'] : ['owner_assignment', '$3::timestamptz IS NULL'];
    return this.rows<AssignmentRow>(scope, `
      SELECT ${COLUMNS} FROM ${table} a ${JOINED} WHERE a.tenant_id = $1 AND a.workload_id = $2 AND ${when}
       ORDER BY a.status NOT IN ('accepted', 'proposed'), a.role, a.domain_key, a.position DESC, a.status, a.proposed_at DESC, a.id`, [scope.tenantId, workloadId, asOf]);
  }

  /** Who answers for a slot and who is asked to, locked until the transaction ends. */
  current(scope: TenantScope, workloadId: string, slot: OwnerSlot): Promise<AssignmentRow[]> {
    return this.rows<AssignmentRow>(scope, `
      SELECT ${COLUMNS} FROM owner_assignment a ${JOINED}
       WHERE a.tenant_id = $1 AND a.workload_id = $2 AND a.role = $3 AND a.domain_key = $4 AND a.position = $5 AND a.status IN ('accepted', 'proposed')
       ORDER BY a.status FOR UPDATE OF a`, [scope.tenantId, workloadId, slot.role, slot.domainKey, slot.position]);
  }

  /** Serialises changes of owners of one workload, so that two proposals cannot pass each other. Taken before any assignment. */
  async lockWorkload(scope: TenantScope, workloadId: string): Promise<void> {
    await this.execute(scope, 'SELECT 1 FROM workload WHERE tenant_id = $1 AND id = $2 FOR NO KEY UPDATE', [scope.tenantId, workloadId]);
  }

  async propose(scope: TenantScope, assignment: OwnerSlot & { id: string; workloadId: string; memberId: string | null; invitedEmail: string | null; at: Date }): Promise<void> {
    await this.execute(scope, `
      INSERT INTO owner_assignment (tenant_id, id, workload_id, role, domain_key, position, member_id, invited_email, status, proposed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'proposed', $9)`,
    [scope.tenantId, assignment.id, assignment.workloadId, assignment.role, assignment.domainKey, assignment.position, assignment.memberId, assignment.invitedEmail, assignment.at]);
  }

  async accept(scope: TenantScope, id: string, memberId: string, at: Date, reaffirmDueAt: Date, note: string | null): Promise<void> {
    await this.execute(scope, `
      UPDATE owner_assignment SET status = 'accepted', member_id = $3, effective_from = $4, responded_at = $4, reaffirmed_at = $4, reaffirm_due_at = $5, response_note = $6, version = version + 1
       WHERE tenant_id = $1 AND id = $2 AND status = 'proposed'`, [scope.tenantId, id, memberId, at, reaffirmDueAt, note]);
  }

  async reaffirm(scope: TenantScope, id: string, at: Date, reaffirmDueAt: Date): Promise<void> {
    await this.execute(scope, `UPDATE owner_assignment SET reaffirmed_at = $3, reaffirm_due_at = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND status = 'accepted'`, [scope.tenantId, id, at, reaffirmDueAt]);
  }

  async decline(scope: TenantScope, id: string, at: Date, note: string | null): Promise<void> {
    await this.execute(scope, `UPDATE owner_assignment SET status = 'declined', responded_at = $3, response_note = $4, version = version + 1 WHERE tenant_id = $1 AND id = $2 AND status = 'proposed'`, [scope.tenantId, id, at, note]);
  }

  async end(scope: TenantScope, ids: readonly string[], at: Date): Promise<void> {
    if (ids.length === 0) return;
    await this.execute(scope, `
      UPDATE owner_assignment SET status = 'ended', effective_to = CASE WHEN status = 'accepted' THEN $3::timestamptz END, version = version + 1
       WHERE tenant_id = $1 AND id = ANY ($2::uuid[]) AND status IN ('accepted', 'proposed')`, [scope.tenantId, ids, at]);
  }

  /** Whether the member answers for the workload in any role. */
  async isAcceptedOwner(scope: TenantScope, workloadId: string, memberId: string): Promise<boolean> {
    return (await this.row(scope, `SELECT 1 AS one FROM owner_assignment WHERE tenant_id = $1 AND workload_id = $2 AND member_id = $3 AND status = 'accepted' AND position = 'owner' LIMIT 1`, [scope.tenantId, workloadId, memberId])) !== null;
  }

  /** Everything the member answered for or was asked to, of workloads that are not retired, locked workload first and in id order. */
  async lockAllOf(scope: TenantScope, memberId: string): Promise<void> {
    await this.execute(scope, `
      SELECT 1 FROM workload w WHERE w.tenant_id = $1 AND w.id IN (SELECT a.workload_id FROM owner_assignment a WHERE a.tenant_id = $1 AND a.member_id = $2 AND a.status IN ('accepted', 'proposed'))
       ORDER BY w.id FOR NO KEY UPDATE`, [scope.tenantId, memberId]);
  }

  /** Every assignment of somebody who left becomes orphaned. */
  orphanAllOf(scope: TenantScope, memberId: string, at: Date): Promise<OrphanedAssignment[]> {
    return this.rows<OrphanedAssignment & Record<string, unknown>>(scope, `
      WITH gone AS (SELECT id, status = 'accepted' AS accepted FROM owner_assignment WHERE tenant_id = $1 AND member_id = $2 AND status IN ('accepted', 'proposed'))
      UPDATE owner_assignment a SET status = 'orphaned', effective_to = CASE WHEN gone.accepted THEN $3::timestamptz END, version = version + 1
        FROM gone WHERE a.tenant_id = $1 AND a.id = gone.id
      RETURNING a.id, a.workload_id AS "workloadId", a.role, a.domain_key AS "domainKey", a.position, gone.accepted AS "wasAccepted"`, [scope.tenantId, memberId, at]);
  }

  /**
   * Accepted, active deputies of the named slots take over: their deputy assignment ends and they answer from now on.
   * @param orphaned ids of orphaned owner assignments
   * @param newIds one fresh id per orphaned assignment, used in order
   */
  async promoteDeputies(scope: TenantScope, orphaned: readonly string[], newIds: readonly string[], at: Date, reaffirmDueAt: Date): Promise<{ orphanedId: string; workloadId: string; memberId: string; assignmentId: string }[]> {
    if (orphaned.length === 0) return [];
    const promoted = await this.rows<{ orphanedId: string; workloadId: string; memberId: string; assignmentId: string; deputyId: string; role: string; domainKey: string }>(scope, `
      SELECT o.id AS "orphanedId", o.workload_id AS "workloadId", d.member_id AS "memberId", n.new_id AS "assignmentId", d.id AS "deputyId", o.role, o.domain_key AS "domainKey"
        FROM unnest($2::uuid[], $3::uuid[]) AS n(orphaned_id, new_id)
        JOIN owner_assignment o ON o.tenant_id = $1 AND o.id = n.orphaned_id AND o.position = 'owner'
        JOIN owner_assignment d ON d.tenant_id = $1 AND d.workload_id = o.workload_id AND d.role = o.role AND d.domain_key = o.domain_key AND d.position = 'deputy' AND d.status = 'accepted'
        JOIN member m ON m.tenant_id = $1 AND m.id = d.member_id AND m.status = 'active'
       ORDER BY o.workload_id`, [scope.tenantId, orphaned, newIds]);
    if (promoted.length === 0) return [];
    await this.end(scope, promoted.map((row) => row.deputyId), at);
    await this.execute(scope, `
      INSERT INTO owner_assignment (tenant_id, id, workload_id, role, domain_key, position, member_id, status, proposed_at, effective_from, responded_at, reaffirmed_at, reaffirm_due_at, succeeds_id)
      SELECT $1, p."assignmentId", p."workloadId", p.role, p."domainKey", 'owner', p."memberId", 'accepted', $3, $3, $3, $3, $4, p."orphanedId"
        FROM jsonb_to_recordset($2::jsonb) AS p("assignmentId" uuid, "workloadId" uuid, role text, "domainKey" text, "memberId" uuid, "orphanedId" uuid)`,
    [scope.tenantId, JSON.stringify(promoted), at, reaffirmDueAt]);
    return promoted.map(({ orphanedId, workloadId, memberId, assignmentId }) => ({ orphanedId, workloadId, memberId, assignmentId }));
  }

  /** Moves the re-affirmation of every accepted owner to so many days after they last affirmed. @returns how many dates changed */
  rescheduleReaffirmation(scope: TenantScope, days: number): Promise<number> {
    return this.execute(scope, `
      UPDATE owner_assignment SET reaffirm_due_at = ${AFFIRMED} + make_interval(hours => 24 * $2::int), version = version + 1
       WHERE tenant_id = $1 AND status = 'accepted' AND reaffirm_due_at <> ${AFFIRMED} + make_interval(hours => 24 * $2::int)`, [scope.tenantId, days]);
  }

  /** How many accepted owners of workloads would be due with another period and are not due today. Workloads without one are absent. */
  dueWithPeriod(scope: TenantScope, workloadIds: readonly string[], days: number, now: Date): Promise<{ workloadId: string; owners: number }[]> {
    return this.rows(scope, `
      SELECT workload_id AS "workloadId", count(*)::int AS owners FROM owner_assignment
       WHERE tenant_id = $1 AND workload_id = ANY ($2::uuid[]) AND status = 'accepted' AND reaffirm_due_at > $4 AND ${AFFIRMED} + make_interval(hours => 24 * $3::int) <= $4
       GROUP BY workload_id`, [scope.tenantId, workloadIds, days, now]);
  }

  /** Accepted assignments whose re-affirmation is due and was not asked for in this period; marks them as asked. */
  askForReaffirmation(scope: TenantScope, now: Date, limit: number): Promise<{ id: string; workloadId: string; role: string; memberId: string }[]> {
    return this.rows<{ id: string; workloadId: string; role: string; memberId: string }>(scope, `
      WITH due AS (
        SELECT a.id FROM owner_assignment a JOIN workload w ON w.tenant_id = a.tenant_id AND w.id = a.workload_id AND w.listed AND w.lifecycle <> 'retired'
         WHERE a.tenant_id = $1 AND a.status = 'accepted' AND a.reaffirm_due_at <= $2 AND (a.reaffirm_asked_at IS NULL OR a.reaffirm_asked_at < a.reaffirm_due_at)
         ORDER BY a.reaffirm_due_at LIMIT $3 FOR UPDATE OF a SKIP LOCKED)
      UPDATE owner_assignment a SET reaffirm_asked_at = $2 FROM due WHERE a.tenant_id = $1 AND a.id = due.id
      RETURNING a.id, a.workload_id AS "workloadId", a.role, a.member_id AS "memberId"`, [scope.tenantId, now, limit]);
  }
}
