import { randomBytes } from 'node:crypto';
import { grantDatabase } from '@roster/schema';
import { Client } from 'pg';
import { testPostgres } from './test-postgres.js';

/** A database of one test file: the migrated schema, no rows, the roles of production. */
export interface TestDatabase {
  readonly name: string;
  /** As `roster_app`: row security applies. */
  readonly appUrl: string;
  readonly schedulerUrl: string;
  /** As `roster_migrator`: owner of the tables; row security is forced on it too. */
  readonly migratorUrl: string;
  /** As `roster_queue`, for the Postgres backend of the queue. */
  readonly queueUrl: string;
  /** As superuser: sees everything. For oracles and set-up that no role may do. */
  readonly adminUrl: string;
  /** Ends every connection and removes the database. */
  drop(): Promise<void>;
}

async function asAdmin<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: testPostgres().adminUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Clones the migrated template. Call it once per test file, in `beforeAll`, and `drop()` in `afterAll`.
 * @param options.empty true: without the schema, for tests of the migrations themselves
 */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const { template, passwords, port, adminUrl } = testPostgres();
  const name = `t_${randomBytes(6).toString('hex')}`;
  await asAdmin(async (admin) => {
    await admin.query(`CREATE DATABASE ${name} OWNER roster_migrator TEMPLATE ${options.empty ? 'template0' : template} STRATEGY FILE_COPY`);
    await grantDatabase(admin, name);
  });
  const url = (user: string, password: string): string => `postgres://${user}:${password}@127.0.0.1:${port}/${name}`;
  return {
    name,
    appUrl: url('roster_app', passwords.app),
    schedulerUrl: url('roster_scheduler', passwords.scheduler),
    migratorUrl: url('roster_migrator', passwords.migrator),
    queueUrl: url('roster_queue', passwords.queue),
    adminUrl: adminUrl.replace(/\/postgres$/, `/${name}`),
    drop: () => asAdmin(async (admin) => { await admin.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`); }),
  };
}
