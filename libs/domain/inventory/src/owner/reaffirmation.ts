import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { Clock, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Trail } from '@roster/trail';
import { OwnerAssignmentRepository } from './owner-assignment.repository.js';

/** When owners re-affirm (domain.md section 4: every so many days, as the organization sets it). */
@Injectable()
export class Reaffirmation {
  constructor(
    private readonly assignments: OwnerAssignmentRepository, private readonly organizations: OrganizationQuery, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  /**
   * Who would be asked at once if the period were another one; workloads of which nobody would are absent.
   * @param days the supposed period, 30-730
   */
  async askedWithPeriod(scope: TenantScope, workloadIds: readonly string[], days: number): Promise<ReadonlyMap<string, number>> {
    const rows = await this.assignments.dueWithPeriod(scope, workloadIds, days, this.clock.now());
    return new Map(rows.map(({ workloadId, owners }) => [workloadId, owners]));
  }

  /** Applies the period in force to everybody who has accepted, counted from the day they last affirmed. @returns how many dates changed */
  follow(scope: TenantScope): Promise<number> {
    return this.unitOfWork.run(scope, async () => {
      const { thresholds: { ownerReaffirmDays: days } } = await this.organizations.settings(scope);
      const changed = await this.assignments.rescheduleReaffirmation(scope, days);
      if (changed > 0) await this.trail.record(scope, { action: 'inventory.owner.reaffirmation-rescheduled', object: { type: 'organization', id: scope.tenantId }, payload: { days, owners: changed } });
      return changed;
    });
  }
}
