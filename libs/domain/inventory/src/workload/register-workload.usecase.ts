import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { OwnerRole } from '@roster/contracts';
import { Clock, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { FACT_NAMES } from '../fact/fact-statement.js';
import { roleSlot } from '../owner/owner-slot.js';
import { Ownership } from '../owner/ownership.js';
import { RegistrationParts } from './registration-parts.js';
import type { RegisteredWorkloadDto, RegisterWorkloadDto } from './workload.dto.js';
import { readWorkloadFields } from './workload-input.js';
import { keyFromName, nextFreeKey, refuseKey } from './workload-key.js';
import { WorkloadRepository } from './workload.repository.js';
import { WorkloadService } from './workload.service.js';

/** Which field of a registration names whom. */
const OWNER_FIELDS = { riskOwner: 'risk_owner', accountableExecutive: 'accountable_executive', onCall: 'on_call', engineeringLead: 'engineering_lead', dataSteward: 'data_steward' } as const satisfies Record<string, OwnerRole>;
const MAX_KEY_ATTEMPTS = 20;

/** Registers a workload with its owners (domain.md section 3). */
@Injectable()
export class RegisterWorkloadUsecase {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadRepository, private readonly parts: RegistrationParts, private readonly ownership: Ownership,
    private readonly service: WorkloadService, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * @returns the workload with likely duplicates; a duplicate does not stop the registration
   * @throws PLATFORM_REQUEST_INVALID, PLATFORM_REFERENCE_UNKNOWN, INVENTORY_KEY_TAKEN
   */
  register(caller: Caller, body: RegisterWorkloadDto): Promise<RegisteredWorkloadDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:create');
    const { fields, errors } = readWorkloadFields({ ...body });
    const keyRefusal = body.key === undefined ? null : refuseKey(body.key);
    const wrong = [...errors, ...(keyRefusal === null ? [] : [{ path: 'key', code: 'not_key', message: keyRefusal }])];
    if (wrong.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: wrong });
    return this.unitOfWork.run(scope, async () => {
      const people = [];
      for (const [field, role] of Object.entries(OWNER_FIELDS)) {
        const named = body[field as keyof typeof OWNER_FIELDS];
        if (named !== undefined) people.push({ role, person: await this.ownership.person(scope, named, field) });
      }
      const facts = await this.parts.facts.plan(scope, null, Object.fromEntries(FACT_NAMES.flatMap((fact) => (body[fact] === undefined ? [] : [[fact, body[fact]]]))));
      const custom = await this.parts.customFields.edited(scope, {}, body.custom);
      const now = this.clock.now();
      const id = newId(now);
      const key = await this.store(scope, body.key ?? null, String(fields.name), (candidate) => this.workloads.insert(scope, { id, key: candidate, fields, facts: facts.values, custom, at: now }));
      await this.parts.facts.record(scope, id, facts);
      await this.parts.change.registered(scope, { id, key }, { ...fields, ...facts.values, custom });
      for (const { role, person } of people) await this.ownership.propose(scope, caller, id, roleSlot(role), person);
      return { ...(await this.service.show(scope, id)), duplicates: await this.parts.duplicates.of(scope, id) };
    });
  }

  /** Stores under the wanted key, or under the first free one that the name suggests; somebody else may take it in between. */
  private async store(scope: TenantScope, wanted: string | null, name: string, insert: (key: string) => Promise<boolean>): Promise<string> {
    if (wanted !== null) {
      if (await insert(wanted)) return wanted;
      throw problem('INVENTORY_KEY_TAKEN', `The key ${wanted} is or was in use and is never given twice. Choose another one, or leave it out.`, { errors: [{ path: 'key', code: 'taken', message: 'expected a key that was never used' }] });
    }
    const base = keyFromName(name);
    for (let attempt = 0; attempt < MAX_KEY_ATTEMPTS; attempt += 1) {
      const key = nextFreeKey(base, await this.workloads.takenKeys(scope, base));
      if (await insert(key)) return key;
    }
    throw problem('INVENTORY_KEY_TAKEN', `No free key was found for ${JSON.stringify(name)}, because many were registered at the same time. Try again.`);
  }
}
