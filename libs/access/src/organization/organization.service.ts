import { Injectable, Optional } from '@nestjs/common';
import type { Caller, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { assertVersion } from '@roster/platform-http';
import { Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { Access } from '../access.js';
import { EditionDirectory } from './edition-directory.js';
import type { OrganizationDto, UpdateOrganizationDto } from './organization.dto.js';
import { toOrganizationDto } from './organization.mapper.js';
import { OrganizationRepository, type OrganizationRow } from './organization.repository.js';
import { requireSettings } from './settings-edit.js';
import { fromStoredSettings, toStoredSettings } from './stored-settings.js';

@Injectable()
export class OrganizationService {
  constructor(
    private readonly access: Access, private readonly organizations: OrganizationRepository, private readonly trail: Trail, private readonly outbox: Outbox,
    private readonly unitOfWork: UnitOfWork, @Optional() private readonly editions?: EditionDirectory,
  ) {}

  async get(caller: Caller): Promise<OrganizationDto> {
    return toOrganizationDto(await this.require(this.access.authorise(caller, 'access:organization:read')));
  }

  /**
   * Changes name or settings. What depends on them is evaluated again after the commit.
   * @param expected version the change is based on; null for whatever is there
   * @throws PLATFORM_REQUEST_INVALID naming every wrong setting, ACCESS_EDITION_UNKNOWN, PLATFORM_PRECONDITION_FAILED
   */
  update(caller: Caller, { name, ...edit }: UpdateOrganizationDto, expected: number | null): Promise<OrganizationDto> {
    const scope = this.access.authorise(caller, 'access:organization:manage');
    return this.unitOfWork.run(scope, async () => {
      const row = await this.require(scope);
      assertVersion(expected, row.version);
      const before = fromStoredSettings(row);
      const { settings, changed } = requireSettings(before, edit);
      if (changed.includes('edition')) this.assertEdition(settings.edition);
      const fields = [...(name !== undefined && name !== row.name ? ['name'] : []), ...changed];
      if (fields.length === 0) return toOrganizationDto(row);
      const updated = await this.organizations.update(scope, row.version, { name: name ?? row.name, timeZone: settings.timeZone, edition: settings.edition, settings: toStoredSettings(settings) });
      if (!updated) throw problem('PLATFORM_VERSION_CONFLICT', 'Somebody else changed the settings at the same time. Read them again and repeat your change.');
      const pick = (source: Readonly<Record<string, unknown>>): Record<string, unknown> => Object.fromEntries(fields.map((field) => [field, source[field]]));
      await this.trail.record(scope, {
        action: 'access.organization.changed', object: { type: 'organization', id: scope.tenantId, version: updated.version },
        payload: { before: pick({ ...before, name: row.name }), after: pick({ ...settings, name: updated.name }) },
      });
      await this.outbox.publish(scope, 'access.organization.changed', { fields });
      return toOrganizationDto(updated);
    });
  }

  private assertEdition(edition: string): void {
    const known = this.editions?.assessableEditions() ?? [];
    if (known.includes(edition)) return;
    throw problem('ACCESS_EDITION_UNKNOWN', `There is no edition ${edition} with criteria here.`, {
      errors: [{ path: 'edition', code: 'unknown', message: known.length > 0 ? `expected one of ${known.join(', ')}` : 'no edition is available in this process' }],
    });
  }

  private async require(scope: TenantScope): Promise<OrganizationRow> {
    const row = await this.organizations.find(scope);
    if (!row) throw problem('PLATFORM_RESOURCE_NOT_FOUND', 'This organization is gone.');
    return row;
  }
}
