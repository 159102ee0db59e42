import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { EvidenceModule } from '@roster/evidence';
import { InventoryModule } from '@roster/inventory';
import { newId } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { JobDispatcher, Outbox } from '@roster/platform-queue';
import { asAdmin, createTestDatabase, createTestWorkerContext, FakeClock, seedOrganization, seedWorkloads, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import type { Caller } from '@roster/platform-context';
import { RecordDrillUsecase } from '../drill/record-drill.usecase.js';
import { DrillQuery } from '../drill/drill-query.js';
import { IncidentsJobsModule } from '../incidents-jobs.module.js';

let database: TestDatabase;
let context: INestApplicationContext;
let org: TestOrganization;
let other: TestOrganization;
const clock = new FakeClock('2026-03-15T10:00:00Z');

beforeAll(async () => {
  database = await createTestDatabase();
  context = await createTestWorkerContext({ config: testConfig(database), clock, imports: [InventoryModule, EvidenceModule, IncidentsJobsModule] });
  org = await seedOrganization(database);
  other = await seedOrganization(database);
});
afterAll(async () => {
  await context.close();
  await database.drop();
});

const caller = (of: TestOrganization): Caller => {
  const found = of.members[0]?.caller;
  if (!found) throw new Error('no member');
  return found;
};
const record = (key: string, secondsAgo: number, seconds: number) => context.get(RecordDrillUsecase).record(caller(org), key, {
  kind: 'kill_switch', result: 'passed', method: 'Feature flag', startedAt: new Date(clock.now().getTime() - secondsAgo * 1_000).toISOString(), endedAt: new Date(clock.now().getTime() - (secondsAgo - seconds) * 1_000).toISOString(),
});
async function merge(of: TestOrganization, from: string, into: string): Promise<void> {
  clock.advance({ seconds: 1 });
  await asAdmin(database, of.tenantId, clock.now(), (client) => client.query('UPDATE workload SET merged_into_id = $3 WHERE tenant_id = $1 AND id = $2', [of.tenantId, from, into]));
  await context.get(UnitOfWork).run(of.scope, () => context.get(Outbox).publish(of.scope, 'inventory.workload.merged', { workloadId: from, intoId: into }));
  const rows = await asAdmin(database, of.tenantId, clock.now(), async (client) => (await client.query<{ id: string }>(`SELECT id FROM outbox WHERE tenant_id = $1 AND name = 'inventory.workload.merged' ORDER BY id DESC LIMIT 1`, [of.tenantId])).rows);
  for (let delivery = 0; delivery < 2; delivery += 1) {
    await context.get(JobDispatcher).dispatch('platform.deliver-event', { tenantId: of.tenantId, outboxId: rows[0]?.id ?? '' }, { attempt: 1, signal: new AbortController().signal, jobId: newId() });
  }
}
const drills = (of: TestOrganization, workloadId: string): Promise<{ seconds: number; recorded: Date; by: string }[]> => asAdmin(database, of.tenantId, clock.now(), async (client) => (await client.query<{ seconds: number; recorded: Date; by: string }>(
  `SELECT duration_seconds AS seconds, recorded_at AS recorded, recorded_by->>'id' AS by FROM drill WHERE tenant_id = $1 AND workload_id = $2 ORDER BY duration_seconds`, [of.tenantId, workloadId])).rows);

describe('drills of a merged workload', () => {
  it('count for the survivor, once, as recorded at the merge, and stay where they were', async () => {
    const [from = '', into = ''] = await seedWorkloads(database, org, clock.now(), ['TWIN', 'ORIGINAL']);
    await record('TWIN', 1_000, 240);
    await record('TWIN', 500, 90);
    await record('ORIGINAL', 500, 90);
    const recordedAt = clock.now();
    clock.advance({ hours: 1 });
    await asAdmin(database, org.tenantId, clock.now(), (client) => client.query('DELETE FROM reevaluation_mark WHERE tenant_id = $1', [org.tenantId]));
    await merge(org, from, into);
    expect(await drills(org, into)).toEqual([{ seconds: 90, recorded: recordedAt, by: org.members[0]?.id }, { seconds: 240, recorded: clock.now(), by: org.members[0]?.id }]);
    expect(await drills(org, from)).toHaveLength(2);
    expect((await context.get(DrillQuery).recordedBetween(org.scope, into, recordedAt, clock.now())).map(({ durationSeconds }) => durationSeconds)).toEqual([240]);
    const told = await asAdmin(database, org.tenantId, clock.now(), async (client) => ({
      trail: (await client.query(`SELECT 1 FROM trail_entry WHERE tenant_id = $1 AND action = 'incidents.drill.taken-over' AND workload_id = $2`, [org.tenantId, into])).rowCount,
      marked: (await client.query(`SELECT 1 FROM reevaluation_mark WHERE tenant_id = $1 AND workload_id = $2 AND 'drill' = ANY (reasons)`, [org.tenantId, into])).rowCount,
    }));
    expect(told).toEqual({ trail: 1, marked: 1 });
  });

  it('follow a survivor that was merged on before the event arrived', async () => {
    const [from = '', middle = '', last = ''] = await seedWorkloads(database, org, clock.now(), ['CHAIN-1', 'CHAIN-2', 'CHAIN-3']);
    await record('CHAIN-1', 1_000, 120);
    await asAdmin(database, org.tenantId, clock.now(), (client) => client.query('UPDATE workload SET merged_into_id = $3 WHERE tenant_id = $1 AND id = $2', [org.tenantId, middle, last]));
    await merge(org, from, middle);
    expect([await drills(org, middle), (await drills(org, last)).length]).toEqual([[], 1]);
  });

  it('of another organization are out of reach', async () => {
    const [mine = ''] = await seedWorkloads(database, org, clock.now(), ['MINE']);
    await record('MINE', 1_000, 60);
    const [theirs = ''] = await seedWorkloads(database, other, clock.now(), ['THEIRS']);
    await merge(other, mine, theirs);
    expect([(await drills(org, mine)).length, await drills(other, theirs)]).toEqual([1, []]);
  });
});
