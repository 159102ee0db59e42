import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { TriState } from '@roster/contracts';
import { Clock, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import type { CustomValues } from '../custom-field/custom-value.js';
import { FACT_NAMES, type FactName } from '../fact/fact-statement.js';
import { fieldChanges } from '../history/history-diff.js';
import { roleSlot } from '../owner/owner-slot.js';
import { scopeExpansions, type WorkloadScope } from '../scope-expansion/scope-expansion.js';
import { UpdateParts } from './update-parts.js';
import type { StateFactDto, UpdateWorkloadDto, WorkloadDto } from './workload.dto.js';
import { WorkloadEditing } from './workload-editing.js';
import { readWorkloadFields } from './workload-input.js';
import { WorkloadRepository, type FieldValues, type WorkloadState } from './workload.repository.js';
import { WorkloadService } from './workload.service.js';

/** Changes a workload: plain fields, declared facts, custom fields, risk owner. */
@Injectable()
export class UpdateWorkloadUsecase {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadRepository, private readonly editing: WorkloadEditing, private readonly parts: UpdateParts,
    private readonly service: WorkloadService, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * @param expected version the change is based on; null for whatever is there
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, INVENTORY_WORKLOAD_RETIRED, INVENTORY_WORKLOAD_FROZEN, INVENTORY_FACT_OVERRULED, PLATFORM_REQUEST_INVALID, PLATFORM_REFERENCE_UNKNOWN,
   *   PLATFORM_PRECONDITION_FAILED when it has moved on, PLATFORM_VERSION_CONFLICT with both versions when somebody was faster
   */
  update(caller: Caller, key: string, body: UpdateWorkloadDto, expected: number | null): Promise<WorkloadDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:update');
    const { fields, errors } = readWorkloadFields({ ...body });
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors });
    const said = Object.fromEntries(FACT_NAMES.flatMap((fact) => (body[fact] === undefined ? [] : [[fact, body[fact]]]))) as Partial<Record<FactName, TriState>>;
    return this.unitOfWork.run(scope, async () => {
      const before = await this.editing.editable(scope, key, expected);
      const person = body.riskOwner === undefined ? null : await this.parts.ownership.person(scope, body.riskOwner, 'riskOwner');
      const custom = await this.parts.customFields.edited(scope, before.custom, body.custom);
      await this.write(scope, before, fields, said, custom, { provenance: 'declared', source: null });
      if (person) {
        // Naming an owner is proposing one, by whatever door.
        this.access.authorise(caller, 'inventory:owner:assign');
        await this.parts.ownership.propose(scope, caller, before.id, roleSlot('risk_owner'), person);
      }
      return this.service.show(scope, before.id);
    });
  }

  /**
   * States one fact with its provenance. To attest is to sign as an accepted owner of the workload (domain.md section 2).
   * @throws as {@link update}; INVENTORY_OWNER_NOT_YOURS when somebody else, or an API key, attests
   */
  stateFact(caller: Caller, key: string, fact: FactName, { value, provenance = 'declared', source = null }: StateFactDto): Promise<WorkloadDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:update');
    return this.unitOfWork.run(scope, async () => {
      const before = await this.editing.editable(scope, key, null);
      if (provenance === 'attested' && (caller.via !== 'session' || !(await this.parts.owners.isAcceptedOwner(scope, before.id, caller.memberId)))) {
        throw problem('INVENTORY_OWNER_NOT_YOURS', `Only somebody who has accepted to own ${before.key} can attest a fact, signed in as themselves. Declare it instead, or ask an owner.`);
      }
      await this.write(scope, before, {}, { [fact]: value }, before.custom, { provenance, source });
      return this.service.show(scope, before.id);
    });
  }

  private async write(scope: TenantScope, before: WorkloadState, fields: FieldValues, said: Partial<Record<FactName, TriState>>, custom: CustomValues, how: { provenance: 'declared' | 'attested'; source: string | null }): Promise<void> {
    const facts = await this.parts.facts.plan(scope, before.id, said, how);
    const was = { ...before.fields, ...before.facts, custom: before.custom };
    const changes = [...fieldChanges(was, { ...was, ...fields, ...facts.values, custom }), ...await this.newProvenance(scope, before, facts.statements)];
    if (changes.length === 0) return;
    await this.parts.guard.assertAllowed(scope, before, scopeExpansions(scopeOf(before.fields), scopeOf({ ...before.fields, ...fields })));
    const written = await this.workloads.update(scope, before, { fields, facts: facts.values, custom, at: this.clock.now() });
    if (written === 0) throw await this.editing.conflict(scope, before);
    await this.parts.facts.record(scope, before.id, facts);
    await this.parts.change.changed(scope, { ...before, version: before.version + 1 }, changes);
  }

  /** A fact that is said again with more weight changes though its value stays. */
  private async newProvenance(scope: TenantScope, before: WorkloadState, statements: readonly { fact: FactName; value: TriState; provenance: string }[]): Promise<{ field: string; from: unknown; to: unknown }[]> {
    const known = statements.length === 0 ? [] : await this.parts.facts.known(scope, before.id);
    return statements.flatMap(({ fact, value, provenance }) => {
      const said = known.find((one) => one.fact === fact && one.provenance === provenance)?.value ?? null;
      return said === value || before.facts[fact] !== value ? [] : [{ field: `facts.${fact}`, from: said === null ? null : { value: said, provenance }, to: { value, provenance } }];
    });
  }
}

function scopeOf({ exposure, usersAffected, dataClasses, specialCategories, jurisdictions, autonomyLevel }: FieldValues): WorkloadScope {
  const list = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
  return {
    exposure: typeof exposure === 'string' ? exposure : null, usersAffected: list(usersAffected), dataClasses: list(dataClasses), specialCategories: list(specialCategories),
    jurisdictions: list(jurisdictions), autonomyLevel: typeof autonomyLevel === 'string' ? autonomyLevel : null,
  };
}
