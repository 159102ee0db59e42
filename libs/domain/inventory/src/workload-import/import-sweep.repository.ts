import { Injectable } from '@nestjs/common';
import type { SystemScope } from '@roster/platform-context';
import { SchedulerDatabase } from '@roster/platform-database';
import { RESTING_STATES } from './import-retention.js';

/** An import past its time. */
export interface PastImport {
  readonly tenantId: string;
  readonly id: string;
  readonly updatedAt: Date;
}

/** What the sweep of imports may see across organizations: that one is past its time. */
@Injectable()
export class ImportSweepRepository {
  constructor(private readonly scheduler: SchedulerDatabase) {}

  /** Imports to which nothing happened since, the oldest first. @param after the last one that was looked at, so that what cannot be removed does not stand in the way */
  untouchedSince(scope: SystemScope, since: Date, after: PastImport | null, limit: number): Promise<PastImport[]> {
    return this.scheduler.rows<PastImport & Record<string, unknown>>(scope, `
      SELECT tenant_id AS "tenantId", id, updated_at AS "updatedAt" FROM workload_import
       WHERE removed_at IS NULL AND NOT undo_stays AND state IN (${RESTING_STATES.map((state) => `'${state}'`).join(', ')}) AND updated_at <= $1 AND ($2::timestamptz IS NULL OR (updated_at, id) > ($2, $3::uuid))
       ORDER BY updated_at, id LIMIT $4`, [since, after?.updatedAt ?? null, after?.id ?? null, limit]);
  }
}
