import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Global, Module, type INestApplicationContext } from '@nestjs/common';
import { ClassificationJobsModule, ClassificationService, EvaluateWorkloadsUsecase, ForecastService, FullEvaluation, ImpactPreviewService, ReevaluationService } from '@roster/classification';
import { IMPACT_EFFECTS, type ImpactSummary, type RiskTier, type TriState } from '@roster/contracts';
import { EvidenceModule } from '@roster/evidence';
import { FrameworkCatalogue, FrameworksModule } from '@roster/frameworks';
import { IncidentsModule } from '@roster/incidents';
import { InventoryModule, Reaffirmation, WorkloadFactsQuery } from '@roster/inventory';
import { NotificationsModule } from '@roster/notifications';
import { newId } from '@roster/platform-context';
import { JOB_ATTEMPTS, JobDispatcher, Operations } from '@roster/platform-queue';
import { ReviewEditions, ReviewScheduleService, ReviewsModule } from '@roster/reviews';
import { createTestDatabase, createTestWorkerContext, FakeClock, seedOrganization, testConfig, type TestDatabase, type TestOrganization } from '@roster/testing';
import { Client } from 'pg';

@Global()
@Module({ imports: [FrameworksModule], providers: [{ provide: ReviewEditions, useExisting: FrameworkCatalogue }], exports: [ReviewEditions] })
class EditionsBinding {}

const START = '2026-05-10T12:00:00.000Z';
const DOMAINS = [1, 2, 3, 4, 5, 6, 7, 8];
const lowTierSet = DOMAINS.map((n) => `psf-1.1/PSF-${n}.1`);

describe('classification on a real database', () => {
  let db: TestDatabase;
  let admin: Client;
  let context: INestApplicationContext;
  let org: TestOrganization;
  let other: TestOrganization;
  const clock = new FakeClock(START);

  beforeAll(async () => {
    db = await createTestDatabase();
    context = await createTestWorkerContext({
      config: testConfig(db), clock,
      imports: [FrameworksModule, InventoryModule, EvidenceModule, IncidentsModule, NotificationsModule, EditionsBinding, ReviewsModule, ClassificationJobsModule],
    });
    org = await seedOrganization(db);
    other = await seedOrganization(db);
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
  }, 60_000);
  afterAll(async () => {
    await admin.end();
    await context.close();
    await db.drop();
  });

  const as = (tenant: TestOrganization) => admin.query(`SELECT set_config('app.tenant_id', $1, false), set_config('app.now', $2, false)`, [tenant.tenantId, clock.now().toISOString()]);
  const evidence = async (workloadId: string, keys: readonly string[], more: { kind?: string; expiresAt?: string | null; tenant?: TestOrganization } = {}): Promise<string> => {
    const { kind = 'document', expiresAt = null, tenant = org } = more;
    await as(tenant);
    const id = newId();
    const [submitter, decider] = tenant.members;
    await admin.query(`INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) VALUES ($1, $2, $3, 'Proof', $4, $4)`, [tenant.tenantId, id, kind, clock.now()]);
    await admin.query(
      `INSERT INTO evidence_version (tenant_id, item_id, version, url, submitted_at, submitter_member_id, status, checked_at, decided_at, decided_by, decider_member_id, expires_at)
       VALUES ($1, $2, 1, 'https://example.test/proof', $3, $4, 'accepted', $3, $3, '{"type":"member","id":"x","name":"x"}', $5, $6)`, [tenant.tenantId, id, clock.now(), submitter?.id, decider?.id, expiresAt]);
    for (const key of keys.length > 0 ? keys : ['']) {
      await admin.query(
        `INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, proposer_member_id, decided_at, decided_by, decider_member_id)
         VALUES ($1, $2, $3, $4, $5, $6, 'accepted', $7, $8, $7, '{"type":"member","id":"x","name":"x"}', $9)`,
        [tenant.tenantId, newId(), id, workloadId, key === '' ? '' : 'psf-1.1', key, clock.now(), submitter?.id, decider?.id]);
    }
    return id;
  };
  const drill = async (workloadId: string, seconds: number, endedAt = clock.now(), tenant = org): Promise<void> => {
    const item = await evidence(workloadId, [], { kind: 'drill', tenant });
    await admin.query(
      `INSERT INTO drill (tenant_id, id, workload_id, kind, started_at, ended_at, result, method, evidence_item_id, evidence_version, recorded_at) VALUES ($1, $2, $3, 'kill_switch', $4, $5, 'passed', 'switch', $6, 1, $7)`,
      [tenant.tenantId, newId(), workloadId, new Date(endedAt.getTime() - seconds * 1_000), endedAt, item, clock.now()]);
  };
  const workload = async (key: string, facts: { real?: TriState; pii?: TriState; tools?: TriState; tier?: RiskTier | null; tenant?: TestOrganization; onCall?: boolean } = {}): Promise<string> => {
    const { real = 'yes', pii = 'no', tools = 'no', tier = 'low', tenant = org, onCall = false } = facts;
    await as(tenant);
    const id = newId();
    await admin.query(
      `INSERT INTO workload (tenant_id, id, key, name, processes_real_data, handles_pii, executes_tools, risk_tier, registered_at, updated_at) VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $8)`,
      [tenant.tenantId, id, key, real, pii, tools, tier, clock.now()]);
    for (const [fact, value] of [['processesRealData', real], ['handlesPii', pii], ['executesTools', tools]] as const) {
      await admin.query(`INSERT INTO workload_fact (tenant_id, workload_id, fact, provenance, value, stated_at) VALUES ($1, $2, $3, 'declared', $4, $5)`, [tenant.tenantId, id, fact, value, clock.now()]);
    }
    if (onCall) {
      await admin.query(
        `INSERT INTO owner_assignment (tenant_id, id, workload_id, role, member_id, status, proposed_at, effective_from, reaffirm_due_at) VALUES ($1, $2, $3, 'on_call', $4, 'accepted', $5, $5, $6)`,
        [tenant.tenantId, newId(), id, tenant.members[0]?.id, clock.now(), new Date(clock.now().getTime() + 86_400_000 * 180)]);
    }
    return id;
  };
  /** A low-tier workload with everything Production asks for. */
  const productionReady = async (key: string, more: { expiresAt?: string | null; tenant?: TestOrganization } = {}): Promise<string> => {
    const id = await workload(key, { onCall: true, ...more });
    await evidence(id, lowTierSet, more);
    await drill(id, 240, clock.now(), more.tenant ?? org);
    return id;
  };
  const sweep = () => context.get(JobDispatcher).dispatch('classification.sweep-due', {}, { attempt: 1, signal: new AbortController().signal, jobId: 'test' });
  const one = async <Row extends Record<string, unknown>>(sql: string, values: unknown[]): Promise<Row> => {
    const { rows } = await admin.query<Row>(sql, values);
    if (!rows[0]) throw new Error(`no row for ${sql}`);
    return rows[0];
  };
  const state = (id: string) => one<{ stage: string; hardening: boolean; undetermined: boolean; frozen: boolean; reevaluate_at: Date | null; classification_id: string }>(
    'SELECT stage, hardening, undetermined, frozen, reevaluate_at, classification_id FROM workload WHERE id = $1', [id]);
  const results = async (id: string): Promise<number> => Number((await one<{ n: string }>('SELECT count(*) AS n FROM classification WHERE workload_id = $1', [id])).n);
  const caller = () => {
    const member = org.members[0];
    if (!member) throw new Error('no member');
    return member.caller;
  };

  it('classifies what was marked, stores the trace, the trail entry and the review schedule, and empties the marks', async () => {
    const id = await productionReady('READY');
    await sweep();
    expect(await state(id)).toMatchObject({ stage: 'production', hardening: false, undetermined: false, frozen: false, reevaluate_at: new Date('2027-05-10T12:00:00.000Z') });
    expect(await one('SELECT count(*)::int AS n FROM reevaluation_mark WHERE workload_id = $1', [id])).toEqual({ n: 0 });
    expect(await one('SELECT count(*)::int AS n FROM review_schedule WHERE workload_id = $1 AND active', [id])).toEqual({ n: 1 });
    expect(await one(`SELECT action, entry::jsonb -> 'object' ->> 'type' AS type FROM trail_entry WHERE workload_id = $1 AND action LIKE 'classification.%'`, [id])).toEqual({ action: 'classification.stage.changed', type: 'classification' });
    const view = await context.get(ClassificationService).read(caller(), 'READY', null);
    expect(view).toMatchObject({ stage: 'production', tree: { id: 'pai-2026-05' }, edition: 'psf-1.1', gaps: [], path: [{ question: 'q1', answer: 'yes' }, { question: 'q2', answer: 'yes' }, { question: 'q3', answer: 'yes' }, { question: 'q4', answer: 'no' }] });
    expect(view.questions[1]?.facts.map((f) => [f.id, f.value, f.provenance])).toEqual([['onCallOwner', 'yes', 'attested'], ['productionMonitoring', 'yes', 'verified']]);
    expect(view.trigger.split(', ').sort()).toEqual(['drill', 'evidence', 'fact', 'owner', 'registered']);
  });

  it('stores nothing when nothing changed, and one result when two evaluate at once', async () => {
    const id = await workload('TWICE', { real: 'no' });
    const evaluation = context.get(EvaluateWorkloadsUsecase);
    const summaries = await Promise.all([1, 2, 3, 4].map(() => evaluation.evaluate(org.scope, [id], { trigger: 'test' })));
    expect(summaries.map((s) => s.stored).sort()).toEqual([0, 0, 0, 1]);
    expect(await results(id)).toBe(1);
    await evaluation.evaluate(org.scope, [id], { trigger: 'requested', store: true });
    expect(await results(id)).toBe(2);
  });

  it('falls at the instant an expiry passes and not a millisecond before, with the reason in the trail', async () => {
    const id = await productionReady('EXPIRES', { expiresAt: '2026-05-20T00:00:00.000Z' });
    await sweep();
    expect(await state(id)).toMatchObject({ stage: 'production', reevaluate_at: new Date('2026-05-20T00:00:00.000Z') });
    const [fall] = await context.get(ForecastService).next(org.scope, 1);
    expect(fall).toMatchObject({ workload: { key: 'EXPIRES' }, from: 'production', to: 'pilot' });
    expect(fall?.fallsAt.toISOString()).toBe('2026-05-20T00:00:00.000Z');
    clock.set('2026-05-19T23:59:59.999Z');
    await sweep();
    expect((await state(id)).stage).toBe('production');
    clock.set('2026-05-20T00:00:00.000Z');
    await sweep();
    expect(await state(id)).toMatchObject({ stage: 'pilot', hardening: false });
    expect((await context.get(ForecastService).next(org.scope, 10)).map((f) => f.workload.key)).not.toContain('EXPIRES');
    const entry = await one<{ disclosure: string }>(`SELECT disclosure FROM trail_entry WHERE workload_id = $1 AND action = 'classification.stage.changed' ORDER BY at DESC, id DESC LIMIT 1`, [id]);
    expect(JSON.parse(entry.disclosure)).toMatchObject({ payload: { from: 'production', to: 'pilot', triggers: ['expiry'], gaps: expect.arrayContaining(['DOMAIN_EVIDENCE_MISSING:PSF-4']) as unknown } });
    expect(await one(`SELECT payload FROM outbox WHERE name = 'classification.stage.changed' AND payload ->> 'workloadId' = $1 AND payload ->> 'to' = 'pilot'`, [id])).toMatchObject({ payload: { from: 'production' } });
    clock.set(START);
  });

  it('keeps every result readable as it was known at an instant', async () => {
    const id = await workload('HISTORY', { real: 'no' });
    await sweep();
    clock.advance({ hours: 1 });
    await as(org);
    await admin.query(`UPDATE workload_fact SET value = 'yes', stated_at = $2 WHERE workload_id = $1 AND fact = 'processesRealData'`, [id, clock.now()]);
    await sweep();
    const service = context.get(ClassificationService);
    expect(await service.read(caller(), 'HISTORY', new Date(START))).toMatchObject({ stage: 'experiment' });
    expect(await service.read(caller(), 'HISTORY', null)).toMatchObject({ stage: 'pilot', trigger: 'fact' });
    await expect(service.read(caller(), 'HISTORY', new Date('2026-05-10T11:59:59Z'))).rejects.toMatchObject({ code: 'CLASSIFICATION_RESULT_NOT_FOUND' });
    const first = await service.timeline(caller(), 'HISTORY', { limit: '1' });
    expect(first.items.map((line) => line.stage)).toEqual(['pilot']);
    const second = await service.timeline(caller(), 'HISTORY', { limit: '1', cursor: first.nextCursor ?? '' });
    expect(second.items.map((line) => line.stage)).toEqual(['experiment']);
    expect(second.nextCursor).toBeNull();
    clock.set(START);
  });

  it('is refused by the database when Production has no active review schedule, in whatever order', async () => {
    const id = await productionReady('GUARDED');
    await sweep();
    await as(org);
    await expect(admin.query(`UPDATE review_schedule SET active = false, ended_at = app_now(), next_due_at = NULL WHERE workload_id = $1`, [id])).rejects.toMatchObject({ constraint: 'production_needs_schedule' });
    const bare = await workload('BARE');
    await expect(admin.query(`UPDATE workload SET stage = 'production' WHERE id = $1`, [bare])).rejects.toMatchObject({ constraint: 'production_needs_schedule' });
    expect((await state(bare)).stage).not.toBe('production');
  });

  it('refuses to change or delete results, trees and drills', async () => {
    await as(org);
    for (const table of ['classification', 'classification_tree', 'drill']) {
      await expect(admin.query(`UPDATE ${table} SET tenant_id = tenant_id`)).rejects.toThrow('append-only');
      await expect(admin.query(`DELETE FROM ${table}`)).rejects.toThrow('append-only');
    }
  });

  it('makes a workload Scaled through its neighbours, and takes it back when they leave production', async () => {
    const a = await productionReady('SCALED-A');
    const b = await productionReady('SCALED-B');
    await sweep();
    const component = newId();
    await as(org);
    await admin.query(`INSERT INTO component (tenant_id, id, type, name, created_at, updated_at) VALUES ($1, $2, 'model', 'shared-model', $3, $3)`, [org.tenantId, component, clock.now()]);
    const columns = await admin.query<{ column_name: string }>(`SELECT column_name FROM information_schema.columns WHERE table_name = 'workload_component'`);
    const at = columns.rows.find((c) => c.column_name.endsWith('_at'))?.column_name ?? 'added_at';
    for (const id of [a, b]) await admin.query(`INSERT INTO workload_component (tenant_id, workload_id, component_id, ${at}) VALUES ($1, $2, $3, $4)`, [org.tenantId, id, component, clock.now()]);
    await evidence(a, [], { kind: 'roi_report' });
    await sweep();
    const view = await context.get(ClassificationService).read(caller(), 'SCALED-A', null);
    expect(view.stage).toBe('production');
    expect(view.questions[3]?.facts.map((f) => [f.id, f.value])).toEqual([['severalInProduction', 'yes'], ['reusedInProduction', 'yes'], ['returnOnInvestment', 'yes'], ['concentrationReviewed', 'no']]);
    // Its scheduled review looks at concentration.
    const review = await one<{ id: string }>(`SELECT id FROM review WHERE workload_id = $1 AND closed_at IS NULL`, [a]);
    await admin.query(`UPDATE review SET status = 'completed', submission = '{}', outcome = 'continue', concentration_reviewed = true, sign_off_required = false, closed_at = $2, next_reminder_at = NULL WHERE id = $1`, [review.id, clock.now()]);
    await sweep();
    expect((await state(a)).stage).toBe('scaled');
    expect((await state(b)).stage).toBe('production');
    // B loses its owner; A is a neighbour and is looked at again although nothing of its own changed.
    await as(org);
    await admin.query(`UPDATE owner_assignment SET status = 'ended', effective_to = $2, reaffirm_due_at = NULL WHERE workload_id = $1`, [b, new Date(clock.now().getTime() + 1)]);
    await sweep();
    expect((await state(b)).stage).toBe('pilot');
    expect((await state(a)).stage).toBe('production');
  });

  it('sees and touches nothing of another organization', async () => {
    const theirs = await workload('CANARY', { real: 'yes', tenant: other });
    const service = context.get(ClassificationService);
    await expect(service.read(caller(), 'CANARY', null)).rejects.toMatchObject({ code: 'INVENTORY_WORKLOAD_NOT_FOUND' });
    await expect(service.read(caller(), theirs, null)).rejects.toMatchObject({ code: 'INVENTORY_WORKLOAD_NOT_FOUND' });
    expect(await context.get(EvaluateWorkloadsUsecase).evaluate(org.scope, [theirs], { trigger: 'test' })).toEqual({ evaluated: 0, stored: 0, moved: 0 });
    expect((await state(theirs)).stage).toBeNull();
    expect((await context.get(ForecastService).next(other.scope, 200))).toEqual([]);
    await sweep();
    expect((await state(theirs)).stage).toBe('pilot');
  });

  it('evaluates the others of a batch when one cannot be evaluated, and keeps that one marked', async () => {
    const sound = await workload('SOUND', { real: 'no' });
    const broken = await workload('BROKEN', { real: 'no' });
    await as(org);
    await admin.query(`CREATE FUNCTION refuse_broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN IF NEW.workload_id = '${broken}' THEN RAISE EXCEPTION 'broken on purpose'; END IF; RETURN NEW; END $$`);
    await admin.query('CREATE TRIGGER refuse_broken BEFORE INSERT ON classification FOR EACH ROW EXECUTE FUNCTION refuse_broken()');
    await expect(sweep()).rejects.toThrow(`Workload ${broken} cannot be evaluated: broken on purpose`);
    expect((await state(sound)).stage).toBe('experiment');
    expect((await state(broken)).stage).toBeNull();
    await admin.query('DROP TRIGGER refuse_broken ON classification');
    await sweep();
    expect((await state(broken)).stage).toBe('experiment');
  });

  it('leaves retired workloads as they were', async () => {
    const id = await productionReady('RETIRED');
    await sweep();
    await as(org);
    await admin.query(`UPDATE workload SET lifecycle = 'retired', retired_at = $2, retire_reason = 'done', decommission_record = '{}' WHERE id = $1`, [id, clock.now()]);
    await sweep();
    expect(await state(id)).toMatchObject({ stage: 'production', reevaluate_at: null });
    expect(await results(id)).toBe(1);
    await expect(context.get(ClassificationService).request(caller(), 'RETIRED')).rejects.toMatchObject({ code: 'CLASSIFICATION_WORKLOAD_RETIRED' });
  });

  it('evaluates a whole organization with progress, and again after a change of settings', async () => {
    // The clock went back after an expiry; the first run puts that workload right, the second finds nothing.
    await context.get(FullEvaluation).run(org.scope, 'test', () => Promise.resolve(true));
    const started = await context.get(ReevaluationService).start(org.scope, 'test');
    const run = (operationId: string) => context.get(JobDispatcher).dispatch('classification.reevaluate-tenant', { tenantId: org.tenantId, operationId }, { attempt: 1, signal: new AbortController().signal, jobId: 'test' });
    await run(started);
    const total = await context.get(FullEvaluation).count(org.scope);
    expect(await one('SELECT status, done::int, total::int, (result ->> \'evaluated\')::int AS evaluated, (result ->> \'stored\')::int AS stored FROM operation WHERE id = $1', [started])).toMatchObject({ status: 'succeeded', total, stored: 0 });
    // Another edition: the low tier of the other list is not met by this evidence, so Production falls.
    await as(org);
    await admin.query(`UPDATE organization SET edition = 'psf-definition-2026-04' WHERE tenant_id = $1`, [org.tenantId]);
    const again = await context.get(ReevaluationService).start(org.scope, 'test');
    await run(again);
    expect((await admin.query(`SELECT DISTINCT stage FROM workload WHERE tenant_id = $1 AND lifecycle <> 'retired'`, [org.tenantId])).rows.map((r: { stage: string }) => r.stage).sort()).toEqual(['experiment', 'pilot']);
    await admin.query(`UPDATE organization SET edition = 'psf-1.1' WHERE tenant_id = $1`, [org.tenantId]);
    // Not swept yet: a reader is not told the outdated stage.
    expect((await context.get(ClassificationService).read(caller(), 'READY', null)).stage).toBe('production');
  });

  it('ends an evaluation and a preview that fail on their last attempt, and not before', async () => {
    await as(org);
    const statusOf = async (id: string): Promise<unknown> => one(`SELECT status, problem ->> 'code' AS code FROM operation WHERE id = $1`, [id]);
    const during = (attempt: number) => ({ attempt, signal: new AbortController().signal, jobId: 'test' });
    const { edition } = await one<{ edition: string }>('SELECT edition FROM organization WHERE tenant_id = $1', [org.tenantId]);
    await admin.query(`UPDATE organization SET edition = 'gone' WHERE tenant_id = $1`, [org.tenantId]);
    const [evaluation, preview] = [await context.get(ReevaluationService).start(org.scope, 'test'), await context.get(Operations).create(org.scope, 'classification.impact-preview', 'workloads')];
    for (const [attempt, expected] of [[1, { status: 'running', code: null }], [JOB_ATTEMPTS, { status: 'failed', code: 'PLATFORM_INTERNAL_ERROR' }]] as const) {
      await expect(context.get(JobDispatcher).dispatch('classification.reevaluate-tenant', { tenantId: org.tenantId, operationId: evaluation }, during(attempt))).rejects.toThrow();
      await expect(context.get(JobDispatcher).dispatch('classification.preview-impact', { tenantId: org.tenantId, operationId: preview, change: { thresholds: { ownerReaffirmDays: 30 } } }, during(attempt))).rejects.toThrow();
      expect([await statusOf(evaluation), await statusOf(preview)]).toEqual([expected, expected]);
    }
    // Somebody else's organization cannot end it.
    const theirs = await context.get(Operations).create(other.scope, 'classification.impact-preview', 'workloads');
    await expect(context.get(JobDispatcher).dispatch('classification.preview-impact', { tenantId: org.tenantId, operationId: theirs, change: {} }, during(JOB_ATTEMPTS))).resolves.toBeUndefined();
    expect(await context.get(Operations).find(other.scope, theirs)).toMatchObject({ status: 'queued' });
    await admin.query('UPDATE organization SET edition = $2 WHERE tenant_id = $1', [org.tenantId, edition]);
  });

  it('previews with the newest run alone: one that comes late writes nothing more', async () => {
    await as(org);
    const id = await context.get(Operations).create(org.scope, 'classification.impact-preview', 'workloads');
    const preview = (): Promise<void> => context.get(JobDispatcher).dispatch('classification.preview-impact', { tenantId: org.tenantId, operationId: id, change: { edition: 'psf-definition-2026-04' } }, { attempt: 1, signal: new AbortController().signal, jobId: 'test' });
    const facts = context.get(WorkloadFactsQuery, { strict: false });
    const page = facts.page.bind(facts);
    // It stands still before its first rows until another has done it all.
    jest.spyOn(facts, 'page').mockImplementationOnce(async (...given) => {
      await preview();
      return page(...given);
    });
    await preview();
    jest.restoreAllMocks();
    const { operation } = await context.get(ImpactPreviewService).find(caller(), id);
    expect(operation).toMatchObject({ status: 'succeeded' });
    expect(await one('SELECT count(*)::int AS rows FROM impact_preview_row WHERE operation_id = $1', [id])).toEqual({ rows: Object.values((operation.result as ImpactSummary).effects).reduce((sum, count) => sum + count, 0) });
  });

  it('previews another edition workload by workload and adopts nothing', async () => {
    const service = context.get(ImpactPreviewService);
    const { id } = await service.request(caller(), { edition: 'psf-definition-2026-04' });
    const before = await one<{ n: number }>('SELECT count(*)::int AS n FROM classification WHERE tenant_id = $1', [org.tenantId]);
    const { operation } = await service.find(caller(), id);
    expect(operation).toMatchObject({ status: 'succeeded', result: { edition: 'psf-definition-2026-04', tree: 'pai-2026-05' } });
    const { items } = await service.workloads(caller(), id, { limit: '200' });
    expect(items.find((item) => item.key === 'READY')).toMatchObject({ from: { stage: 'production' }, to: { stage: 'pilot' } });
    expect(items.map((item) => item.key)).not.toContain('RETIRED');
    expect(items).toHaveLength((operation.result as { changed: number }).changed);
    expect(await one('SELECT count(*)::int AS n FROM classification WHERE tenant_id = $1', [org.tenantId])).toEqual(before);
    expect((await state((await one<{ id: string }>(`SELECT id FROM workload WHERE key = 'READY'`, [])).id)).stage).toBe('production');
    await expect(service.find(other.members[0]?.caller ?? caller(), id)).rejects.toMatchObject({ code: 'CLASSIFICATION_OPERATION_NOT_FOUND' });
  });

  it('previews other policies in figures, each with its rows, adopts nothing, and saving does what was said', async () => {
    const service = context.get(ImpactPreviewService);
    const id = await workload('TIGHTENED', { onCall: true });
    await evidence(id, lowTierSet);
    await drill(id, 250, new Date(clock.now().getTime() - 2 * 86_400_000));
    await admin.query(`UPDATE owner_assignment SET effective_from = effective_from - interval '40 days', reaffirm_due_at = reaffirm_due_at - interval '40 days' WHERE workload_id = $1`, [id]);
    await sweep();
    expect((await state(id)).stage).toBe('production');
    const rowOf = async (preview: string, effect: string) => (await service.workloads(caller(), preview, { limit: '200', 'filter[effect]': effect })).items.find((item) => item.key === 'TIGHTENED');
    const result = async (preview: string) => (await service.find(caller(), preview)).operation.result as ImpactSummary;

    const tiers = (await service.request(caller(), { tierPolicy: { requiredSets: { low: { minPerDomain: 2 } }, killSwitchValidityDays: { low: 1 } }, thresholds: { ownerReaffirmDays: 30 } })).id;
    expect(await rowOf(tiers, 'stage')).toMatchObject({ from: { stage: 'production' }, to: { stage: 'pilot', hardening: true } });
    expect(await rowOf(tiers, 'coverage')).toMatchObject({ coverage: { missing: 8, domains: expect.arrayContaining([{ domain: 'PSF-1', missing: 1 }]) } });
    expect(await rowOf(tiers, 'drill')).toMatchObject({ drill: { durationSeconds: 250, because: 'too_old' } });
    expect(await rowOf(tiers, 'ownership')).toMatchObject({ owners: 1 });
    // A hardening Pilot is reviewed monthly instead of yearly.
    expect(await rowOf(tiers, 'rhythm')).toMatchObject({ review: { rhythm: { from: 'yearly', to: 'monthly' } } });
    const figures = await result(tiers);
    expect(figures).toMatchObject({ changedSettings: ['tierPolicy', 'thresholds'], edition: 'psf-1.1' });
    for (const effect of IMPACT_EFFECTS) expect([effect, (await service.workloads(caller(), tiers, { limit: '200', 'filter[effect]': effect })).items.length]).toEqual([effect, figures.effects[effect]]);
    expect(figures.newlyMissing).toBeGreaterThanOrEqual(8);

    // The same by the worker, as for a large organization: the same figures.
    const large = await context.get(Operations).create(org.scope, 'classification.impact-preview', 'workloads');
    const cadence = { reviewPolicy: { productionCadence: { low: 'monthly' } } };
    await context.get(JobDispatcher).dispatch('classification.preview-impact', { tenantId: org.tenantId, operationId: large, change: cadence }, { attempt: 1, signal: new AbortController().signal, jobId: 'test' });
    const rhythms = (await service.request(caller(), cadence)).id;
    expect(await result(large)).toEqual(await result(rhythms));
    const moved = await rowOf(rhythms, 'review_sooner');
    expect(moved).toMatchObject({ review: { rhythm: { from: 'yearly', to: 'monthly' } } });
    expect((await result(rhythms)).soonestDueAt).toBe(moved?.review?.dueAt.to);
    expect((await result(rhythms)).effects).toMatchObject({ stage: 0, coverage: 0, drill: 0, ownership: 0 });

    // Nothing of it was adopted; then it is saved.
    expect((await state(id)).stage).toBe('production');
    const dueOf = async (): Promise<string> => (await one<{ due_at: Date }>('SELECT due_at FROM review WHERE workload_id = $1 AND closed_at IS NULL', [id])).due_at.toISOString();
    expect(await dueOf()).toBe(moved?.review?.dueAt.from);
    const save = (sql: string) => admin.query(`UPDATE organization SET settings = ${sql} WHERE tenant_id = $1`, [org.tenantId]);
    const saved = await one<{ settings: object }>('SELECT settings FROM organization WHERE tenant_id = $1', [org.tenantId]);
    await save(`jsonb_set(settings, '{reviewPolicy,productionCadence,low}', '"monthly"')`);
    await context.get(ReviewScheduleService).recompute(org.scope);
    expect(await dueOf()).toBe(moved?.review?.dueAt.to);
    await save(`jsonb_set(settings, '{thresholds,ownerReaffirmDays}', '30')`);
    expect(await context.get(Reaffirmation).follow(org.scope)).toBeGreaterThanOrEqual(1);
    expect(await one('SELECT reaffirm_due_at <= $2 AS due FROM owner_assignment WHERE workload_id = $1', [id, clock.now()])).toEqual({ due: true });
    await admin.query('UPDATE organization SET settings = $2 WHERE tenant_id = $1', [org.tenantId, saved.settings]);
    await context.get(ReviewScheduleService).recompute(org.scope);
    await context.get(Reaffirmation).follow(org.scope);

    await expect(service.request(caller(), { thresholds: { ownerReaffirmDays: 5 } })).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
    await expect(service.request(caller(), { thresholds: { ownerReaffirmDays: 180 } })).rejects.toMatchObject({ code: 'CLASSIFICATION_PREVIEW_INVALID' });
    await expect(service.workloads(caller(), tiers, { 'filter[effect]': 'weather' })).rejects.toMatchObject({ code: 'PLATFORM_REQUEST_INVALID' });
    const stranger = other.members[0]?.caller ?? caller();
    await expect(service.workloads(stranger, tiers, { 'filter[effect]': 'coverage' })).rejects.toMatchObject({ code: 'CLASSIFICATION_OPERATION_NOT_FOUND' });
    const theirs = (await service.request(stranger, cadence)).id;
    expect((await service.workloads(stranger, theirs, { 'filter[effect]': 'rhythm', limit: '200' })).items.map(({ key }) => key)).not.toContain('TIGHTENED');
  });

  it('starts one full evaluation per organization and day, and announces a fall once when it comes within the horizon', async () => {
    const id = await productionReady('ANNOUNCED', { expiresAt: '2026-07-01T00:00:00.000Z' });
    await sweep();
    const nightly = () => context.get(JobDispatcher).dispatch('classification.sweep-nightly', {}, { attempt: 1, signal: new AbortController().signal, jobId: 'test' });
    const runs = async (): Promise<number> => (await one<{ n: number }>(`SELECT count(*)::int AS n FROM operation WHERE kind = 'classification.reevaluation' AND tenant_id = $1`, [other.tenantId])).n;
    const announced = async (): Promise<number> => (await one<{ n: number }>(`SELECT count(*)::int AS n FROM outbox WHERE name = 'classification.fall.announced' AND payload ->> 'workloadId' = $1`, [id])).n;
    await nightly();
    await nightly();
    expect(await runs()).toBe(1);
    expect(await announced()).toBe(0);
    clock.set('2026-06-02T00:00:00.000Z');
    await Promise.all([nightly(), nightly()]);
    await nightly();
    expect(await runs()).toBe(2);
    expect(await announced()).toBe(1);
    clock.set(START);
  });
});
