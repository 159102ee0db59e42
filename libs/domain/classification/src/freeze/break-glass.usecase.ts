import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, newId, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { ClassificationService } from '../classification/classification.service.js';
import { BreakGlassLedger } from './break-glass-ledger.js';
import { breakGlassProblems } from './break-glass-rules.js';
import type { BreakGlassDto, BreakGlassListDto, BreakGlassRequestDto } from './break-glass.dto.js';
import type { BreakGlassRow } from './break-glass.repository.js';

/** Lifts a freeze for a limited time with a reason (domain.md section 6). It ends by itself. */
@Injectable()
export class BreakGlassUsecase {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery,
    private readonly classifications: ClassificationService, private readonly ledger: BreakGlassLedger, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws CLASSIFICATION_BREAK_GLASS_INVALID naming the field, CLASSIFICATION_FREEZE_INACTIVE, INVENTORY_WORKLOAD_NOT_FOUND */
  async grant(caller: Caller, key: string, given: BreakGlassRequestDto): Promise<BreakGlassDto> {
    const scope = this.access.authorise(caller, 'classification:freeze:break-glass');
    return this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const { thresholds } = await this.organizations.settings(scope);
      const endsAt = new Date(given.until);
      const errors = breakGlassProblems(endsAt, now, thresholds.freezeBreakGlassMaxDays);
      if (errors.length > 0) throw problem('CLASSIFICATION_BREAK_GLASS_INVALID', 'The freeze cannot be lifted until then.', { errors });
      const workload = await this.workloads.require(scope, key);
      const { freeze } = (await this.classifications.freshRow(scope, workload, true)).trace;
      if (!freeze.active && !freeze.undetermined) throw problem('CLASSIFICATION_FREEZE_INACTIVE', `Scope changes of ${workload.key} are not frozen, so there is nothing to lift.`);
      const stored = await this.ledger.enter(scope, { id: newId(now), workloadId: workload.id, reason: given.reason, grantedAt: now, endsAt });
      // At once: whoever lifts a freeze goes on in the same minute.
      await this.classifications.evaluate(scope, [workload.id], 'break_glass');
      return toDto(stored, workload.key);
    });
  }

  async list(caller: Caller, key: string): Promise<BreakGlassListDto> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    const workload = await this.workloads.require(scope, key);
    return { items: (await this.ledger.list(scope, workload.id)).map((row) => toDto(row, workload.key)) };
  }
}

const toDto = (row: BreakGlassRow, workload: string): BreakGlassDto => ({
  id: row.id, workload, reason: row.reason, grantedAt: row.grantedAt, until: row.endsAt,
  grantedBy: { type: row.grantedBy.type, id: row.grantedBy.id, name: row.grantedBy.name }, closedAt: row.closedAt, closedWhy: row.closedWhy,
});
