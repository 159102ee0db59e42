import { Injectable } from '@nestjs/common';
import type { SystemScope } from '@roster/platform-context';
import { SchedulerDatabase } from '@roster/platform-database';
import { RESTING_STATES } from './import-retention.js';

/** What the sweep of imports may see across organizations: that one is past its time. */
@Injectable()
export class ImportSweepRepository {
  constructor(private readonly scheduler: SchedulerDatabase) {}

  /** Imports to which nothing happened since, the oldest first. */
  untouchedSince(scope: SystemScope, since: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows<{ tenantId: string; id: string }>(scope, `
      SELECT tenant_id AS "tenantId", id FROM workload_import
       WHERE removed_at IS NULL AND NOT undo_stays AND state IN (${RESTING_STATES.map((state) => `'${state}'`).join(', ')}) AND updated_at <= $1 ORDER BY updated_at, id LIMIT $2`, [since, limit]);
  }
}
