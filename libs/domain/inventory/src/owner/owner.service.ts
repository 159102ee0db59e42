import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { WorkloadLookup, type WorkloadReference } from '../workload/workload-lookup.js';
import type { OwnerAssignmentDto, OwnersDto, ProposedOwnerDto, ProposeOwnerDto } from './owner.dto.js';
import { toOwnerAssignmentDto } from './owner.mapper.js';
import { OwnerChange } from './owner-change.js';
import { OwnerAssignmentRepository, type AssignmentRow } from './owner-assignment.repository.js';
import { slotName, type OwnerSlot } from './owner-slot.js';
import { Ownership } from './ownership.js';

const DAY = 86_400_000;

/** Who answers for a workload: proposing, accepting, declining, re-affirming, ending (domain.md section 4). */
@Injectable()
export class OwnerService {
  constructor(
    private readonly access: Access, private readonly lookup: WorkloadLookup, private readonly assignments: OwnerAssignmentRepository, private readonly ownership: Ownership,
    private readonly organizations: OrganizationQuery, private readonly changes: OwnerChange, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND */
  async list(caller: Caller, key: string, asOf: Date | null): Promise<OwnersDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const workload = await this.lookup.require(scope, key);
    const now = asOf ?? this.clock.now();
    return { items: (await this.assignments.list(scope, workload.id, asOf)).map((row) => toOwnerAssignmentDto(row, now)) };
  }

  /**
   * Proposes a person for a slot.
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, INVENTORY_WORKLOAD_RETIRED, PLATFORM_REQUEST_INVALID, PLATFORM_REFERENCE_UNKNOWN
   */
  propose(caller: Caller, key: string, slot: OwnerSlot, { memberId, email }: ProposeOwnerDto): Promise<ProposedOwnerDto> {
    const scope = this.access.authorise(caller, 'inventory:owner:assign');
    const named = memberId ?? email;
    if (named === undefined || (memberId !== undefined && email !== undefined)) {
      throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path: 'memberId', code: 'one_of', message: 'expected exactly one of memberId and email' }] });
    }
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.living(scope, key);
      const person = await this.ownership.person(scope, named, memberId === undefined ? 'email' : 'memberId');
      const { assignmentId, invitation } = await this.ownership.propose(scope, caller, workload.id, slot, person);
      return { ...(await this.one(scope, workload.id, assignmentId)), invitation };
    });
  }

  /**
   * The person concerned accepts, or re-affirms what they accepted. Whoever answered before is relieved.
   * @throws INVENTORY_OWNER_NOT_YOURS for everybody else, API keys included: accepting is a personal act; INVENTORY_OWNER_STATE_CONFLICT when nobody is asked
   */
  accept(caller: Caller, key: string, slot: OwnerSlot, note: string | null): Promise<OwnerAssignmentDto> {
    const scope = this.access.authorise(caller, 'inventory:owner:respond');
    return this.unitOfWork.run(scope, async () => {
      const { workload, mine, other } = await this.mine(scope, caller, key, slot);
      const now = this.clock.now();
      const due = new Date(now.getTime() + (await this.organizations.settings(scope)).thresholds.ownerReaffirmDays * DAY);
      if (mine.status === 'accepted') {
        await this.assignments.reaffirm(scope, mine.id, now, due);
        await this.changes.record(scope, 'reaffirmed', workload.id, slot, mine, caller.memberId, note);
      } else {
        if (other?.status === 'accepted') await this.assignments.end(scope, [other.id], now);
        await this.assignments.accept(scope, mine.id, caller.memberId, now, due, note);
        await this.changes.record(scope, 'accepted', workload.id, slot, mine, caller.memberId, note, other?.id ?? null);
      }
      return this.one(scope, workload.id, mine.id);
    });
  }

  /** @throws INVENTORY_OWNER_NOT_YOURS, INVENTORY_OWNER_STATE_CONFLICT when it was accepted already: end it instead */
  decline(caller: Caller, key: string, slot: OwnerSlot, note: string | null): Promise<OwnerAssignmentDto> {
    const scope = this.access.authorise(caller, 'inventory:owner:respond');
    return this.unitOfWork.run(scope, async () => {
      const { workload, mine } = await this.mine(scope, caller, key, slot);
      if (mine.status !== 'proposed') throw problem('INVENTORY_OWNER_STATE_CONFLICT', `You have accepted to be ${slotName(slot)} of ${workload.key}. Name a successor, or have the assignment ended.`);
      await this.assignments.decline(scope, mine.id, this.clock.now(), note);
      await this.changes.record(scope, 'declined', workload.id, slot, mine, mine.memberId, note);
      return this.one(scope, workload.id, mine.id);
    });
  }

  /** Relieves whoever answers or is asked to, without a successor. @throws INVENTORY_OWNER_NOT_FOUND when nobody is */
  end(caller: Caller, key: string, slot: OwnerSlot): Promise<void> {
    const scope = this.access.authorise(caller, 'inventory:owner:assign');
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.living(scope, key);
      await this.assignments.lockWorkload(scope, workload.id);
      const current = await this.assignments.current(scope, workload.id, slot);
      if (current.length === 0) throw problem('INVENTORY_OWNER_NOT_FOUND', `${workload.key} has no ${slotName(slot)}.`);
      await this.assignments.end(scope, current.map((row) => row.id), this.clock.now());
      for (const row of current) await this.changes.record(scope, 'ended', workload.id, slot, row, row.memberId, null);
    });
  }

  private async living(scope: TenantScope, key: string): Promise<WorkloadReference> {
    const workload = await this.lookup.require(scope, key);
    if (workload.lifecycle === 'retired') throw problem('INVENTORY_WORKLOAD_RETIRED', `${workload.key} is retired; its owners are history.`);
    return workload;
  }

  /** The assignment the caller may answer: what they are asked, or what they accepted when nobody is asked. */
  private async mine(scope: TenantScope, caller: Caller, key: string, slot: OwnerSlot): Promise<{ workload: WorkloadReference; mine: AssignmentRow; other: AssignmentRow | null }> {
    const workload = await this.living(scope, key);
    await this.assignments.lockWorkload(scope, workload.id);
    const current = await this.assignments.current(scope, workload.id, slot);
    if (current.length === 0) throw problem('INVENTORY_OWNER_STATE_CONFLICT', `Nobody is asked to be ${slotName(slot)} of ${workload.key}. Propose somebody first.`);
    const self = (await this.organizations.members(scope, [caller.memberId])).get(caller.memberId);
    const isMine = (row: AssignmentRow): boolean => row.memberId === caller.memberId || (row.memberId === null && row.email.toLowerCase() === self?.email.toLowerCase());
    const mine = current.find((row) => row.status === 'proposed' && isMine(row)) ?? current.find(isMine);
    if (caller.via !== 'session' || !mine) {
      throw problem('INVENTORY_OWNER_NOT_YOURS', caller.via === 'session' ? `Somebody else is asked to be ${slotName(slot)} of ${workload.key}; only they can answer.` : 'Accepting or declining is a personal act: sign in, an API key cannot do it.');
    }
    return { workload, mine, other: current.find((row) => row.id !== mine.id) ?? null };
  }

  private async one(scope: TenantScope, workloadId: string, id: string): Promise<OwnerAssignmentDto> {
    const row = (await this.assignments.list(scope, workloadId, null)).find((one) => one.id === id);
    if (!row) throw new Error(`Assignment ${id} was not stored`);
    return toOwnerAssignmentDto(row, this.clock.now());
  }
}
