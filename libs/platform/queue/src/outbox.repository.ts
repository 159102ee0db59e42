import { Injectable } from '@nestjs/common';
import type { Actor, SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';

export interface OutboxRow {
  readonly id: string;
  readonly kind: 'event' | 'job';
  readonly name: string;
  readonly payload: unknown;
  readonly actor: Actor;
  readonly createdAt: Date;
}

/** SQL of `outbox` and `processed_event`. */
@Injectable()
export class OutboxRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  async insertMany(scope: TenantScope, rows: readonly { id: string; kind: 'event' | 'job'; name: string; payload: unknown }[], at: Date): Promise<void> {
    await this.execute(scope,
      `INSERT INTO outbox (tenant_id, id, kind, name, payload, actor, created_at)
       SELECT $1, r.id, r.kind, r.name, r.payload, $3::jsonb, $4 FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, kind text, name text, payload jsonb)`,
      [scope.tenantId, JSON.stringify(rows), JSON.stringify(scope.actor), at]);
  }

  /** What was never relayed, or was relayed before `lostBefore` and is not done: its job may be lost. Oldest first. */
  pending(scope: SystemScope, limit: number, lostBefore: Date): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows(scope,
      `SELECT tenant_id AS "tenantId", id FROM outbox WHERE done_at IS NULL AND (relayed_at IS NULL OR relayed_at < $2) ORDER BY created_at, id LIMIT $1`, [limit, lostBefore]);
  }

  /** Locks rows that are still pending; another relay's rows are skipped. */
  lockPending(scope: TenantScope, ids: readonly string[], lostBefore: Date): Promise<OutboxRow[]> {
    return this.rows(scope,
      `SELECT id, kind, name, payload, actor, created_at AS "createdAt" FROM outbox
       WHERE tenant_id = $1 AND id = ANY($2::uuid[]) AND done_at IS NULL AND (relayed_at IS NULL OR relayed_at < $3) ORDER BY created_at, id FOR UPDATE SKIP LOCKED`,
      [scope.tenantId, ids, lostBefore]);
  }

  async markDone(scope: TenantScope, id: string, at: Date): Promise<void> {
    await this.execute(scope, `UPDATE outbox SET done_at = $3 WHERE tenant_id = $1 AND id = $2 AND done_at IS NULL`, [scope.tenantId, id, at]);
  }

  /** Rows that are not done although they were written before `before`: the oracle of lost work, 0 in a healthy system. */
  async countOverdue(scope: SystemScope, before: Date): Promise<number> {
    const [row] = await this.scheduler.rows<{ count: number }>(scope, `SELECT count(*)::int AS count FROM outbox WHERE done_at IS NULL AND created_at < $1`, [before]);
    return row?.count ?? 0;
  }

  async markRelayed(scope: TenantScope, ids: readonly string[], at: Date): Promise<void> {
    await this.execute(scope, `UPDATE outbox SET relayed_at = $3 WHERE tenant_id = $1 AND id = ANY($2::uuid[])`, [scope.tenantId, ids, at]);
  }

  find(scope: TenantScope, id: string): Promise<OutboxRow | null> {
    return this.row(scope, `SELECT id, kind, name, payload, actor, created_at AS "createdAt" FROM outbox WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id]);
  }

  /** Claims the effect of one event for one consumer. @returns false when it has already happened */
  async claimEffect(scope: TenantScope, consumer: string, outboxId: string, at: Date): Promise<boolean> {
    const changed = await this.execute(scope,
      `INSERT INTO processed_event (tenant_id, consumer, outbox_id, processed_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
      [scope.tenantId, consumer, outboxId, at]);
    return changed === 1;
  }

  /** Organizations that have finished rows older than `before`. */
  tenantsWithOld(scope: SystemScope, before: Date): Promise<{ tenantId: string }[]> {
    return this.scheduler.rows(scope, `SELECT DISTINCT tenant_id AS "tenantId" FROM outbox WHERE done_at < $1 LIMIT 1000`, [before]);
  }

  async deleteOld(scope: TenantScope, before: Date): Promise<void> {
    await this.execute(scope, `DELETE FROM processed_event p USING outbox o WHERE p.tenant_id = $1 AND o.tenant_id = $1 AND o.id = p.outbox_id AND o.done_at < $2`, [scope.tenantId, before]);
    await this.execute(scope, `DELETE FROM outbox WHERE tenant_id = $1 AND done_at < $2`, [scope.tenantId, before]);
    await this.execute(scope, `DELETE FROM idempotency_key WHERE tenant_id = $1 AND created_at < $2`, [scope.tenantId, before]);
  }
}
