import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { readListQuery } from '@roster/platform-http';
import { asAdmin, createTestContext, createTestDatabase, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { InventoryModule } from '../inventory.module.js';
import { WorkloadItemRepository } from './workload-item.repository.js';
import { readWorkloadList, WORKLOAD_LIST } from './workload-list.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');
/** More than a search names by id. */
const MANY = 2_500;

describe('a search that finds more than can be named', () => {
  let db: TestDatabase;
  let context: INestApplicationContext;
  let items: WorkloadItemRepository;
  let org: TestOrganization;
  let other: TestOrganization;

  beforeAll(async () => {
    db = await createTestDatabase();
    context = await createTestContext({ config: testConfig(db), clock: new FakeClock(NOW), imports: [InventoryModule] });
    items = context.get(WorkloadItemRepository);
    org = await seedOrganization(db);
    other = await seedOrganization(db);
    for (const [{ tenantId }, count] of [[org, MANY], [other, 40]] as const) {
      // The matches changed last of all, so that no page of the default order begins with one; one in five is an agent.
      await asAdmin(db, tenantId, NOW, (admin) => admin.query(
        `INSERT INTO workload (tenant_id, id, key, name, kind, purpose, registered_at, updated_at)
         SELECT $1, gen_random_uuid(), 'W-' || n, CASE WHEN n <= $2 THEN 'Claims triage ' ELSE 'Search ranking ' END || n, CASE WHEN n % 5 = 0 THEN 'agent' ELSE 'model' END, 'Answers questions', $3, $3::timestamptz - (2 * $2 - n) * interval '1 second'
           FROM generate_series(1, 2 * $2::int) n`, [tenantId, count, NOW]));
    }
  }, 120_000);
  afterAll(async () => {
    await context.close();
    await db.drop();
  });

  const search = (raw: Record<string, string | string[]>, scope = org.scope): ReturnType<WorkloadItemRepository['read']> => {
    const query = readListQuery(raw, WORKLOAD_LIST);
    return items.read(scope, readWorkloadList(query, { now: NOW, me: '' }), query);
  };
  const update = (set: string, upTo: number): Promise<unknown> => asAdmin(db, org.tenantId, NOW, (admin) => admin.query(
    `UPDATE workload SET ${set} WHERE tenant_id = $1 AND key IN (SELECT 'W-' || n FROM generate_series(1, $2::int) n)`, [org.tenantId, upTo]));

  it('counts every match, narrowed or not, and none of another organization', async () => {
    expect((await search({ q: 'claims', count: 'true' })).total).toBe(MANY);
    expect((await search({ q: 'questions', count: 'true' })).total).toBe(2 * MANY);
    expect((await search({ q: 'claims', count: 'true', 'filter[kind]': 'agent' })).total).toBe(MANY / 5);
    expect((await search({ q: 'claims questions', count: 'true' })).total).toBe(MANY);
    expect((await search({ q: 'nothing of the kind', count: 'true' })).total).toBe(0);
    expect((await search({ q: 'claims', count: 'true' }, other.scope)).total).toBe(40);
  });

  it.each([['-updatedAt', 'W-2500', 'W-2499'], ['updatedAt', 'W-1', 'W-2'], ['name', 'W-1', 'W-10']])('pages through matches at the far end of the order %s', async (sort, first, second) => {
    const { rows } = await search({ q: 'claims', sort, limit: '100' });
    const found = rows.map(({ json }) => JSON.parse(json) as { key: string; name: string });
    expect(found).toHaveLength(101);
    expect(found.slice(0, 2).map(({ key }) => key)).toEqual([first, second]);
    expect(found.every(({ name }) => name.startsWith('Claims triage'))).toBe(true);
  });

  it('neither finds nor counts what was withdrawn or merged away, and again what came back', async () => {
    const total = async (): Promise<number | undefined> => (await search({ q: 'claims', count: 'true' })).total;
    const named = async (q: string): Promise<number> => (await search({ q })).rows.length;
    const [survivor] = (await search({ q: 'W-5000', limit: '1' })).rows;
    await update(`withdrawn_at = app_now()`, 100);
    expect([await total(), await named('W-77')]).toEqual([MANY - 100, 10]);
    await update(`withdrawn_at = NULL, merged_into_id = '${survivor?.id ?? ''}'`, 100);
    expect([await total(), await named('W-77')]).toEqual([MANY - 100, 10]);
    await update('merged_into_id = NULL', 100);
    expect([await total(), await named('W-77')]).toEqual([MANY, 11]);
    await update(`name = 'Renamed', withdrawn_at = app_now()`, 50);
    await update(`withdrawn_at = NULL`, 50);
    expect([await total(), await named('renamed')]).toEqual([MANY - 50, 50]);
  });
});
