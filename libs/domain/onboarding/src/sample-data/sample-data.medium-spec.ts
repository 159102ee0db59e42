import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Global, Module } from '@nestjs/common';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ClassificationHttpModule, EvaluateWorkloadsUsecase } from '@roster/classification';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworkCatalogue, FrameworksModule } from '@roster/frameworks';
import { IncidentsHttpModule } from '@roster/incidents';
import { InventoryHttpModule, WorkloadImportHttpModule } from '@roster/inventory';
import { NotificationsHttpModule } from '@roster/notifications';
import { TenantScope } from '@roster/platform-context';
import { JOB_ATTEMPTS, Operations } from '@roster/platform-queue';
import { ReviewEditions, ReviewScheduleService, ReviewsHttpModule } from '@roster/reviews';
import { asAdmin, createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { TrailHttpModule } from '@roster/trail';
import type { OnboardingDto } from '../checklist/onboarding.dto.js';
import { OnboardingHttpModule, OnboardingJobsModule } from '../onboarding.module.js';
import { AddSampleDataJob } from './add-sample-data.job.js';
import { RemoveSampleDataJob } from './remove-sample-data.job.js';
import { SampleDataRepository } from './sample-data.repository.js';

@Global()
@Module({ imports: [FrameworksModule], providers: [{ provide: ReviewEditions, useExisting: FrameworkCatalogue }], exports: [ReviewEditions] })
class EditionsBinding {}

let db: TestDatabase;
let app: NestFastifyApplication;
let client: TestClient;
const clock = new FakeClock(new Date('2026-05-01T12:00:00Z'));
const CONTEXT = { attempt: 1, signal: new AbortController().signal };

beforeAll(async () => {
  db = await createTestDatabase();
  app = await createTestApp({
    config: testConfig(db), clock,
    imports: [EditionsBinding, NotificationsHttpModule, OnboardingHttpModule, OnboardingJobsModule, InventoryHttpModule, WorkloadImportHttpModule, EvidenceHttpModule, IncidentsHttpModule, ClassificationHttpModule, ReviewsHttpModule, TrailHttpModule],
  });
  client = await TestClient.of(app);
});
afterAll(async () => {
  await app.close();
  await db.drop();
});

interface List { items: { key: string; stage: string | null; hardening: boolean; frozen: boolean; tags: string[]; unowned: boolean; status: string; dueAt: string }[]; total?: number }
const list = async (who: SignedInClient, path: string): Promise<List> => (await who.client.get<List>(path)).body;
const onboarding = async (who: SignedInClient): Promise<OnboardingDto> => (await who.client.get<OnboardingDto>('/onboarding')).body;
const stages = async (who: SignedInClient): Promise<Record<string, number>> => {
  const counts: Record<string, number> = {};
  for (const { stage, hardening } of (await list(who, '/workloads?limit=200')).items) counts[`${stage}${hardening ? ' hardening' : ''}`] = (counts[`${stage}${hardening ? ' hardening' : ''}`] ?? 0) + 1;
  return counts;
};
const add = async (who: SignedInClient): Promise<string> => {
  clock.advance({ seconds: 1 });
  const answer = await who.client.post<{ id: string; href: string }>('/onboarding/sample-data', {});
  expect([answer.status, answer.body.href]).toEqual([202, '/api/v1/onboarding/sample-data']);
  await app.get(AddSampleDataJob).handle({ tenantId: who.tenantId, sampleId: answer.body.id }, CONTEXT);
  expect((await who.client.get<{ status: string }>('/onboarding/sample-data')).body).toMatchObject({ status: 'succeeded', progress: { unit: 'workloads' } });
  return answer.body.id;
};
const remove = async (who: SignedInClient, query = ''): Promise<void> => {
  const answer = await who.client.send<{ id: string }>('DELETE', `/onboarding/sample-data${query}`);
  expect(answer.status).toBe(202);
  await app.get(RemoveSampleDataJob).handle({ tenantId: who.tenantId, sampleId: answer.body.id }, CONTEXT);
  // What the worker does with the event of the import.
  await app.get(ReviewScheduleService, { strict: false }).endWithdrawn(TenantScope.forSystem(who.tenantId, 'reviews'));
  expect((await who.client.get<{ status: string }>('/onboarding/sample-data')).body.status).toBe('succeeded');
};

/** What counts as still leading to a workload, where a row is kept when it no longer does. */
const LIVE: Readonly<Record<string, string>> = {
  review: 'x.closed_at IS NULL', action: 'x.closed_at IS NULL', review_schedule: 'x.active', owner_assignment: `x.status IN ('proposed', 'accepted', 'orphaned')`,
  evidence_link: 'EXISTS (SELECT FROM evidence_item e WHERE e.tenant_id = x.tenant_id AND e.id = x.item_id AND e.withdrawn_at IS NULL)',
};
/** The record of what was: results and what they were computed from, the import and the words of the workload itself. All of it is read together with workloads that are listed. */
const KEPT: ReadonlySet<string> = new Set(['trail_entry', 'classification', 'classification_forecast', 'drill', 'workload_fact', 'workload_facet', 'workload_search', 'workload_import_link', 'workload_import_outcome']);

describe('sample data', () => {
  it('shows every stage from Experiment to Production, counts for no step, and goes without a trace but the trail', async () => {
    const ada = await client.signUp();
    const other = await client.signUp();
    await add(ada);
    expect(await stages(ada)).toEqual({ experiment: 3, pilot: 3, 'pilot hardening': 2, production: 4 });
    const { items } = await list(ada, '/workloads?limit=200');
    expect(items.every(({ tags, key }) => tags.includes('sample data') && key.startsWith('SAMPLE-'))).toBe(true);
    expect(items.filter(({ frozen }) => frozen).length).toBeGreaterThan(0);
    expect(items.filter(({ unowned }) => unowned)).toHaveLength(2);
    expect((await list(ada, '/evidence?filter[status]=submitted&count=true')).total).toBe(3);
    expect((await list(ada, '/reviews?limit=200')).items.length).toBeGreaterThanOrEqual(6);
    const seen = await onboarding(ada);
    expect(seen).toMatchObject({ done: 0, sampleData: { state: 'present', tag: 'sample data', workloads: 12, changed: [], askedBy: ada.name } });
    expect(seen.steps.map(({ id, done, href }) => [id, done, href])).toEqual([['register', false, '/inventory/register'], ['owner', false, null], ['evidence', false, null], ['classify', false, null], ['schedule', false, null]]);
    expect((await list(other, '/workloads')).items).toEqual([]);
    expect((await other.client.send('DELETE', '/onboarding/sample-data')).status).toBe(404);
    expect((await ada.client.post<{ code: string }>('/onboarding/sample-data', {})).body.code).toBe('ONBOARDING_SAMPLE_DATA_EXISTS');

    await remove(ada);
    expect((await list(ada, '/workloads')).items).toEqual([]);
    expect((await list(ada, '/evidence')).items).toEqual([]);
    expect((await list(ada, '/reviews?limit=200')).items.filter(({ status }) => status !== 'skipped')).toEqual([]);
    expect((await onboarding(ada)).sampleData).toMatchObject({ state: 'none', workloads: 0 });
    expect((await list(ada, '/trail?limit=200')).items.length).toBeGreaterThan(20);
  });

  it('leaves alone what was there before, and comes back whole after a removal', async () => {
    const ada = await client.signUp();
    const own = await ada.client.post<{ key: string }>('/workloads', { name: 'Our own', kind: 'model', purpose: 'Ours', team: 'Ops', riskOwner: ada.memberId, processesRealData: 'yes' });
    await add(ada);
    await remove(ada);
    await add(ada);
    expect((await stages(ada)).production).toBe(4);
    await remove(ada);
    expect((await list(ada, '/workloads')).items.map(({ key }) => key)).toEqual([own.body.key]);
    expect((await onboarding(ada)).steps[0]).toMatchObject({ id: 'register', done: true, by: ada.name, workload: { key: own.body.key } });
  });

  it('asks about workloads that people have worked on: they stay with their evidence, or go too', async () => {
    const ada = await client.signUp();
    await add(ada);
    clock.advance({ minutes: 1 });
    await ada.client.patch('/workloads/SAMPLE-ROUTE-RANKING', { purpose: 'Ranks our routes' });
    await ada.client.send('PUT', '/workloads/SAMPLE-CV-RANKING/owners/on_call', { body: { memberId: ada.memberId } });
    const asked = await ada.client.send<{ code: string; workloads: { key: string }[] }>('DELETE', '/onboarding/sample-data');
    expect([asked.status, asked.body.code, asked.body.workloads.map(({ key }) => key)]).toEqual([409, 'ONBOARDING_SAMPLE_DATA_CHANGED', ['SAMPLE-CV-RANKING', 'SAMPLE-ROUTE-RANKING']]);
    expect((await list(ada, '/workloads?count=true')).total).toBe(12);

    await remove(ada, '?changed=keep');
    const left = (await list(ada, '/workloads')).items;
    expect(left.map(({ key, stage }) => [key, stage])).toEqual(expect.arrayContaining([['SAMPLE-ROUTE-RANKING', 'production'], ['SAMPLE-CV-RANKING', 'pilot']]));
    expect(left).toHaveLength(2);
    expect((await list(ada, '/evidence?count=true')).total).toBe(4);
    // Now they are the organization's own: they count, and the next sample leaves them out.
    expect((await onboarding(ada)).done).toBeGreaterThanOrEqual(4);
    await add(ada);
    expect((await onboarding(ada)).sampleData.workloads).toBe(10);
    await remove(ada, '?changed=remove');
    expect((await list(ada, '/workloads?count=true')).total).toBe(2);
  });

  it('leaves nothing behind that leads to it: no notification, open review, action, owner, forecast or mark', async () => {
    const ada = await client.signUp();
    const own = await ada.client.post<{ key: string }>('/workloads', { name: 'Our own', kind: 'model', purpose: 'Ours', team: 'Ops', riskOwner: ada.memberId, processesRealData: 'yes' });
    await ada.client.post(`/workloads/${own.body.key}/owners/risk_owner/accept`, {});
    await add(ada);
    clock.advance({ minutes: 1 });
    for (const workload of ['SAMPLE-ROUTE-RANKING', own.body.key]) expect((await ada.client.post('/reviews', { workload, reason: 'A look' })).status).toBe(201);
    const told = async (): Promise<string[]> => (await ada.client.get<{ items: { title: string }[] }>('/notifications')).body.items.map(({ title }) => title);
    expect(await told()).toHaveLength(2);
    await remove(ada, '?changed=remove');
    expect(await told()).toEqual([`${own.body.key} needs a review out of cycle`]);
    // Every table that can point to a workload, in what it holds about withdrawn ones; what is kept is history that nothing lists.
    const left = await asAdmin(db, ada.tenantId, clock.now(), async (admin) => {
      const { rows: tables } = await admin.query<{ name: string }>(`SELECT c.table_name AS name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = 'public' AND c.column_name = 'workload_id' AND t.table_type = 'BASE TABLE'`);
      const found: Record<string, number> = {};
      for (const { name } of tables) {
        const live = LIVE[name] ?? 'true';
        const { rows } = await admin.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${name} x JOIN workload w ON w.tenant_id = x.tenant_id AND w.id = x.workload_id WHERE x.tenant_id = $1 AND w.withdrawn_at IS NOT NULL AND ${live}`, [ada.tenantId]);
        if (rows[0] && rows[0].n > 0) found[name] = rows[0].n;
      }
      return Object.keys(found).filter((name) => !KEPT.has(name) && !name.endsWith('_history')).sort();
    });
    expect(left).toEqual([]);
  });

  it('is still being added when a run dies that another has overtaken, and has failed when the newest dies', async () => {
    const ada = await client.signUp();
    const { id } = (await ada.client.post<{ id: string }>('/onboarding/sample-data', {})).body;
    const scope = TenantScope.forSystem(ada.tenantId, 'test');
    const stateNow = async (): Promise<unknown> => [(await app.get(SampleDataRepository).find(scope, id))?.state, (await ada.client.get<{ status: string }>('/onboarding/sample-data')).body.status];
    const operationId = (await app.get(SampleDataRepository).find(scope, id))?.operationId ?? '';
    const last = { attempt: JOB_ATTEMPTS, signal: new AbortController().signal };
    const evaluation = jest.spyOn(app.get(EvaluateWorkloadsUsecase, { strict: false }), 'evaluate');
    evaluation.mockImplementationOnce(async () => { await app.get(Operations).begin(scope, operationId); throw new Error('the worker lost its lease'); });
    await expect(app.get(AddSampleDataJob).handle({ tenantId: ada.tenantId, sampleId: id }, last)).rejects.toThrow('lost its lease');
    expect(await stateNow()).toEqual(['adding', 'running']);
    evaluation.mockRejectedValueOnce(new Error('the worker lost its lease'));
    await expect(app.get(AddSampleDataJob).handle({ tenantId: ada.tenantId, sampleId: id }, last)).rejects.toThrow('lost its lease');
    expect(await stateNow()).toEqual(['failed', 'failed']);
    evaluation.mockRestore();
    await remove(ada);
  });

  it('is for those who may, in person', async () => {
    const ada = await client.signUp();
    const viewer = await ada.client.invite('viewer');
    expect((await viewer.client.post('/onboarding/sample-data', {})).status).toBe(403);
    const key = await ada.client.createKey(['onboarding:sample-data:manage', 'inventory:import:run', 'inventory:owner:respond', 'evidence:version:review']);
    expect((await client.as(key.key).post<{ code: string }>('/onboarding/sample-data', {})).body.code).toBe('ONBOARDING_SESSION_NEEDED');
    expect((await viewer.client.get('/onboarding/sample-data')).status).toBe(404);
  });
});

describe('the checklist', () => {
  it('follows what really happens, with who and where next, and is put away by each member alone', async () => {
    const ada = await client.signUp();
    const bob = await ada.client.invite('contributor');
    const { key } = (await ada.client.post<{ key: string }>('/workloads', { name: 'Support bot', kind: 'agent', purpose: 'Answers', team: 'Ops', riskOwner: ada.memberId, processesRealData: 'unknown' })).body;
    let seen = await onboarding(bob);
    expect(seen.steps.map(({ id, done, href }) => [id, done, href])).toEqual([
      ['register', true, `/workloads/${key}`], ['owner', false, `/workloads/${key}/owners`], ['evidence', false, `/workloads/${key}/evidence`], ['classify', false, `/workloads/${key}/classification`], ['schedule', false, `/workloads/${key}/reviews`],
    ]);
    await ada.client.post(`/workloads/${key}/owners/risk_owner/accept`, {});
    await bob.client.post('/evidence', { kind: 'link', title: 'Model card', url: 'https://wiki.example/card', links: [{ workload: key }] });
    await ada.client.patch(`/workloads/${key}`, { processesRealData: 'yes' });
    await ada.client.post(`/workloads/${key}/classification`, {});
    await ada.client.post('/reviews', { workload: key, reason: 'First look' });
    seen = await onboarding(ada);
    expect(seen.steps.map(({ id, done, by }) => [id, done, by])).toEqual([['register', true, ada.name], ['owner', true, ada.name], ['evidence', true, bob.name], ['classify', true, null], ['schedule', true, null]]);
    expect(seen.done).toBe(5);

    expect((await bob.client.send('PUT', '/onboarding/dismissal')).status).toBe(204);
    expect((await onboarding(bob)).dismissedAt).toBe(clock.now().toISOString());
    expect((await onboarding(ada)).dismissedAt).toBeNull();
    expect((await bob.client.send('DELETE', '/onboarding/dismissal')).status).toBe(204);
    expect((await onboarding(bob)).dismissedAt).toBeNull();
  });
});
