import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, Outbox, type JobContext, type JobHandler } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { OwnerAssignmentRepository } from './owner-assignment.repository.js';
import { OwnershipSweepRepository } from './ownership-sweep.repository.js';

const BATCH = 500;

/** Asks owners to re-affirm when their period is over, once per period (domain.md section 4). Running it twice asks nobody twice. */
@Injectable()
@HandlesJob('inventory.sweep-ownership')
export class SweepOwnershipJob implements JobHandler<'inventory.sweep-ownership'> {
  constructor(
    private readonly sweep: OwnershipSweepRepository, private readonly assignments: OwnerAssignmentRepository, private readonly trail: Trail, private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async handle(_payload: JobPayloads['inventory.sweep-ownership'], { signal }: JobContext): Promise<void> {
    for (const tenantId of await this.sweep.organizationsDue(SystemScope.because('ownership to re-affirm'), this.clock.now())) {
      const scope = TenantScope.forSystem(tenantId, 'ownership sweep');
      while (!signal.aborted && (await this.askSome(scope)) === BATCH);
      if (signal.aborted) return;
    }
  }

  private askSome(scope: TenantScope): Promise<number> {
    return this.unitOfWork.run(scope, async () => {
      const due = await this.assignments.askForReaffirmation(scope, this.clock.now(), BATCH);
      await this.trail.recordMany(scope, due.map(({ id, workloadId, role, memberId }) => ({
        action: 'inventory.owner.reaffirmation-asked', object: { type: 'owner_assignment', id }, workloadId, payload: { role, memberId },
      })));
      await this.outbox.publishMany(scope, due.map(({ id, workloadId, role, memberId }) => ({ name: 'inventory.owner.reaffirmation-due' as const, payload: { workloadId, role, memberId, assignmentId: id } })));
      return due.length;
    });
  }
}
