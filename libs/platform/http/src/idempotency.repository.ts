import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface StoredAnswer {
  readonly requestDigest: string;
  readonly status: number | null;
  readonly headers: Record<string, string> | null;
  readonly body: string | null;
  readonly createdAt: Date;
}

/** SQL of `idempotency_key`. */
@Injectable()
export class IdempotencyRepository extends TenantRepository {
  /** @returns true when this request is the first with the key */
  async claim(scope: TenantScope, key: string, requestDigest: string, at: Date, abandonedBefore: Date): Promise<boolean> {
    const changed = await this.execute(scope,
      `INSERT INTO idempotency_key AS k (tenant_id, actor_id, key, request_digest, created_at) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (tenant_id, actor_id, key) DO UPDATE SET request_digest = $4, created_at = $5
       WHERE k.status IS NULL AND k.created_at < $6`,
      [scope.tenantId, scope.actor.id, key, requestDigest, at, abandonedBefore]);
    return changed === 1;
  }

  find(scope: TenantScope, key: string): Promise<StoredAnswer | null> {
    return this.row(scope,
      `SELECT request_digest AS "requestDigest", status, headers, body, created_at AS "createdAt" FROM idempotency_key WHERE tenant_id = $1 AND actor_id = $2 AND key = $3`,
      [scope.tenantId, scope.actor.id, key]);
  }

  async store(scope: TenantScope, key: string, answer: { status: number; headers: Record<string, string>; body: string }): Promise<void> {
    await this.execute(scope, `UPDATE idempotency_key SET status = $4, headers = $5::jsonb, body = $6 WHERE tenant_id = $1 AND actor_id = $2 AND key = $3`,
      [scope.tenantId, scope.actor.id, key, answer.status, JSON.stringify(answer.headers), answer.body]);
  }

  async release(scope: TenantScope, key: string): Promise<void> {
    await this.execute(scope, `DELETE FROM idempotency_key WHERE tenant_id = $1 AND actor_id = $2 AND key = $3 AND status IS NULL`, [scope.tenantId, scope.actor.id, key]);
  }
}
