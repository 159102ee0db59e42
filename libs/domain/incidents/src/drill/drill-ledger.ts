import { Injectable } from '@nestjs/common';
import { EvidenceQuery } from '@roster/evidence';
import type { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { DrillRow, NewDrill } from './drill.repository.js';
import { DrillRepository } from './drill.repository.js';

/** Writes a drill with its trail entry and its event. */
@Injectable()
export class DrillLedger {
  constructor(private readonly drills: DrillRepository, private readonly evidence: EvidenceQuery, private readonly trail: Trail, private readonly outbox: Outbox) {}

  /** @throws PLATFORM_REFERENCE_UNKNOWN when there is no such evidence, also for another organization's */
  async assertAttachable(scope: TenantScope, evidenceId: string): Promise<void> {
    if (await this.evidence.find(scope, evidenceId)) return;
    throw problem('PLATFORM_REFERENCE_UNKNOWN', 'The evidence that was named does not exist. Nothing was recorded.', {
      errors: [{ path: 'evidence', code: 'unknown', message: `there is no evidence ${evidenceId}; leave it out, or submit it first` }],
    });
  }

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
