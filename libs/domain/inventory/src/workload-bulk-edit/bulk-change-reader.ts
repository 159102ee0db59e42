import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { OWNER_ROLES, type OwnerRole } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import { problem, type FieldError } from '@roster/platform-errors';
import { CustomFieldRepository } from '../custom-field/custom-field.repository.js';
import { editCustomValues, type CustomFieldDefinition } from '../custom-field/custom-value.js';
import { Ownership } from '../owner/ownership.js';
import { readWorkloadFields } from '../workload/workload-input.js';
import { EDITABLE_LISTS, type BulkChange, type EditableList, type ListEdit, type ProposedPerson } from './bulk-change.js';
import type { BulkChangesDto } from './bulk-edit.dto.js';

export interface ReadChange {
  readonly change: BulkChange;
  readonly definitions: ReadonlyMap<string, CustomFieldDefinition>;
}

/** Checks what shall change once, before it is planned row by row. */
@Injectable()
export class BulkChangeReader {
  constructor(private readonly customFields: CustomFieldRepository, private readonly ownership: Ownership, private readonly organizations: OrganizationQuery) {}

  /** @throws PLATFORM_REQUEST_INVALID, PLATFORM_REFERENCE_UNKNOWN, INVENTORY_BULK_EDIT_EMPTY when nothing is to change */
  async read(scope: TenantScope, body: BulkChangesDto): Promise<ReadChange> {
    const set = readWorkloadFields({ ...body.set });
    const add = readLists(body.add, 'changes.add');
    const remove = readLists(body.remove, 'changes.remove');
    const custom = body.custom ?? {};
    const rows = await this.customFields.named(scope, Object.keys(custom));
    const definitions = new Map<string, CustomFieldDefinition>(rows.map(({ key, type, choices, archivedAt }) => [key, { key, type, choices, archived: archivedAt !== null }]));
    const { errors: customErrors } = editCustomValues({}, custom, definitions);
    const errors = [...set.errors.map((error) => ({ ...error, path: `changes.set.${error.path}` })), ...add.errors, ...remove.errors, ...customErrors.map((error) => ({ ...error, path: `changes.${error.path}` }))];
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some changes are not valid. Nothing was changed.', { errors });
    const owners = await this.people(scope, body);
    const change: BulkChange = { set: set.fields, add: add.lists, remove: remove.lists, facts: defined({ ...body.facts }), custom, owners };
    if ([change.set, change.add, change.remove, change.facts, change.custom, change.owners].every((part) => Object.keys(part).length === 0)) {
      throw problem('INVENTORY_BULK_EDIT_EMPTY', 'Say what shall change: set, add, remove, facts, custom or owners.');
    }
    return { change, definitions };
  }

  private async people(scope: TenantScope, { owners }: BulkChangesDto): Promise<BulkChange['owners']> {
    const found: Partial<Record<OwnerRole, ProposedPerson>> = {};
    for (const role of OWNER_ROLES) {
      const named = owners?.[role];
      if (named === undefined) continue;
      const path = `changes.owners.${role}`;
      const person = await this.ownership.person(scope, named, path);
      const member = person.memberId === null ? undefined : (await this.organizations.members(scope, [person.memberId])).get(person.memberId);
      if (!member) {
        throw problem('PLATFORM_REFERENCE_UNKNOWN', 'Only members can be proposed for many workloads at once. Nothing was changed.', { errors: [{ path, code: 'unknown_member', message: `${person.email} is no member yet; invite them first` }] });
      }
      found[role] = { memberId: member.id, email: member.email, name: member.name };
    }
    return found;
  }
}

const defined = <Values extends object>(values: Values): Values => Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Values;

function readLists(body: object | undefined, path: string): { lists: ListEdit; errors: FieldError[] } {
  const { fields, errors } = readWorkloadFields({ ...body });
  const lists = Object.fromEntries((Object.keys(EDITABLE_LISTS) as EditableList[]).flatMap((list) => {
    const value = fields[list];
    return Array.isArray(value) && value.length > 0 ? [[list, value.map(String)]] : [];
  }));
  return { lists, errors: errors.map((error) => ({ ...error, path: `${path}.${error.path}` })) };
}
