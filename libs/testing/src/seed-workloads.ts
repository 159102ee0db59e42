import type { RiskTier } from '@roster/contracts';
import { newId } from '@roster/platform-context';
import { Client } from 'pg';
import type { TestDatabase } from './test-database.js';
import type { TestOrganization } from './test-organization.js';

/** Runs statements as superuser inside an organization, for set-up and oracles. */
export async function asAdmin<T>(database: TestDatabase, tenantId: string | null, now: Date, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: database.adminUrl });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [tenantId ?? '', now.toISOString()]);
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } finally {
    await client.end();
  }
}

/** Inserts workloads that process real data, with an accepted risk owner each: Pilots, once they are classified. @returns their ids in order */
export async function seedWorkloads(database: TestDatabase, organization: TestOrganization, now: Date, keys: readonly string[], more: { riskTier?: RiskTier | null; riskOwner?: string } = {}): Promise<string[]> {
  const rows = keys.map((key) => ({ id: newId(now), key, assignment: newId(now) }));
  const owner = more.riskOwner ?? organization.members[0]?.id ?? '';
  await asAdmin(database, organization.tenantId, now, async (client) => {
    await client.query(
      `INSERT INTO workload (tenant_id, id, key, name, kind, purpose, team, processes_real_data, processes_real_data_answered, risk_tier, risk_tier_rationale, registered_at, updated_at)
       SELECT $1, r.id, r.key, 'Workload ' || r.key, 'agent', 'Answers customers', 'Support', 'yes', true, $3, CASE WHEN $3::text IS NULL THEN NULL ELSE 'Stated' END, $4, $4
         FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, key text)`,
      [organization.tenantId, JSON.stringify(rows), more.riskTier ?? null, now]);
    await client.query(
      `INSERT INTO workload_fact (tenant_id, workload_id, fact, provenance, value, stated_at, stated_by)
       SELECT $1, r.id, 'processesRealData', 'declared', 'yes', $3, 'Test' FROM jsonb_to_recordset($2::jsonb) AS r(id uuid)`,
      [organization.tenantId, JSON.stringify(rows), now]);
    await client.query(
      `INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, status, proposed_at, effective_from, responded_at, reaffirmed_at, reaffirm_due_at)
       SELECT $1, r.assignment, r.id, 'risk_owner', $3, 'accepted', $4, $4, $4, $4, $4::timestamptz + interval '180 days' FROM jsonb_to_recordset($2::jsonb) AS r(id uuid, assignment uuid)`,
      [organization.tenantId, JSON.stringify(rows), owner, now]);
  });
  return rows.map(({ id }) => id);
}
