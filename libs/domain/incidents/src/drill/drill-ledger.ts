import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { DrillRow, NewDrill } from './drill.repository.js';
import { DrillRepository } from './drill.repository.js';

/** Writes a drill with its trail entry and its event. */
@Injectable()
export class DrillLedger {
  constructor(private readonly drills: DrillRepository, private readonly trail: Trail, private readonly outbox: Outbox) {}

  /** Call it inside a unit of work. The trigger on the table marks the workload for re-evaluation. */
  async enter(scope: TenantScope, drill: NewDrill): Promise<DrillRow> {
    const stored = await this.drills.insert(scope, drill);
    await this.trail.record(scope, {
      action: 'incidents.drill.recorded', object: { type: 'drill', id: stored.id }, workloadId: stored.workloadId,
      payload: {
        kind: stored.kind, result: stored.result, startedAt: stored.startedAt.toISOString(), endedAt: stored.endedAt.toISOString(),
        durationSeconds: stored.durationSeconds, method: stored.method, participants: stored.participants, evidence: stored.evidenceItemId,
      },
    });
    await this.outbox.publish(scope, 'incidents.drill.recorded', { workloadId: stored.workloadId, drillId: stored.id });
    return stored;
  }
}
