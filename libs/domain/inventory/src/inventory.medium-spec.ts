import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { INestApplicationContext } from '@nestjs/common';
import { newId } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { createTestContext, createTestDatabase, FakeClock, seedOrganization, testConfig, waitFor, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Client } from 'pg';
import { ReevaluationMarks } from './classification-state/reevaluation-marks.js';
import { WorkloadProjection } from './classification-state/workload-projection.js';
import { ComponentRepository } from './component/component.repository.js';
import { CustomFieldRepository } from './custom-field/custom-field.repository.js';
import { DuplicateRepository } from './duplicate/duplicate.repository.js';
import { WorkloadFactsQuery } from './fact/workload-facts.query.js';
import { WorkloadFactsRepository } from './fact/workload-facts.repository.js';
import { WorkloadHistoryRepository } from './history/workload-history.repository.js';
import { InventoryModule } from './inventory.module.js';
import { OwnerAssignmentRepository } from './owner/owner-assignment.repository.js';
import { roleSlot } from './owner/owner-slot.js';
import { RelationRepository } from './relation/relation.repository.js';
import { ToolGrantRepository } from './tool-grant/tool-grant.repository.js';
import { RegisterWorkloadUsecase } from './workload/register-workload.usecase.js';
import type { RegisteredWorkloadDto } from './workload/workload.dto.js';
import { WorkloadItemRepository } from './workload/workload-item.repository.js';
import { WorkloadLookup } from './workload/workload-lookup.js';
import { WorkloadRepository } from './workload/workload.repository.js';

describe('the repositories and doors of the inventory', () => {
  let db: TestDatabase;
  let context: INestApplicationContext;
  let sql: Client;
  let mine: TestOrganization;
  let other: TestOrganization;
  let bot: RegisteredWorkloadDto;
  let theirs: RegisteredWorkloadDto;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');
  const register = (org: TestOrganization, name: string): Promise<RegisteredWorkloadDto> => context.get(RegisterWorkloadUsecase).register(org.members[0]?.caller ?? fail(), {
    name, kind: 'agent', purpose: 'Answers questions', team: 'Care', riskOwner: org.members[0]?.id ?? '', processesRealData: 'yes', repositories: ['git.example.com/shared'],
  });
  const fail = (): never => { throw new Error('no member'); };
  const marks = async (id: string): Promise<string[] | null> => (await sql.query<{ reasons: string[] }>('SELECT reasons FROM reevaluation_mark WHERE workload_id = $1', [id])).rows[0]?.reasons ?? null;
  const clearMarks = () => sql.query('DELETE FROM reevaluation_mark');

  beforeAll(async () => {
    db = await createTestDatabase();
    context = await createTestContext({ config: testConfig(db), clock, imports: [InventoryModule] });
    mine = await seedOrganization(db);
    other = await seedOrganization(db);
    bot = await register(mine, 'Support bot');
    theirs = await register(other, 'Support bot');
    const neighbour = await register(mine, 'Neighbour');
    await context.get(UnitOfWork).run(mine.scope, async () => {
      const [component] = await context.get(ComponentRepository).ensure(mine.scope, [{ type: 'model', provider: '', name: 'acme', pinnedVersion: '', hosting: undefined, lockIn: undefined, reference: undefined, usage: null }], clock.now());
      await context.get(ComponentRepository).declare(mine.scope, bot.id, [{ id: component ?? '', usage: null }], clock.now());
      await context.get(RelationRepository).replace(mine.scope, bot.id, [{ type: 'calls', otherId: neighbour.id, note: null }], clock.now());
      await context.get(ToolGrantRepository).replace(mine.scope, bot.id, [{ name: 'crm', access: 'read', scope: '' }], clock.now());
    });
    sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await context.close();
    await db.drop();
  });

  it('finds a workload by key and id in its organization only', async () => {
    const lookup = context.get(WorkloadLookup);
    expect(await lookup.require(mine.scope, 'support-bot')).toMatchObject({ id: bot.id, key: 'SUPPORT-BOT', version: 1, lifecycle: 'active', stage: null, frozen: false, riskOwnerMemberId: null });
    expect((await lookup.require(other.scope, 'SUPPORT-BOT')).id).toBe(theirs.id);
    await expect(lookup.require(other.scope, bot.id)).rejects.toThrow('INVENTORY_WORKLOAD_NOT_FOUND');
    expect([...(await lookup.requireMany(mine.scope, ['SUPPORT-BOT', bot.id])).values()].map(({ id }) => id)).toEqual([bot.id, bot.id]);
    await expect(lookup.requireMany(mine.scope, [bot.id, theirs.id, 'NOBODY'])).rejects.toMatchObject({ code: 'PLATFORM_REFERENCE_UNKNOWN', errors: [{ path: 'workloads[1]' }, { path: 'workloads[2]' }] });
  });

  it.each<[string, (org: TestOrganization, id: string) => Promise<unknown>, unknown]>([
    ['facts', async (org, id) => (await context.get(WorkloadFactsQuery).load(org.scope, [id])).size, 0],
    ['statements', (org, id) => context.get(WorkloadFactsRepository).statements(org.scope, id), []],
    ['item', (org, id) => context.get(WorkloadItemRepository).find(org.scope, id, null), null],
    ['item as of', (org, id) => context.get(WorkloadItemRepository).find(org.scope, id, clock.now()), null],
    ['state', (org, id) => context.get(WorkloadRepository).state(org.scope, id), null],
    ['touch', (org, id) => context.get(WorkloadRepository).touch(org.scope, { id, version: 1 }, clock.now()), 0],
    ['retire', (org, id) => context.get(WorkloadRepository).retire(org.scope, { id, version: 1 }, { reason: 'x', decommission: 'x', at: clock.now() }), 0],
    ['components', (org, id) => context.get(ComponentRepository).of(org.scope, id), []],
    ['relations', (org, id) => context.get(RelationRepository).of(org.scope, id), []],
    ['tool grants', (org, id) => context.get(ToolGrantRepository).list(org.scope, id), []],
    ['owners', (org, id) => context.get(OwnerAssignmentRepository).list(org.scope, id, null), []],
    ['current owners', (org, id) => context.get(OwnerAssignmentRepository).current(org.scope, id, roleSlot('risk_owner')), []],
    ['history', (org, id) => context.get(WorkloadHistoryRepository).page(org.scope, id, { after: null, until: null, limit: 50 }), []],
    ['duplicates', (org, id) => context.get(DuplicateRepository).candidates(org.scope, id), null],
    ['mark', (org, id) => context.get(ReevaluationMarks).has(org.scope, id), false],
  ])('neither shows nor changes %s of another organization', async (_what, work, nothing) => {
    const before = await sql.query('SELECT * FROM workload WHERE id = $1', [bot.id]);
    expect(await work(other, bot.id)).toEqual(nothing);
    expect((await sql.query('SELECT * FROM workload WHERE id = $1', [bot.id])).rows).toEqual(before.rows);
    expect(await context.get(UnitOfWork).run(mine.scope, async () => {
      const own = await work(mine, bot.id);
      // Undone, so that the next case starts from the same state.
      throw Object.assign(new Error('undo'), { own });
    }).catch((error: { own?: unknown }) => JSON.stringify(error.own))).not.toBe(JSON.stringify(nothing));
  });

  it('does not attach anything to a workload of another organization', async () => {
    for (const write of [
      () => context.get(WorkloadFactsRepository).record(other.scope, bot.id, [{ fact: 'handlesPii', value: 'no', provenance: 'declared', source: null, at: clock.now().toISOString(), by: null }]),
      () => context.get(OwnerAssignmentRepository).propose(other.scope, { ...roleSlot('on_call'), id: newId(), workloadId: bot.id, memberId: other.members[0]?.id ?? null, invitedEmail: null, at: clock.now() }),
      () => context.get(OwnerAssignmentRepository).propose(mine.scope, { ...roleSlot('on_call'), id: newId(), workloadId: bot.id, memberId: other.members[0]?.id ?? null, invitedEmail: null, at: clock.now() }),
      () => context.get(ToolGrantRepository).replace(other.scope, bot.id, [{ name: 'x', access: 'read', scope: '' }], clock.now()),
      () => context.get(RelationRepository).replace(mine.scope, bot.id, [{ type: 'calls', otherId: theirs.id, note: null }], clock.now()),
    ]) await expect(write()).rejects.toThrow(/foreign key/);
    expect(await context.get(CustomFieldRepository).named(other.scope, ['x'])).toEqual([]);
  });

  it('projects outcomes on the workload without a new version, and keeps them in history', async () => {
    const projection = context.get(WorkloadProjection);
    const classificationId = newId();
    const outcome = { workloadId: bot.id, stage: 'pilot' as const, hardening: true, undetermined: true, frozen: false, classificationId, classifiedAt: clock.now(), reevaluateAt: new Date('2026-06-01T00:00:00Z'), missingEvidence: 4, fallsAt: new Date('2026-06-01T00:00:00Z') };
    clock.advance({ minutes: 1 });
    await projection.applyStages(other.scope, [outcome]);
    expect((await context.get(WorkloadLookup).require(mine.scope, bot.id)).stage).toBeNull();
    await projection.applyStages(mine.scope, [outcome]);
    await projection.applyNextReview(mine.scope, [{ workloadId: bot.id, nextReviewDueAt: new Date('2026-07-01T09:00:00Z') }]);
    expect(await context.get(WorkloadLookup).require(mine.scope, bot.id)).toMatchObject({ stage: 'pilot', version: 1 });
    const states = () => sql.query('SELECT count(*)::int AS n FROM workload_history WHERE id = $1', [bot.id]);
    const before = (await states()).rows[0] as { n: number };
    clock.advance({ minutes: 1 });
    await projection.applyStages(mine.scope, [outcome]);
    expect((await states()).rows[0]).toEqual(before);
    const then = await context.get(WorkloadItemRepository).find(mine.scope, bot.id, new Date('2026-05-01T12:00:30Z'));
    expect(JSON.parse(then?.json ?? '{}')).toMatchObject({ stage: null, nextReviewDueAt: null });
  });

  it('marks a workload when something changes that the tree reads, and not when something else does', async () => {
    const run = async (statement: string, values: unknown[] = []): Promise<string[] | null> => {
      await clearMarks();
      await sql.query('BEGIN');
      await sql.query(`SELECT set_config('app.tenant_id', $1, true)`, [mine.tenantId]);
      await sql.query(statement, values);
      await sql.query('COMMIT');
      return marks(bot.id);
    };
    expect(await run(`UPDATE workload SET handles_pii = 'yes' WHERE id = $1`, [bot.id])).toEqual(['fact']);
    expect(await run(`UPDATE workload SET risk_tier = 'high' WHERE id = $1`, [bot.id])).toEqual(['fact']);
    expect(await run(`UPDATE workload SET description = 'x', tags = '{a}', updated_at = app_now() WHERE id = $1`, [bot.id])).toBeNull();
    expect(await run(`UPDATE workload SET hardening = false, frozen = true, classified_at = app_now() WHERE id = $1`, [bot.id])).toBeNull();
    expect(await run(`UPDATE owner_assignment SET status = 'declined' WHERE workload_id = $1`, [bot.id])).toEqual(['owner']);
    expect(await run(`SELECT mark_for_reevaluation($1, $2, 'evidence'), mark_for_reevaluation($1, $2, 'drill')`, [mine.tenantId, bot.id])).toEqual(['evidence', 'drill']);
  });

  it('hands marks out once, and again when the evaluation fails', async () => {
    await clearMarks();
    const more = await Promise.all(Array.from({ length: 5 }, (_, n) => register(mine, `Marked ${n}`)));
    const work = context.get(UnitOfWork);
    const door = context.get(ReevaluationMarks);
    await expect(work.run(mine.scope, async () => {
      expect(await door.claim(mine.scope, 10)).toHaveLength(5);
      throw new Error('evaluation failed');
    })).rejects.toThrow('evaluation failed');
    const claimed = await Promise.all([1, 2, 3].map(() => work.run(mine.scope, () => door.claim(mine.scope, 3))));
    const ids = claimed.flat().map(({ workloadId }) => workloadId);
    ids.push(...(await work.run(mine.scope, () => door.claim(mine.scope, 10))).map(({ workloadId }) => workloadId));
    expect([...ids].sort()).toEqual(more.map(({ id }) => id).sort());
    expect(await work.run(other.scope, () => door.claim(other.scope, 10))).toEqual([]);
  });

  it('neither waits for a writer nor overlooks one', async () => {
    await clearMarks();
    const writer = new Client({ connectionString: db.adminUrl });
    await writer.connect();
    await writer.query('BEGIN');
    await writer.query(`SELECT set_config('app.tenant_id', $1, true)`, [mine.tenantId]);
    await writer.query(`UPDATE workload SET executes_tools = 'yes' WHERE id = $1`, [bot.id]);
    const claim = () => context.get(UnitOfWork).run(mine.scope, () => context.get(ReevaluationMarks).claim(mine.scope, 10));
    expect(await claim()).toEqual([]);
    await writer.query('COMMIT');
    await writer.end();
    expect(await claim()).toEqual([{ workloadId: bot.id, triggers: ['fact'] }]);
  });

  it('lets a writer that comes during an evaluation leave its mark after it', async () => {
    await clearMarks();
    await sql.query(`SELECT set_config('app.tenant_id', $1, false)`, [mine.tenantId]);
    await sql.query(`SELECT mark_for_reevaluation($1, $2, 'drill')`, [mine.tenantId, bot.id]);
    let written: Promise<unknown> = Promise.resolve();
    await context.get(UnitOfWork).run(mine.scope, async () => {
      expect(await context.get(ReevaluationMarks).claim(mine.scope, 10)).toHaveLength(1);
      written = sql.query(`SELECT mark_for_reevaluation($1, $2, 'evidence')`, [mine.tenantId, bot.id]);
      await context.get(WorkloadProjection).applyStages(mine.scope, [{ workloadId: bot.id, stage: 'experiment', hardening: false, undetermined: false, frozen: false, classificationId: newId(), classifiedAt: clock.now(), reevaluateAt: null, missingEvidence: 3, fallsAt: null }]);
    });
    await written;
    await waitFor(async () => (await marks(bot.id))?.includes('evidence') ?? false);
  });

  it('tells incomplete from complete in all 32 combinations, as the list shows it', async () => {
    for (let bits = 0; bits < 32; bits += 1) {
      const lacks = (bit: number): boolean => (bits & (1 << bit)) !== 0;
      await sql.query('BEGIN');
      await sql.query(`UPDATE workload SET kind = $2, purpose = $3, team = $4, risk_owner_status = $5, risk_owner_member_id = NULL, processes_real_data_answered = $6 WHERE id = $1`,
        [bot.id, lacks(0) ? null : 'agent', lacks(1) ? null : 'p', lacks(2) ? null : 't', lacks(3) ? 'none' : 'proposed', !lacks(4)]);
      await sql.query('COMMIT');
      const item = JSON.parse((await context.get(WorkloadItemRepository).find(mine.scope, bot.id, null))?.json ?? '{}') as Record<string, unknown>;
      expect([item['missing'], item['incomplete'], item['unowned']]).toEqual([['kind', 'purpose', 'team', 'riskOwner', 'processesRealData'].filter((_field, index) => lacks(index)), bits !== 0, lacks(3)]);
    }
  });
});
