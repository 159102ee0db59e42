import type { INestApplicationContext } from '@nestjs/common';
import { Client } from 'pg';
import { FakeClock } from './fake-clock.js';
import type { Statement } from './recorded-statements.js';
import { asAdmin } from './seed-workloads.js';
import { createTestContext } from './test-app.js';
import { testConfig } from './test-config.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { seedOrganization, type TestOrganization } from './test-organization.js';

/** Rows of the large organization: enough for the planner to prefer an index; ROSTER_PLAN_ROWS=100000 prints the figures of a large one. */
export const PLAN_ROWS = Number(process.env['ROSTER_PLAN_ROWS'] ?? 5_000);

/** How a statement was answered. */
export interface AnsweredPlan {
  /** `<index>: <condition>` of each node that has one, a line each. */
  readonly conditions: string;
  /** The index of each node, or what it is where it has none. */
  readonly names: string;
  readonly milliseconds: number;
  readonly rows: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Index Name'?: string;
  readonly 'Index Cond'?: string;
  readonly 'Actual Rows'?: number;
  readonly Plans?: PlanNode[];
}

export interface PlanBenchOptions {
  readonly now: Date;
  readonly imports: Parameters<typeof createTestContext>[0]['imports'];
  /** Members of the large organization. Default: 20. */
  readonly members?: number;
  /** Rows of the small neighbour, whom no plan may touch. Default: 1,000. */
  readonly neighbourRows?: number;
  /** Fills one organization with so many rows, as superuser inside of it. */
  readonly fill: (admin: Client, organization: TestOrganization, rows: number) => Promise<unknown>;
  /** Tables that the planner is to know. */
  readonly tables: readonly string[];
}

/** A large organization beside a small one, to see by which indexes statements are answered under row security. */
export class PlanBench {
  private readonly figures: string[] = [];

  private constructor(private readonly db: TestDatabase, private readonly app: Client, readonly context: INestApplicationContext, readonly org: TestOrganization) {}

  static async start({ now, imports, members = 20, neighbourRows = 1_000, fill, tables }: PlanBenchOptions): Promise<PlanBench> {
    const db = await createTestDatabase();
    const context = await createTestContext({ config: testConfig(db), clock: new FakeClock(now), imports });
    const org = await seedOrganization(db, { members });
    const neighbour = await seedOrganization(db);
    await asAdmin(db, org.tenantId, now, (admin) => fill(admin, org, PLAN_ROWS));
    await asAdmin(db, neighbour.tenantId, now, (admin) => fill(admin, neighbour, neighbourRows));
    const admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    await admin.query(`VACUUM ANALYZE ${tables.join(', ')}`);
    await admin.end();
    const app = new Client({ connectionString: db.appUrl });
    await app.connect();
    return new PlanBench(db, app, context, org);
  }

  /**
   * Runs a statement as the application does, in the large organization.
   * @param runs how often; the fastest is told
   * @param asLarge a few thousand rows fit in so few pages that reading all of them may be cheapest; as in a large table, that is left out
   */
  async explain({ sql, values }: Statement, runs = 3, asLarge = false): Promise<AnsweredPlan> {
    await this.app.query('BEGIN');
    try {
      await this.app.query(`SELECT set_config('app.tenant_id', $1, true), set_config('enable_seqscan', $2, true)`, [this.org.tenantId, asLarge ? 'off' : 'on']);
      const answers: AnsweredPlan[] = [];
      for (let run = 0; run < runs; run += 1) answers.push(await this.once(sql, values));
      return answers.reduce((best, one) => (one.milliseconds < best.milliseconds ? one : best));
    } finally {
      await this.app.query('ROLLBACK');
    }
  }

  /** Keeps a figure to be printed at the end. */
  note(what: string, milliseconds: number, rest = ''): void {
    this.figures.push(`${what.padEnd(32)} ${milliseconds.toFixed(2).padStart(8)} ms  ${rest}`);
  }

  async stop(): Promise<void> {
    if (process.env['ROSTER_PLAN_ROWS'] !== undefined) process.stdout.write(`${this.figures.join('\n')}\n`);
    await this.app.end();
    await this.context.close();
    await this.db.drop();
  }

  private async once(sql: string, values: readonly unknown[]): Promise<AnsweredPlan> {
    const { rows } = await this.app.query<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, [...values]);
    const [plan] = rows[0]?.['QUERY PLAN'] ?? [];
    if (!plan) throw new Error('The database answered without a plan');
    const nodes: PlanNode[] = [];
    const walk = (node: PlanNode): void => { nodes.push(node); node.Plans?.forEach(walk); };
    walk(plan.Plan);
    return {
      conditions: nodes.filter((node) => node['Index Cond'] !== undefined).map((node) => `${node['Index Name'] ?? node['Node Type']}: ${node['Index Cond'] ?? ''}`).join('\n'),
      names: nodes.map((node) => node['Index Name'] ?? node['Node Type']).join(' '), milliseconds: plan['Execution Time'], rows: plan.Plan['Actual Rows'] ?? 0,
    };
  }
}
