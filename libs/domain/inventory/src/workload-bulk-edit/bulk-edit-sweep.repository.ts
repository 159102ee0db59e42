import { Injectable } from '@nestjs/common';
import type { SystemScope } from '@roster/platform-context';
import { SchedulerDatabase } from '@roster/platform-database';

/** A preview past its time. */
export interface PastPreview {
  readonly tenantId: string;
  readonly id: string;
  readonly until: Date;
}

/** What the sweep of bulk edits may see across organizations: that a preview is past its time. */
@Injectable()
export class BulkEditSweepRepository {
  constructor(private readonly scheduler: SchedulerDatabase) {}

  /** @param after the last one that was looked at, so that what cannot be removed does not stand in the way */
  expired(scope: SystemScope, now: Date, after: PastPreview | null, limit: number): Promise<PastPreview[]> {
    return this.scheduler.rows<PastPreview & Record<string, unknown>>(scope, `
      SELECT tenant_id AS "tenantId", id, coalesce(expires_at, created_at) AS until FROM workload_bulk_edit
       WHERE state = 'previewed' AND coalesce(expires_at, created_at) <= $1 AND ($2::timestamptz IS NULL OR (coalesce(expires_at, created_at), id) > ($2, $3::uuid))
       ORDER BY coalesce(expires_at, created_at), id LIMIT $4`, [now, after?.until ?? null, after?.id ?? null, limit]);
  }
}
