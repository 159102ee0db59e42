import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { createTestContext, createTestDatabase, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Client } from 'pg';
import { Trail } from './trail.js';

describe('Trail', () => {
  let db: TestDatabase;
  let context: INestApplicationContext;
  let org: TestOrganization;
  let other: TestOrganization;
  let admin: Client;
  let trail: Trail;
  let unitOfWork: UnitOfWork;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');
  const event = (n: number) => ({ action: 'inventory.workload.changed', object: { type: 'workload', id: `w${n}`, version: n }, payload: { n, password: 'hunter22' } });

  beforeAll(async () => {
    db = await createTestDatabase();
    context = await createTestContext({ config: testConfig(db), clock, imports: [] });
    org = await seedOrganization(db);
    other = await seedOrganization(db);
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
    trail = context.get(Trail);
    unitOfWork = context.get(UnitOfWork);
  });
  afterAll(async () => {
    await admin.end();
    await context.close();
    await db.drop();
  });
  const count = async (table: string, tenantId: string): Promise<number> =>
    Number((await admin.query<{ n: string }>(`SELECT count(*) AS n FROM ${table} WHERE tenant_id = $1`, [tenantId])).rows[0]?.n);

  it('refuses to record outside the transaction of the change', async () => {
    await expect(trail.record(org.scope, event(1))).rejects.toThrow('in the transaction of the change');
  });

  it('records in the caller\'s transaction, under its actor, without secrets', async () => {
    const member = org.members[0];
    if (member === undefined) throw new Error('no member');
    const scope = TenantScope.authorised(org.tenantId, member.caller.actor);
    const id = await unitOfWork.run(scope, () => trail.record(scope, { ...event(2), workloadId: '019a0000-0000-7000-8000-000000000001', reason: 'because' }));
    const { rows: [row] } = await admin.query<{ entry: string; disclosure: string; at: Date; actor_id: string; workload_id: string }>('SELECT * FROM trail_entry WHERE tenant_id = $1 AND id = $2', [org.tenantId, id]);
    expect(JSON.parse(row?.entry ?? '')).toMatchObject({ v: 1, id, tenant: org.tenantId, at: '2026-05-01T12:00:00.000Z', actor: { type: 'member', id: member.id }, reason: 'because' });
    expect(JSON.parse(row?.disclosure ?? '')).toMatchObject({ actorName: member.name, payload: { n: 2, password: '[redacted]' } });
    expect(row).toMatchObject({ at: clock.now(), actor_id: member.id, workload_id: '019a0000-0000-7000-8000-000000000001' });
    expect(await count('trail_pending', org.tenantId)).toBe(1);
  });

  it('vanishes with a change that is rolled back', async () => {
    const before = await count('trail_entry', org.tenantId);
    await expect(unitOfWork.run(org.scope, async () => {
      await trail.record(org.scope, event(3));
      throw new Error('the change failed');
    })).rejects.toThrow('the change failed');
    expect(await count('trail_entry', org.tenantId)).toBe(before);
  });

  it('records thousands in order', async () => {
    const ids = await unitOfWork.run(org.scope, () => trail.recordMany(org.scope, Array.from({ length: 1_234 }, (_, i) => event(i))));
    expect(ids).toEqual([...ids].sort());
    const { rows } = await admin.query<{ entry_id: string }>('SELECT entry_id FROM trail_pending WHERE tenant_id = $1 ORDER BY ordinal DESC LIMIT 1234', [org.tenantId]);
    expect(rows.map((row) => row.entry_id).reverse()).toEqual(ids);
  });

  it('shows another organization nothing and lets it write nothing here', async () => {
    const app = new Client({ connectionString: db.appUrl });
    await app.connect();
    try {
      await app.query('BEGIN');
      await app.query(`SELECT set_config('app.tenant_id', $1, true)`, [other.tenantId]);
      for (const table of ['trail_entry', 'trail_pending', 'trail_leaf', 'trail_node', 'trail_checkpoint']) {
        expect((await app.query<{ n: string }>(`SELECT count(*) AS n FROM ${table}`)).rows[0]?.n).toBe('0');
      }
      await expect(app.query(`INSERT INTO trail_node (tenant_id, level, node_index, hash) VALUES ($1, 1, 0, decode(repeat('00', 32), 'hex'))`, [org.tenantId])).rejects.toThrow('row-level security');
    } finally {
      await app.end();
    }
  });

  it('refuses update, delete and truncate, to the application and to the owner of the database', async () => {
    const app = new Client({ connectionString: db.appUrl });
    await app.connect();
    await app.query(`SELECT set_config('app.tenant_id', $1, false)`, [org.tenantId]);
    try {
      await expect(app.query(`UPDATE trail_entry SET action = 'a.b.c'`)).rejects.toThrow('permission denied');
      await expect(app.query('DELETE FROM trail_entry')).rejects.toThrow('permission denied');
    } finally {
      await app.end();
    }
    await admin.query(`INSERT INTO trail_node (tenant_id, level, node_index, hash) VALUES ($1, 1, 999, decode(repeat('00', 32), 'hex'))`, [org.tenantId]);
    for (const statement of [`UPDATE trail_entry SET action = 'a.b.c'`, 'DELETE FROM trail_entry', 'TRUNCATE trail_entry CASCADE', 'DELETE FROM trail_node', `UPDATE trail_node SET level = 2`]) {
      await expect(admin.query(statement)).rejects.toThrow('append-only');
    }
  });
});
