import { Injectable } from '@nestjs/common';
import { MemberDeparture, OrganizationQuery } from '@roster/access';
import { Clock, newId, type TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { OwnerAssignmentRepository } from './owner-assignment.repository.js';

const DAY = 86_400_000;

/**
 * What a member owned when they leave: every assignment becomes orphaned and deputies take over, in the transaction that deactivates the
 * member, so that nobody who is gone ever counts as an owner (domain.md section 4).
 */
@Injectable()
export class OwnerDeparture extends MemberDeparture {
  constructor(
    private readonly assignments: OwnerAssignmentRepository, private readonly organizations: OrganizationQuery, private readonly trail: Trail, private readonly outbox: Outbox, private readonly clock: Clock,
  ) {
    super();
  }

  async settle(scope: TenantScope, memberId: string): Promise<void> {
    const now = this.clock.now();
    await this.assignments.lockAllOf(scope, memberId);
    const orphaned = await this.assignments.orphanAllOf(scope, memberId, now);
    if (orphaned.length === 0) return;
    const answered = orphaned.filter((one) => one.wasAccepted && one.position === 'owner').map((one) => one.id);
    const reaffirmDue = new Date(now.getTime() + (await this.organizations.settings(scope)).thresholds.ownerReaffirmDays * DAY);
    const promoted = new Map((await this.assignments.promoteDeputies(scope, answered, answered.map(() => newId(now)), now, reaffirmDue)).map((one) => [one.orphanedId, one]));
    await this.trail.recordMany(scope, orphaned.flatMap((one) => {
      const deputy = promoted.get(one.id);
      const slot = { role: one.role, domain: one.domainKey || null, position: one.position };
      return [
        { action: 'inventory.owner.orphaned', object: { type: 'owner_assignment', id: one.id }, workloadId: one.workloadId, payload: { ...slot, memberId, successor: deputy?.assignmentId ?? null } },
        ...(deputy ? [{ action: 'inventory.owner.succeeded', object: { type: 'owner_assignment', id: deputy.assignmentId }, workloadId: one.workloadId, payload: { ...slot, memberId: deputy.memberId, succeeds: one.id } }] : []),
      ];
    }));
    // An assignment that a deputy took over is not orphaned any more; the others ask somebody to act.
    await this.outbox.publishMany(scope, orphaned.map((one) => {
      const deputy = promoted.get(one.id);
      return deputy
        ? { name: 'inventory.owner.changed' as const, payload: { workloadId: one.workloadId, role: one.role, memberId: deputy.memberId, status: 'accepted' } }
        : { name: 'inventory.owner.orphaned' as const, payload: { workloadId: one.workloadId, role: one.role, memberId } };
    }));
  }
}
