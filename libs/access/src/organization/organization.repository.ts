import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';

export interface OrganizationRow extends Record<string, unknown> {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly edition: string;
  /** tierPolicy, reviewPolicy and thresholds as stored. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly demo: boolean;
  readonly createdAt: Date;
  readonly version: number;
}

const COLUMNS = 'tenant_id AS id, name, time_zone AS "timeZone", edition, settings, demo, created_at AS "createdAt", version';

@Injectable()
export class OrganizationRepository extends TenantRepository {
  find(scope: TenantScope): Promise<OrganizationRow | null> {
    return this.row<OrganizationRow>(scope, `SELECT ${COLUMNS} FROM organization WHERE tenant_id = $1`, [scope.tenantId]);
  }

  insert(scope: TenantScope, organization: { name: string; timeZone: string; edition: string; settings: string }): Promise<number> {
    return this.execute(scope, 'INSERT INTO organization (tenant_id, name, time_zone, edition, settings) VALUES ($1, $2, $3, $4, $5::jsonb)',
      [scope.tenantId, organization.name, organization.timeZone, organization.edition, organization.settings]);
  }

  /** One conditional update: null when somebody else changed it since `version` was read. */
  update(scope: TenantScope, version: number, organization: { name: string; timeZone: string; edition: string; settings: string }): Promise<OrganizationRow | null> {
    return this.row<OrganizationRow>(scope, `
      UPDATE organization SET name = $3, time_zone = $4, edition = $5, settings = $6::jsonb, version = version + 1
       WHERE tenant_id = $1 AND version = $2 RETURNING ${COLUMNS}`,
    [scope.tenantId, version, organization.name, organization.timeZone, organization.edition, organization.settings]);
  }
}
