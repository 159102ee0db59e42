import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { dumpSchema } from './schema-dump.js';

describe('the schema that the migrations make', () => {
  let database: TestDatabase;
  let client: Client;
  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.migratorUrl });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('is the one in schema.sql (run `npm run gen` after changing a migration)', async () => {
    expect(await dumpSchema(client)).toBe(await readFile(new URL('../schema.sql', import.meta.url), 'utf8'));
  });

  it.each([
    ['a column', 'ALTER TABLE member ADD COLUMN drifted text', /\+ +drifted text|drifted text/],
    ['an index', 'CREATE INDEX drifted_idx ON member (tenant_id, name)', /CREATE INDEX drifted_idx/],
    ['a right', 'GRANT DELETE ON trail_entry TO roster_scheduler', /GRANT DELETE ON trail_entry TO roster_scheduler/],
    ['a policy', 'CREATE POLICY drifted ON member FOR SELECT TO PUBLIC USING (true)', /CREATE POLICY drifted ON member/],
    ['a function', 'CREATE FUNCTION drifted() RETURNS integer LANGUAGE sql AS $$ SELECT 1 $$', /FUNCTION public\.drifted/],
    ['a missing check', 'ALTER TABLE member NO FORCE ROW LEVEL SECURITY', null],
  ])('shows drift: %s', async (_what, change, expected) => {
    const before = await dumpSchema(client);
    await client.query('BEGIN');
    await client.query(change);
    const after = await dumpSchema(client);
    await client.query('ROLLBACK');
    expect(after).not.toBe(before);
    if (expected) expect(after).toMatch(expected);
    expect(await dumpSchema(client)).toBe(before);
  });
});
