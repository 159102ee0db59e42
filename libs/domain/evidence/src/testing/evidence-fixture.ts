import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { RosterConfig } from '@roster/platform-config';
import { newId } from '@roster/platform-context';
import { FakeClock, TestClient, createTestApp, createTestDatabase, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { EvidenceHttpModule } from '../evidence-http.module.js';
import { EvidenceJobsModule } from '../evidence-jobs.module.js';
import { FrameworksHttpModule } from '@roster/frameworks';
import { QueueModule } from '@roster/platform-queue';

/** One organization as the tests of evidence need it: two administrators, so that one submits and the other decides. */
export interface EvidenceOrganization {
  readonly submitter: SignedInClient;
  readonly reviewer: SignedInClient;
  readonly tenantId: string;
}

/** The real API with evidence, on a test database with direct access for looking behind it. */
export class EvidenceFixture {
  private constructor(readonly database: TestDatabase, readonly app: NestFastifyApplication, readonly clock: FakeClock, readonly admin: Client, readonly anybody: TestClient) {}

  static async start(overrides: Partial<RosterConfig> = {}, now = '2026-05-01T09:00:00.000Z'): Promise<EvidenceFixture> {
    const database = await createTestDatabase();
    const clock = new FakeClock(now);
    const app = await createTestApp({ config: testConfig(database, overrides), clock, imports: [FrameworksHttpModule, EvidenceHttpModule, QueueModule, EvidenceJobsModule] });
    const admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    return new EvidenceFixture(database, app, clock, admin, await TestClient.of(app));
  }

  async stop(): Promise<void> {
    await this.admin.end();
    await this.app.close();
    await this.database.drop();
  }

  async organization(): Promise<EvidenceOrganization> {
    const submitter = await this.anybody.signUp();
    return { submitter, reviewer: await submitter.client.invite('admin'), tenantId: submitter.tenantId };
  }

  /** Puts a workload on the inventory. @returns its id */
  async workload(tenantId: string, key: string, facts: { riskTier?: string; executesTools?: string } = {}): Promise<string> {
    const id = newId(this.clock.now());
    await this.run(tenantId, `INSERT INTO workload (tenant_id, id, key, name, risk_tier, executes_tools, registered_at, updated_at) VALUES ($1, $2, $3, $3, $4, $5, $6, $6)`,
      [tenantId, id, key, facts.riskTier ?? 'low', facts.executesTools ?? 'no', this.clock.now()]);
    return id;
  }

  /** Runs a statement as the owner of the database, with the clock of the test. */
  async run<Row extends object>(tenantId: string, sql: string, values: readonly unknown[] = []): Promise<Row[]> {
    await this.admin.query('BEGIN');
    try {
      await this.admin.query(`SELECT set_config('app.tenant_id', $1, true), set_config('app.now', $2, true)`, [tenantId, this.clock.now().toISOString()]);
      const { rows } = await this.admin.query<Row>(sql, [...values]);
      await this.admin.query('COMMIT');
      return rows;
    } catch (error) {
      await this.admin.query('ROLLBACK');
      throw error;
    }
  }

  /** Workloads that wait to be evaluated again, with the reasons; empties the list. */
  async marks(tenantId: string): Promise<Record<string, string[]>> {
    const rows = await this.run<{ key: string; reasons: string[] }>(tenantId, `DELETE FROM reevaluation_mark m USING workload w WHERE m.tenant_id = $1 AND w.tenant_id = $1 AND w.id = m.workload_id RETURNING w.key, m.reasons`, [tenantId]);
    return Object.fromEntries(rows.map((row) => [row.key, row.reasons]));
  }

  async events(tenantId: string, prefix = 'evidence.'): Promise<{ name: string; payload: Record<string, unknown> }[]> {
    return this.run(tenantId, `SELECT name, payload FROM outbox WHERE tenant_id = $1 AND kind = 'event' AND name LIKE $2 ORDER BY id`, [tenantId, `${prefix}%`]);
  }

  async trail(tenantId: string): Promise<string[]> {
    return (await this.run<{ action: string }>(tenantId, `SELECT action FROM trail_entry WHERE tenant_id = $1 AND action LIKE 'evidence.%' ORDER BY id`, [tenantId])).map((row) => row.action);
  }
}

/** A form with a file. */
export function form(fields: Readonly<Record<string, string>>, file?: { name: string; type: string; content: string | Buffer }): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.append(name, value);
  if (file) data.append('file', new Blob([typeof file.content === 'string' ? file.content : new Uint8Array(file.content)], { type: file.type }), file.name);
  return data;
}
