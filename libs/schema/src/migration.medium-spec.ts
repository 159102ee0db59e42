import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { applyMigrations, assertMigrated, loadMigrations, migrationState } from './migration.js';

describe('migrations', () => {
  let db: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    db = await createTestDatabase({ empty: true });
    client = new Client({ connectionString: db.migratorUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await db.drop();
  });

  it('are pending on an empty database, and api and worker refuse to start on it', async () => {
    expect((await migrationState(client)).pending).toEqual((await loadMigrations()).map((m) => m.name));
    await expect(assertMigrated(db.migratorUrl)).rejects.toThrow('roster-ops migrate');
  });

  it('apply once, also when two migrators start together', async () => {
    const second = new Client({ connectionString: db.migratorUrl });
    await second.connect();
    const applied = await Promise.all([applyMigrations(client), applyMigrations(second)]);
    await second.end();
    expect(applied.flat().sort()).toEqual((await loadMigrations()).map((m) => m.name));
    expect(await applyMigrations(client)).toEqual([]);
    await assertMigrated(db.appUrl);
  });

  it('refuse to go on when an applied file was edited', async () => {
    await client.query(`UPDATE schema_migration SET digest = 'edited' WHERE name LIKE '0001%'`);
    await expect(applyMigrations(client)).rejects.toThrow('0001_platform.sql');
  });
});
