import type { Permission } from '@roster/contracts';
import { PERMISSION_NAMES } from '@roster/contracts';
import { newId, TenantScope, type Caller } from '@roster/platform-context';
import { presetSettings } from '@roster/access';
import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';

export interface TestMember {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  /** A caller with every permission, for calling services directly. */
  readonly caller: Caller;
}

export interface TestOrganization {
  readonly tenantId: string;
  readonly name: string;
  /** System scope of the organization. */
  readonly scope: TenantScope;
  readonly members: readonly TestMember[];
}

/**
 * Inserts an organization with active members for repository and service tests. Journeys and route tests sign up through the API instead.
 * @param options.members how many people, default 2 (one submits, the other decides)
 */
export async function seedOrganization(database: TestDatabase, options: { name?: string; members?: number; timeZone?: string; edition?: string; permissions?: readonly Permission[] } = {}): Promise<TestOrganization> {
  const { name = 'Test organization', members = 2, timeZone = 'UTC', edition = 'psf-1.1', permissions = PERMISSION_NAMES } = options;
  const tenantId = newId();
  const settings = presetSettings();
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
    await client.query('INSERT INTO organization (tenant_id, name, time_zone, edition, settings) VALUES ($1, $2, $3, $4, $5::jsonb)',
      [tenantId, name, timeZone, edition, JSON.stringify({ tierPolicy: settings.tierPolicy, reviewPolicy: settings.reviewPolicy, thresholds: settings.thresholds })]);
    const people: TestMember[] = [];
    for (let index = 0; index < members; index += 1) {
      const id = newId();
      const userId = newId();
      const email = `member-${index}-${id.slice(-6)}@example.test`;
      const memberName = `Member ${index}`;
      await client.query(`INSERT INTO user_account (id, email, name, password_hash) VALUES ($1, $2, $3, '$argon2id$not-a-login')`, [userId, email, memberName]);
      await client.query(`INSERT INTO member (tenant_id, id, user_id, email, name, role) VALUES ($1, $2, $3, $4, $5, 'admin')`, [tenantId, id, userId, email, memberName]);
      people.push({ id, email, name: memberName,
        caller: { tenantId, actor: { type: 'member', id, name: memberName }, memberId: id, permissions: new Set(permissions), via: 'session', credentialId: newId() } });
    }
    await client.query('COMMIT');
    return { tenantId, name, scope: TenantScope.forSystem(tenantId, 'test'), members: people };
  } finally {
    await client.end();
  }
}
