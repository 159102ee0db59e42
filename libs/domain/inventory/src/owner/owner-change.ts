import { Injectable } from '@nestjs/common';
import type { OwnerStatus } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import type { AssignmentRow } from './owner-assignment.repository.js';
import type { OwnerSlot } from './owner-slot.js';

/** Trail and event of one change of an assignment. */
@Injectable()
export class OwnerChange {
  constructor(private readonly trail: Trail, private readonly outbox: Outbox) {}

  async record(scope: TenantScope, what: 'accepted' | 'declined' | 'ended' | 'reaffirmed', workloadId: string, slot: OwnerSlot, row: AssignmentRow, memberId: string | null, note: string | null, relieved: string | null = null): Promise<void> {
    await this.trail.record(scope, {
      action: `inventory.owner.${what}`, object: { type: 'owner_assignment', id: row.id }, workloadId, reason: note,
      payload: { role: slot.role, domain: slot.domainKey || null, position: slot.position, memberId, email: row.email, relieved },
    });
    const status: OwnerStatus = what === 'reaffirmed' ? 'accepted' : what;
    await this.outbox.publish(scope, 'inventory.owner.changed', { workloadId, role: slot.role, memberId, status });
  }
}
