import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, seedOrganization, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Client } from 'pg';
import { DEMO_MAIL_DOMAIN, removeDemo } from './remove-demo.js';

describe('removeDemo', () => {
  let database: TestDatabase;
  let admin: Client;
  let demo: TestOrganization;
  let other: TestOrganization;
  beforeAll(async () => {
    database = await createTestDatabase();
    admin = new Client({ connectionString: database.adminUrl });
    await admin.connect();
    demo = await seedOrganization(database, { name: 'Demo' });
    other = await seedOrganization(database, { name: 'Real' });
    await admin.query('UPDATE organization SET demo = true WHERE tenant_id = $1', [demo.tenantId]);
    await admin.query(`UPDATE user_account SET email = id || '@' || $1 WHERE id IN (SELECT user_id FROM member WHERE tenant_id = $2)`, [DEMO_MAIL_DOMAIN, demo.tenantId]);

    for (const { tenantId, members } of [demo, other]) {
      await admin.query(`SELECT set_config('app.tenant_id', $1, false)`, [tenantId]);
      await admin.query(`INSERT INTO notification (tenant_id, id, member_id, kind, key, title, body, href, created_at, mail) VALUES ($1, gen_random_uuid(), $2, 'test.kind', 'key-1', 'Title', 'Body', '/x', app_now(), 'none')`, [tenantId, members[0]?.id]);
    }
  });
  afterAll(async () => {
    await admin.end();
    await database.drop();
  });

  /** Rows of an organization in every table that knows organizations. */
  async function rowsOf(tenantId: string): Promise<Record<string, number>> {
    const { rows } = await admin.query<{ name: string }>(`SELECT DISTINCT table_name AS name FROM information_schema.columns WHERE table_schema = 'public' AND column_name = 'tenant_id' ORDER BY 1`);
    const counts: Record<string, number> = {};
    for (const { name } of rows) {
      const { rows: [row] } = await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} WHERE tenant_id = $1`, [tenantId]);
      if (row && row.n > 0) counts[name] = row.n;
    }
    return counts;
  }

  it('removes the demo organization with everything in it, and nothing of another', async () => {
    const before = await rowsOf(other.tenantId);
    expect(Object.keys(await rowsOf(demo.tenantId))).toEqual(expect.arrayContaining(['member', 'notification', 'organization']));
    const removed = await removeDemo(database.migratorUrl);
    expect(removed.organizations).toEqual([{ tenantId: demo.tenantId, name: 'Demo' }]);
    expect(await rowsOf(demo.tenantId)).toEqual({});
    expect(await rowsOf(other.tenantId)).toEqual(before);
    expect((await admin.query(`SELECT count(*)::int AS n FROM user_account WHERE email LIKE '%@' || $1`, [DEMO_MAIL_DOMAIN])).rows).toEqual([{ n: 0 }]);
    expect((await admin.query('SELECT count(*)::int AS n FROM user_account')).rows).toEqual([{ n: 2 }]);
  });

  it('leaves every trigger on, and does nothing the second time', async () => {
    expect((await admin.query(`SELECT count(*)::int AS n FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'`)).rows).toEqual([{ n: 0 }]);
    expect(await removeDemo(database.migratorUrl)).toEqual({ organizations: [], rows: 0 });
  });
});
