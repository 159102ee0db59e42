import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { EvidenceSubmission } from '@roster/evidence';
import { WorkloadLookup } from '@roster/inventory';
import { newId, type Caller, type TenantScope } from '@roster/platform-context';
import { Clock } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import type { DrillDto, RecordDrillDto } from './drill.dto.js';
import { DrillLedger } from './drill-ledger.js';
import { toDrillDto } from './drill.mapper.js';
import { drillCountsUntil, drillProblems } from './drill-rules.js';

/** Records a drill, which becomes evidence by itself, in one transaction (domain.md section 9). */
@Injectable()
export class RecordDrillUsecase {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery,
    private readonly evidence: EvidenceSubmission, private readonly ledger: DrillLedger, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, INCIDENTS_WORKLOAD_RETIRED, INCIDENTS_DRILL_INVALID naming the field,
   *   PLATFORM_REFERENCE_UNKNOWN for evidence that does not exist
   */
  record(caller: Caller, key: string, given: RecordDrillDto): Promise<DrillDto> {
    return this.enter(this.access.authorise(caller, 'incidents:drill:record'), key, given);
  }

  /**
   * For other areas that record a drill by themselves; the actor of the scope is who recorded it.
   * @throws as `record`
   */
  async enter(scope: TenantScope, key: string, given: RecordDrillDto): Promise<DrillDto> {
    const now = this.clock.now();
    const instants = { startedAt: new Date(given.startedAt), endedAt: new Date(given.endedAt) };
    const errors = drillProblems(instants, now);
    if (errors.length > 0) throw problem('INCIDENTS_DRILL_INVALID', 'The instants of the drill do not fit together.', { errors });
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.workloads.require(scope, key);
      if (workload.lifecycle === 'retired') throw problem('INCIDENTS_WORKLOAD_RETIRED', `${workload.key} is retired; its history stays as it is.`);
      if (typeof given.evidence === 'string') await this.ledger.assertAttachable(scope, given.evidence);
      const { tierPolicy } = await this.organizations.settings(scope);
      const id = newId(now);
      const { kind, result, method, participants = [], notes = null } = given;
      const durationSeconds = (instants.endedAt.getTime() - instants.startedAt.getTime()) / 1_000;
      const item = await this.evidence.submitDrillEvidence(scope, {
        workloadId: workload.id, drillId: id, kind, title: `Drill: ${kind.replaceAll('_', ' ')} of ${workload.key}`, startedAt: instants.startedAt,
        expiresAt: drillCountsUntil({ kind, result, durationSeconds, endedAt: instants.endedAt }, tierPolicy, workload.riskTier),
        record: {
          workload: workload.key, result, method, participants, notes, startedAt: instants.startedAt.toISOString(), endedAt: instants.endedAt.toISOString(),
          durationSeconds, limitSeconds: tierPolicy.killSwitchMaxSeconds, attachedEvidence: given.evidence ?? null,
        },
      });
      const drill = await this.ledger.enter(scope, {
        id, workloadId: workload.id, kind, ...instants, result, method, participants, notes, evidenceItemId: item.itemId, evidenceVersion: item.version,
        attachedEvidenceItemId: given.evidence ?? null, recordedAt: now,
      });
      return toDrillDto(drill, workload.key, tierPolicy, workload.riskTier);
    });
  }
}
