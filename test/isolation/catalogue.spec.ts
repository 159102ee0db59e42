import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { findings, RULES } from './catalogue.js';

let db: TestDatabase;
let admin: Client;
beforeAll(async () => {
  db = await createTestDatabase();
  admin = new Client({ connectionString: db.adminUrl });
  await admin.connect();
});
afterAll(async () => {
  await admin.end();
  await db.drop();
});

const SECURED = `CALL secure_tenant_table('probe', 'SELECT, INSERT, UPDATE, DELETE')`;
const TABLE = 'CREATE TABLE probe (tenant_id uuid NOT NULL REFERENCES organization (tenant_id), id uuid NOT NULL, PRIMARY KEY (tenant_id, id))';

/** [rule, statements that break it]. Statements run as the owner, in a transaction that is rolled back. */
const BROKEN: [string, string[]][] = [
  ['a table has tenant_id or is on the allow-list', ['CREATE TABLE probe (id uuid PRIMARY KEY)']],
  ['tenant_id is uuid NOT NULL', ['CREATE TABLE probe (tenant_id text NOT NULL, id uuid NOT NULL, PRIMARY KEY (tenant_id, id))']],
  ['row security is enabled and forced', [TABLE, 'ALTER TABLE probe ENABLE ROW LEVEL SECURITY']],
  ['the tenant policy reads and checks the tenant of the transaction', [TABLE, 'ALTER TABLE probe ENABLE ROW LEVEL SECURITY', 'ALTER TABLE probe FORCE ROW LEVEL SECURITY', 'CREATE POLICY tenant_isolation ON probe USING (true) WITH CHECK (true)']],
  ['every other policy only reads, and only for the scheduler or the owner', [TABLE, SECURED, 'CREATE POLICY wide ON probe FOR SELECT TO roster_app USING (true)']],
  ['the primary key leads with tenant_id', ['CREATE TABLE probe (tenant_id uuid NOT NULL, id uuid NOT NULL, PRIMARY KEY (id, tenant_id))', SECURED]],
  ['every index leads with tenant_id, or is a listed exception', [TABLE, SECURED, 'CREATE INDEX probe_id ON probe (id)']],
  ['every index leads with tenant_id, or is a listed exception', [TABLE, SECURED, 'CREATE INDEX probe_sweep_idx ON probe (id)']],
  ['a unique key contains tenant_id (ready for sharding)', [TABLE, SECURED, 'CREATE UNIQUE INDEX probe_id ON probe (id)']],
  ['a foreign key carries tenant_id on both sides, or goes to a table that sharding replicates', [
    TABLE, SECURED, 'CREATE UNIQUE INDEX probe_id ON probe (id)', 'ALTER TABLE member ADD COLUMN probe_id uuid REFERENCES probe (id)']],
  ['nothing refers from a table without tenant to one with', [TABLE, SECURED, 'CREATE UNIQUE INDEX probe_id ON probe (id)', 'ALTER TABLE user_account ADD COLUMN probe_id uuid REFERENCES probe (id)']],
  ['no enum, numeric, time without zone, or char(n) column', [TABLE, SECURED, `CREATE TYPE mood AS ENUM ('good')`, 'ALTER TABLE probe ADD COLUMN mood mood']],
  ['no enum, numeric, time without zone, or char(n) column', [TABLE, SECURED, 'ALTER TABLE probe ADD COLUMN amount numeric']],
  ['an instant has milliseconds, as JavaScript reads it', [TABLE, SECURED, 'ALTER TABLE probe ADD COLUMN at timestamptz']],
  ['the application neither owns, truncates, nor may bypass anything', [TABLE, SECURED, 'GRANT TRUNCATE ON probe TO roster_app']],
  ['nobody else has any right on a table', [TABLE, SECURED, 'GRANT SELECT ON probe TO PUBLIC']],
  ['the scheduler reads ids and due times across organizations and never a text of theirs, and writes nothing', [`CALL allow_scheduler('member', 'email')`]],
  ['the scheduler reads ids and due times across organizations and never a text of theirs, and writes nothing', ['GRANT UPDATE (version) ON member TO roster_scheduler']],
  ['a function that looks past row security is listed, has a fixed search path, and is not for everybody', [
    `CREATE FUNCTION peek() RETURNS bigint LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS 'SELECT count(*) FROM member'`, 'REVOKE ALL ON FUNCTION peek() FROM PUBLIC']],
  ['a function that looks past row security is listed, has a fixed search path, and is not for everybody', ['ALTER FUNCTION memberships_of_user(uuid) RESET search_path']],
  ['a trigger function with rights of its owner has a fixed search path', [`CREATE FUNCTION late() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS 'BEGIN RETURN NULL; END'`]],
  ['functions take the time from app_now()', [`CREATE FUNCTION late() RETURNS timestamptz LANGUAGE sql AS 'SELECT now()'`]],
  ['a default takes the time from app_now()', [TABLE, SECURED, 'ALTER TABLE probe ADD COLUMN at timestamptz(3) DEFAULT now()']],
  ['a view keeps row security of whoever asks', ['CREATE VIEW everybody AS SELECT * FROM member']],
  ['what is on a list exists', ['DROP TABLE login_throttle']],
];

describe('the catalogue of the schema', () => {
  it('breaks no rule', async () => {
    expect(await findings(admin)).toEqual([]);
  });

  it.each(BROKEN)('would notice: %s', async (rule, statements) => {
    const owner = new Client({ connectionString: db.migratorUrl });
    await owner.connect();
    try {
      await owner.query('BEGIN');
      for (const statement of statements) await owner.query(statement);
      expect((await findings(owner)).map((finding) => finding.rule)).toContain(rule);
    } finally {
      await owner.query('ROLLBACK');
      await owner.end();
    }
  });

  it('is proven by breaking for every rule', () => {
    expect([...new Set(BROKEN.map(([rule]) => rule))].sort()).toEqual(RULES.map(({ name }) => name).sort());
  });
});

describe('row security, asked directly', () => {
  it('shows and takes nothing without a tenant, with an empty one, and with another one', async () => {
    const app = new Client({ connectionString: db.appUrl });
    await app.connect();
    try {
      const [mine, theirs] = ['01900000-0000-7000-8000-000000000001', '01900000-0000-7000-8000-000000000002'];
      const insert = (tenant: string): Promise<unknown> => app.query(`INSERT INTO organization (tenant_id, name, time_zone, edition, settings) VALUES ($1, 'X', 'UTC', 'e', '{}')`, [tenant]);
      const as = async <T>(tenant: string | null, work: () => Promise<T>): Promise<T> => {
        await app.query('BEGIN');
        if (tenant !== null) await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenant]);
        try { return await work(); } finally { await app.query('COMMIT'); }
      };
      await as(mine, () => insert(mine));
      const seen = async (): Promise<number> => (await app.query('SELECT FROM organization')).rowCount ?? -1;
      expect([await as(mine, seen), await as(theirs, seen), await as('', seen), await as(null, seen)]).toEqual([1, 0, 0, 0]);
      for (const tenant of [theirs, '', null]) await expect(as(tenant, () => insert('01900000-0000-7000-8000-000000000003'))).rejects.toThrow(/row-level security/);
      expect(await as(theirs, async () => (await app.query(`UPDATE organization SET name = 'taken'`)).rowCount)).toBe(0);
      await expect(as(mine, () => app.query('UPDATE organization SET tenant_id = $1', [theirs]))).rejects.toThrow(/row-level security/);
    } finally {
      await app.end();
    }
  });
});
