import { Injectable } from '@nestjs/common';
import type { SystemScope } from '@roster/platform-context';
import { SchedulerDatabase } from '@roster/platform-database';

/** What the sweep of bulk edits may see across organizations: that a preview is past its time. */
@Injectable()
export class BulkEditSweepRepository {
  constructor(private readonly scheduler: SchedulerDatabase) {}

  expired(scope: SystemScope, now: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows<{ tenantId: string; id: string }>(scope, `
      SELECT tenant_id AS "tenantId", id FROM workload_bulk_edit WHERE state = 'previewed' AND coalesce(expires_at, created_at) <= $1 ORDER BY coalesce(expires_at, created_at), id LIMIT $2`, [now, limit]);
  }
}
