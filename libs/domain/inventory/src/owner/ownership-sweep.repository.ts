import { Injectable } from '@nestjs/common';
import type { SystemScope } from '@roster/platform-context';
import { SchedulerDatabase } from '@roster/platform-database';

/** What the ownership sweep may see across organizations: that something is due. */
@Injectable()
export class OwnershipSweepRepository {
  constructor(private readonly scheduler: SchedulerDatabase) {}

  async organizationsDue(scope: SystemScope, now: Date): Promise<string[]> {
    const rows = await this.scheduler.rows<{ tenantId: string }>(scope, `
      SELECT DISTINCT tenant_id AS "tenantId" FROM owner_assignment
       WHERE status = 'accepted' AND reaffirm_due_at <= $1 AND (reaffirm_asked_at IS NULL OR reaffirm_asked_at < reaffirm_due_at)`, [now]);
    return rows.map((row) => row.tenantId);
  }
}
