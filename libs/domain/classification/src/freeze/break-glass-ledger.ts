import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { BreakGlassRepository, type BreakGlassRow } from './break-glass.repository.js';

const SHOWN = 200;

/** Writes a break-glass with its trail entry and its event. Call it inside a unit of work. */
@Injectable()
export class BreakGlassLedger {
  constructor(private readonly glasses: BreakGlassRepository, private readonly trail: Trail, private readonly outbox: Outbox) {}

  /** A new one replaces one that is in force. */
  async enter(scope: TenantScope, row: { id: string; workloadId: string; reason: string; grantedAt: Date; endsAt: Date }): Promise<BreakGlassRow> {
    const before = (await this.glasses.findOpen(scope, [row.workloadId])).get(row.workloadId);
    if (before) await this.glasses.close(scope, [{ id: before.id, at: row.grantedAt, why: 'replaced' }]);
    await this.glasses.insert(scope, row);
    await this.trail.record(scope, {
      action: 'classification.break-glass.granted', object: { type: 'break_glass', id: row.id }, workloadId: row.workloadId, reason: row.reason,
      payload: { until: row.endsAt.toISOString(), replaces: before?.id ?? null },
    });
    await this.outbox.publish(scope, 'classification.break-glass.granted', { workloadId: row.workloadId, breakGlassId: row.id });
    const stored = (await this.glasses.findOpen(scope, [row.workloadId])).get(row.workloadId);
    if (!stored) throw new Error('The break-glass was not stored');
    return stored;
  }

  /** Newest first, the last 200. */
  list(scope: TenantScope, workloadId: string): Promise<BreakGlassRow[]> {
    return this.glasses.list(scope, workloadId, SHOWN);
  }
}
