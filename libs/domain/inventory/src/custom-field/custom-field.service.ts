import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { assertVersion, cursorOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import { Trail } from '@roster/trail';
import type { CreateCustomFieldDto, CustomFieldDto, UpdateCustomFieldDto } from './custom-field.dto.js';
import { toCustomFieldDto } from './custom-field.mapper.js';
import { CustomFieldRepository, type CustomFieldRow } from './custom-field.repository.js';
import { editCustomValues, type CustomFieldDefinition, type CustomValues } from './custom-value.js';

export const CUSTOM_FIELD_LIST: ListSpec = { filters: ['archived'], sorts: ['key'] };

/** Fields an organization defines for its workloads (domain.md section 3). */
@Injectable()
export class CustomFieldService {
  constructor(private readonly access: Access, private readonly fields: CustomFieldRepository, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock) {}

  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<CustomFieldDto>> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    const query = readListQuery(raw, CUSTOM_FIELD_LIST);
    const wanted = query.filters.get('archived');
    if (wanted && (wanted.length !== 1 || !['true', 'false'].includes(wanted[0] ?? ''))) throw invalid('filter[archived]', 'expected true or false, once');
    const archived = wanted ? wanted[0] === 'true' : null;
    const [afterKey = null] = cursorOf(query, ['text']) ?? [];
    const rows = await this.fields.page(scope, { afterKey, limit: query.limit, archived, descending: query.sort.descending });
    return toPage(rows, query, (row) => [row.key], toCustomFieldDto, query.count ? await this.fields.count(scope, archived) : undefined);
  }

  /** @throws INVENTORY_CUSTOM_FIELD_NOT_FOUND */
  async get(caller: Caller, key: string): Promise<CustomFieldDto> {
    return toCustomFieldDto(await this.require(this.access.authorise(caller, 'inventory:workload:read'), key));
  }

  /** @throws INVENTORY_CUSTOM_FIELD_TAKEN, PLATFORM_REQUEST_INVALID */
  create(caller: Caller, field: CreateCustomFieldDto): Promise<CustomFieldDto> {
    const scope = this.access.authorise(caller, 'inventory:custom-field:manage');
    const choices = checkedChoices(field.type, field.choices ?? []);
    return this.unitOfWork.run(scope, async () => {
      const now = this.clock.now();
      const row = await this.fields.insert(scope, { id: newId(now), key: field.key, label: field.label, description: field.description ?? null, type: field.type, choices, filterable: field.filterable ?? true, at: now });
      if (!row) throw problem('INVENTORY_CUSTOM_FIELD_TAKEN', `There is a custom field ${field.key} already. Change that one, or choose another key.`);
      await this.trail.record(scope, { action: 'inventory.custom-field.created', object: { type: 'custom_field', id: row.id, version: row.version }, payload: { key: row.key, label: row.label, type: row.type, choices, filterable: row.filterable } });
      return toCustomFieldDto(row);
    });
  }

  /**
   * @param expected version the change is based on; null for whatever is there
   * @throws INVENTORY_CUSTOM_FIELD_NOT_FOUND, PLATFORM_PRECONDITION_FAILED, PLATFORM_VERSION_CONFLICT, PLATFORM_REQUEST_INVALID when a choice that is in use would go
   */
  update(caller: Caller, key: string, change: UpdateCustomFieldDto, expected: number | null): Promise<CustomFieldDto> {
    const scope = this.access.authorise(caller, 'inventory:custom-field:manage');
    return this.unitOfWork.run(scope, async () => {
      const field = await this.require(scope, key);
      assertVersion(expected, field.version);
      const choices = change.choices === undefined ? field.choices : checkedChoices(field.type, change.choices);
      const inUse = await this.fields.choicesInUse(scope, key, field.choices.filter((choice) => !choices.includes(choice)));
      if (inUse.length > 0) throw invalid('choices', `expected to keep ${inUse.join(', ')}: workloads have these values`);
      const now = this.clock.now();
      const archivedAt = change.archived === undefined ? field.archivedAt : change.archived ? field.archivedAt ?? now : null;
      const row = await this.fields.update(scope, key, field.version, {
        label: change.label ?? field.label, description: change.description === undefined ? field.description : change.description, choices, filterable: change.filterable ?? field.filterable, archivedAt, at: now,
      });
      if (!row) throw problem('PLATFORM_VERSION_CONFLICT', 'Somebody else changed the custom field at the same time. Read it again.', { extensions: { expectedVersion: field.version } });
      await this.trail.record(scope, { action: 'inventory.custom-field.changed', object: { type: 'custom_field', id: row.id, version: row.version }, payload: { key, before: describe(field), after: describe(row) } });
      return toCustomFieldDto(row);
    });
  }

  /**
   * The custom values of a workload after an edit.
   * @throws PLATFORM_REQUEST_INVALID naming every value that does not fit its field
   */
  async edited(scope: TenantScope, before: CustomValues, edit: Readonly<Record<string, unknown>> | undefined): Promise<CustomValues> {
    if (edit === undefined || Object.keys(edit).length === 0) return before;
    const definitions = new Map<string, CustomFieldDefinition>((await this.fields.named(scope, Object.keys(edit))).map(({ key, type, choices, archivedAt }) => [key, { key, type, choices, archived: archivedAt !== null }]));
    const { values, errors } = editCustomValues(before, edit, definitions);
    if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some custom fields are not valid. Nothing was changed.', { errors });
    return values;
  }

  private async require(scope: TenantScope, key: string): Promise<CustomFieldRow> {
    const row = await this.fields.find(scope, key);
    if (!row) throw problem('INVENTORY_CUSTOM_FIELD_NOT_FOUND', `There is no custom field ${JSON.stringify(key.slice(0, 80))}.`);
    return row;
  }
}

const invalid = (path: string, message: string): Error => problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path, code: 'not_valid', message }] });
const describe = ({ label, description, choices, filterable, archivedAt }: CustomFieldRow): Record<string, unknown> => ({ label, description, choices, filterable, archived: archivedAt !== null });

function checkedChoices(type: string, choices: readonly string[]): string[] {
  const trimmed = choices.map((choice) => choice.trim());
  if (trimmed.some((choice) => choice === '') || new Set(trimmed).size < trimmed.length) throw invalid('choices', 'expected values that are not blank and not repeated');
  if ((type === 'choice' || type === 'choices') !== (trimmed.length > 0)) throw invalid('choices', type.startsWith('choice') ? 'is required for this type: expected at least one value' : 'expected no choices for this type');
  return trimmed;
}
