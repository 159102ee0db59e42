import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { startRedis } from './redis.js';
import { createTestDatabase, type TestDatabase } from './test-database.js';
import { waitFor } from './wait-for.js';

async function query(url: string, sql: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Record<string, unknown>[];
  } finally {
    await client.end();
  }
}

describe('createTestDatabase', () => {
  let database: TestDatabase;
  beforeAll(async () => { database = await createTestDatabase(); });
  afterAll(async () => { await database.drop(); });

  it('has the schema and the roles of production', async () => {
    const rows = await query(database.appUrl, `SELECT current_user AS who, to_regclass('organization') IS NOT NULL AS schema, rolsuper, rolbypassrls FROM pg_roles WHERE rolname = current_user`);
    expect(rows).toEqual([{ who: 'roster_app', schema: true, rolsuper: false, rolbypassrls: false }]);
    for (const [url, who] of [[database.schedulerUrl, 'roster_scheduler'], [database.migratorUrl, 'roster_migrator'], [database.queueUrl, 'roster_queue']] as const) {
      expect(await query(url, 'SELECT current_user AS who')).toEqual([{ who }]);
    }
  });
  it('is a database of its own, gone after drop, also with open connections', async () => {
    const other = await createTestDatabase();
    await query(other.migratorUrl, 'CREATE TABLE only_here (id integer)');
    expect(await query(database.migratorUrl, `SELECT to_regclass('only_here') AS found`)).toEqual([{ found: null }]);
    const open = new Client({ connectionString: other.appUrl });
    const errors: Error[] = [];
    open.on('error', (error) => errors.push(error));
    await open.connect();
    await other.drop();
    await waitFor(() => errors.length > 0, { what: 'the end of the open connection' });
    expect(await query(database.adminUrl, `SELECT datname FROM pg_database WHERE datname = '${other.name}'`)).toEqual([]);
  });
});

describe('startRedis', () => {
  it('runs a server that refuses to evict, and ends it', async () => {
    const redis = await startRedis();
    await redis.stop();
    const again = await startRedis({ maxmemoryPolicy: 'allkeys-lru' });
    expect(again.url).toBe(`redis://127.0.0.1:${again.port}`);
    await again.stop();
  });
});
