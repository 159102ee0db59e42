import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { KEY_FORBIDDEN_PERMISSIONS } from '@roster/access';
import { ClassificationHttpModule, EvaluateWorkloadsUsecase } from '@roster/classification';
import { PERMISSION_NAMES } from '@roster/contracts';
import { EvidenceHttpModule } from '@roster/evidence';
import { FrameworksHttpModule } from '@roster/frameworks';
import { IncidentsHttpModule } from '@roster/incidents';
import { FreezeGaps, InventoryModule } from '@roster/inventory';
import { NotificationsHttpModule } from '@roster/notifications';
import { newId, TenantScope } from '@roster/platform-context';
import { ReviewsHttpModule } from '@roster/reviews';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type TestDatabase } from '@roster/testing';
import { compactVerify, createLocalJWKSet, type JSONWebKeySet } from 'jose';
import { Client } from 'pg';
import { ReviewEditionsBinding } from './review-editions.binding.js';

describe('drills, classification, gate and freeze over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let admin: Client;
  let founder: { client: TestClient };
  let viewer: { client: TestClient };
  let stranger: { client: TestClient };
  let tenantId: string;
  const clock = new FakeClock('2026-05-10T12:00:00.000Z');

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({
      config: testConfig(db), clock,
      imports: [FrameworksHttpModule, InventoryModule, EvidenceHttpModule, IncidentsHttpModule, NotificationsHttpModule, ReviewEditionsBinding, ReviewsHttpModule, ClassificationHttpModule],
    });
    const anybody = await TestClient.of(app);
    // Keys, because sessions end when the clock of the test jumps.
    const signedIn = await anybody.signUp();
    const other = await anybody.signUp();
    tenantId = (await signedIn.client.get<{ organization: { id: string } }>('/me')).body.organization.id;
    const far = '2027-05-01T00:00:00Z';
    const may = PERMISSION_NAMES.filter((permission) => !KEY_FORBIDDEN_PERMISSIONS.has(permission));
    founder = { client: anybody.as((await signedIn.client.createKey(may, far)).key) };
    viewer = { client: anybody.as((await signedIn.client.createKey(may.filter((permission) => permission.endsWith(':read')), far)).key) };
    stranger = { client: anybody.as((await other.client.createKey(may, far)).key) };
    admin = new Client({ connectionString: db.adminUrl });
    await admin.connect();
  }, 60_000);
  afterAll(async () => {
    await admin.end();
    await app.close();
    await db.drop();
  });
  const workload = async (key: string, facts: { real?: string; pii?: string; tools?: string } = {}): Promise<string> => {
    const { real = 'yes', pii = 'no', tools = 'no' } = facts;
    const id = newId();
    await admin.query(`SELECT set_config('app.tenant_id', $1, false), set_config('app.now', $2, false)`, [tenantId, clock.now().toISOString()]);
    await admin.query(`INSERT INTO workload (tenant_id, id, key, name, processes_real_data, handles_pii, executes_tools, risk_tier, registered_at, updated_at) VALUES ($1, $2, $3, $3, $4, $5, $6, 'low', $7, $7)`,
      [tenantId, id, key, real, pii, tools, clock.now()]);
    for (const [fact, value] of [['processesRealData', real], ['handlesPii', pii], ['executesTools', tools]]) {
      await admin.query(`INSERT INTO workload_fact (tenant_id, workload_id, fact, provenance, value, stated_at) VALUES ($1, $2, $3, 'declared', $4, $5)`, [tenantId, id, fact, value, clock.now()]);
    }
    return id;
  };
  const seconds = (ago: number): string => new Date(clock.now().getTime() - ago * 1_000).toISOString();
  const drill = { kind: 'kill_switch', startedAt: seconds(240), endedAt: seconds(0), result: 'passed', method: 'Feature flag' };

  it('records a drill, which becomes evidence, and lists it', async () => {
    await workload('DRILLED');
    const made = await founder.client.post('/workloads/DRILLED/drills', { ...drill, participants: ['Ada'] });
    expect(made).toMatchObject({ status: 201, body: { workload: 'DRILLED', durationSeconds: 240, withinLimit: true, countsUntil: '2027-05-10T12:00:00.000Z', result: 'passed', participants: ['Ada'] } });
    const { id, evidence } = made.body as { id: string; evidence: { id: string; version: number } };
    expect(await founder.client.get(`/evidence/${evidence.id}`)).toMatchObject({ status: 200, body: { kind: 'drill' } });
    expect(await founder.client.get(`/workloads/drilled/drills/${id}`)).toMatchObject({ status: 200, body: { id } });
    clock.advance({ hours: 1 });
    await founder.client.post('/workloads/DRILLED/drills', { ...drill, startedAt: seconds(400), endedAt: seconds(0) });
    const first = await founder.client.get<{ items: { withinLimit: boolean; countsUntil: string | null }[]; nextCursor: string }>('/workloads/DRILLED/drills?limit=1');
    expect(first.body.items).toMatchObject([{ withinLimit: false, countsUntil: null }]);
    expect(await founder.client.get(`/workloads/DRILLED/drills?limit=1&cursor=${first.body.nextCursor}`)).toMatchObject({ body: { items: [{ id }], nextCursor: null } });
    expect((await founder.client.get<{ items: unknown[] }>('/workloads/DRILLED/drills?asOf=2026-05-10T12:30:00Z')).body.items).toHaveLength(1);
    clock.set('2026-05-10T12:00:00.000Z');
  });

  it('refuses drills that cannot have been, naming field and expectation, and changes nothing', async () => {
    await workload('IMPOSSIBLE');
    const refused = (change: object) => founder.client.post<{ code: string; errors: { path: string; code: string }[] }>('/workloads/IMPOSSIBLE/drills', { ...drill, ...change });
    expect(await refused({ endedAt: seconds(300) })).toMatchObject({ status: 422, body: { code: 'INCIDENTS_DRILL_INVALID', errors: [{ path: 'endedAt', code: 'not_after' }] } });
    expect(await refused({ endedAt: seconds(-3_600) })).toMatchObject({ status: 422, body: { errors: [{ path: 'endedAt', code: 'in_future' }] } });
    expect(await refused({ kind: 'party' })).toMatchObject({ status: 400, body: { errors: [{ path: 'kind' }] } });
    expect(await refused({ duration: 5 })).toMatchObject({ status: 400, body: { errors: [{ path: 'duration' }] } });
    expect(await refused({ evidence: newId() })).toMatchObject({ status: 422, body: { code: 'PLATFORM_REFERENCE_UNKNOWN', errors: [{ path: 'evidence' }] } });
    expect((await founder.client.get<{ items: unknown[] }>('/workloads/IMPOSSIBLE/drills')).body.items).toEqual([]);
    expect(await founder.client.post('/workloads/NOWHERE/drills', drill)).toMatchObject({ status: 404, body: { code: 'INVENTORY_WORKLOAD_NOT_FOUND' } });
  });

  it('classifies on reading, so that nobody is told an outdated stage', async () => {
    await workload('FRESH', { real: 'unknown' });
    expect(await viewer.client.get('/workloads/FRESH/classification')).toMatchObject({
      status: 200, body: {
        stage: 'experiment', undetermined: true, unknownFacts: ['processesRealData'], tree: { id: 'pai-2026-05' }, path: [{ question: 'q1', answer: 'unknown' }], decidedBy: { type: 'system' },
        questions: [
          { id: 'q1', cite: 'decision tree, step 1', branches: [
            { answer: 'yes', question: 'q2', stage: null, hardening: false }, { answer: 'no', question: null, stage: 'experiment' }, { answer: 'unknown', question: null, stage: 'experiment' }] },
          { id: 'q2', facts: [{ id: 'onCallOwner' }, { id: 'productionMonitoring' }] },
          { id: 'q3', branches: [{ question: 'q4' }, { stage: 'pilot', hardening: true }, { stage: 'pilot', hardening: true }] },
          { id: 'q4' },
        ],
        gaps: [{ code: 'STATEMENT_UNKNOWN', message: 'It is not known whether it processes real user or customer data on request. State yes or no.', action: { kind: 'state_fact', href: '/api/v1/workloads/FRESH', subject: 'processesRealData' } }],
      },
    });
    await admin.query(`UPDATE workload_fact SET value = 'yes' WHERE fact = 'processesRealData' AND workload_id = (SELECT id FROM workload WHERE key = 'FRESH')`);
    expect(await viewer.client.get('/workloads/FRESH/classification')).toMatchObject({ body: { stage: 'pilot', hardening: false, undetermined: false } });
    expect(await viewer.client.get('/workloads/FRESH/classifications')).toMatchObject({ status: 200, body: { nextCursor: null, items: [
      { stage: 'pilot', riskTier: 'low', path: [{ question: 'q1', answer: 'yes' }, { question: 'q2', answer: 'no' }] },
      { stage: 'experiment', path: [{ question: 'q1', answer: 'unknown' }] },
    ] } });
    const { items } = (await viewer.client.get<{ items: { facts: { id: string; value: string; title: string }[] }[] }>('/workloads/FRESH/classifications')).body;
    expect(items.map((line) => line.facts[0])).toMatchObject([{ id: 'processesRealData', value: 'yes' }, { id: 'processesRealData', value: 'unknown' }]);
    expect(items[0]?.facts).toHaveLength(10);
    expect(await viewer.client.get('/workloads/FRESH/classification?asOf=2020-01-01T00:00:00Z')).toMatchObject({ status: 404, body: { code: 'CLASSIFICATION_RESULT_NOT_FOUND' } });
    expect(await viewer.client.get('/workloads/FRESH/classification?asOf=yesterday')).toMatchObject({ status: 400, body: { errors: [{ path: 'asOf' }] } });
    expect((await viewer.client.post('/workloads/FRESH/classification')).status).toBe(403);
    expect(await founder.client.post('/workloads/FRESH/classification')).toMatchObject({ status: 201, body: { stage: 'pilot', trigger: 'requested', decidedBy: { type: 'api_key' } } });
  });

  it('supposes facts without storing anything, and names the fewest missing things', async () => {
    await workload('SUPPOSED');
    await viewer.client.get('/workloads/SUPPOSED/classification');
    const found = await viewer.client.post<{ stage: string; missingCount: { production: number }; missingFor: { production: { code: string }[] } }>('/workloads/SUPPOSED/classification/what-if', { facts: {} });
    expect(found).toMatchObject({ status: 200, body: { id: null, stage: 'pilot', missingCount: { pilot: 0, production: 10, scaled: 14 } } });
    const all = await viewer.client.post<{ stage: string }>('/workloads/SUPPOSED/classification/what-if', { facts: { onCallOwner: 'yes', killSwitchInTime: 'yes', killSwitchFresh: 'yes', ...Object.fromEntries([1, 2, 3, 4, 5, 6, 7, 8].map((n) => [`psf-1.1/PSF-${n}.2`, 'yes'])) } });
    expect(all.body).toMatchObject({ stage: 'production', missingFor: { production: [] } });
    expect(await viewer.client.post('/workloads/SUPPOSED/classification/what-if', { facts: { colour: 'yes', onCallOwner: 'maybe', riskTier: 'huge' } })).toMatchObject({
      status: 400, body: { code: 'CLASSIFICATION_FACT_UNKNOWN', errors: [{ path: 'facts.colour' }, { path: 'facts.onCallOwner' }, { path: 'facts.riskTier' }] },
    });
    expect((await viewer.client.get<{ items: unknown[] }>('/workloads/SUPPOSED/classifications')).body.items).toHaveLength(1);
  });

  it('freezes a Pilot with PII: 409 with gaps, verdict frozen, break-glass, lifting by itself', async () => {
    const id = await workload('FROZEN', { pii: 'yes' });
    const change = { kind: 'more_traffic', detail: 'Twice the users' };
    expect(await founder.client.post('/workloads/FROZEN/scope-changes', change)).toMatchObject({ status: 409, body: { code: 'CLASSIFICATION_SCOPE_FROZEN', verdict: 'frozen', gaps: [{ question: 'freeze', domain: 'PSF-3' }, { domain: 'PSF-7' }] } });
    expect(await viewer.client.get('/workloads/FROZEN/gate?for=scope-change:more_traffic')).toMatchObject({ status: 200, body: { verdict: 'frozen', frozen: true } });
    const until = new Date(clock.now().getTime() + 2 * 86_400_000).toISOString();
    const glass = (body: object, who = founder) => who.client.post('/workloads/FROZEN/freeze/break-glass', body);
    expect(await glass({ reason: 'Contract deadline', until: '2026-05-25T12:00:00Z' })).toMatchObject({ status: 422, body: { code: 'CLASSIFICATION_BREAK_GLASS_INVALID', errors: [{ path: 'until', code: 'out_of_range' }] } });
    expect((await glass({ reason: 'Contract deadline', until }, viewer)).status).toBe(403);
    expect(await glass({ reason: 'Contract deadline', until })).toMatchObject({ status: 201, body: { until, closedAt: null } });
    expect(await viewer.client.get('/workloads/FROZEN/gate?for=scope-change:more_traffic')).toMatchObject({ body: { verdict: 'pass', frozen: false, reasons: [{ code: 'BREAK_GLASS' }] } });
    const recorded = await founder.client.post<{ breakGlass: string }>('/workloads/FROZEN/scope-changes', change);
    expect(recorded).toMatchObject({ status: 201, body: { kind: 'more_traffic' } });
    expect(recorded.body.breakGlass).not.toBeNull();
    clock.set(until);
    expect(await viewer.client.get('/workloads/FROZEN/classification')).toMatchObject({ body: { trigger: 'expiry', freeze: { active: true, frozen: true, breakGlass: null } } });
    expect(await viewer.client.get('/workloads/FROZEN/freeze/break-glass')).toMatchObject({ body: { items: [{ closedWhy: 'ran_out', closedAt: until }] } });
    expect((await founder.client.post('/workloads/FROZEN/scope-changes', change)).status).toBe(409);
    await admin.query(`UPDATE workload_fact SET value = 'no' WHERE fact = 'handlesPii' AND workload_id = $1`, [id]);
    expect((await founder.client.post('/workloads/FROZEN/scope-changes', change)).status).toBe(201);
    expect((await glass({ reason: 'No freeze at all', until: '2026-05-13T00:00:00Z' })).body).toMatchObject({ code: 'CLASSIFICATION_FREEZE_INACTIVE' });
    expect((await founder.client.get<{ items: unknown[] }>('/workloads/FROZEN/scope-changes')).body.items).toHaveLength(2);
    clock.set('2026-05-10T12:00:00.000Z');
  });

  it('tells of many workloads at once which are frozen, as of each alone, and evaluates together what is out of date', async () => {
    const ids = [await workload('MANY-FROZEN', { pii: 'yes' }), await workload('MANY-FREE'), await workload('MANY-TOO', { pii: 'yes' })];
    const [first = '', free = '', second = ''] = ids;
    const scope = TenantScope.forSystem(tenantId, 'test');
    const freezes = app.get(FreezeGaps);
    const evaluate = jest.spyOn(app.get(EvaluateWorkloadsUsecase), 'evaluate');
    expect(await freezes.frozenAmong(scope, ids)).toEqual(new Set([first, second]));
    expect(evaluate.mock.calls.map(([, evaluated]) => evaluated.length).filter((count) => count > 0)).toEqual([3]);
    // A gap that has just closed is seen, and nothing else is evaluated again.
    await admin.query(`UPDATE workload SET handles_pii = 'no' WHERE id = $1`, [first]);
    await admin.query(`UPDATE workload_fact SET value = 'no' WHERE fact = 'handlesPii' AND workload_id = $1`, [first]);
    evaluate.mockClear();
    expect(await freezes.frozenAmong(scope, ids)).toEqual(new Set([second]));
    expect(evaluate.mock.calls.flatMap(([, evaluated]) => evaluated)).toEqual([first]);
    evaluate.mockRestore();
    for (const [id, key] of [[first, 'MANY-FROZEN'], [free, 'MANY-FREE'], [second, 'MANY-TOO']] as const) expect([key, (await freezes.inForce(scope, { id, key })) !== null]).toEqual([key, id === second]);
  });

  it('lets no scope change pass while it is unknown whether a freeze applies', async () => {
    await workload('UNCLEAR', { real: 'unknown', tools: 'unknown' });
    expect(await founder.client.get('/workloads/UNCLEAR/gate?for=scope-change:new_region')).toMatchObject({ body: { verdict: 'fail', reasons: [{ code: 'FREEZE_UNDETERMINED' }] } });
    expect(await founder.client.post('/workloads/UNCLEAR/scope-changes', { kind: 'new_region', detail: 'EU' })).toMatchObject({ status: 409, body: { code: 'CLASSIFICATION_FREEZE_UNDETERMINED' } });
  });

  it('signs verdicts so that a pipeline can check them offline', async () => {
    await workload('SIGNED');
    const started = performance.now();
    const { text, headers, status } = await viewer.client.get('/workloads/SIGNED/gate?for=production&format=jws');
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(status).toBe(200);
    expect(headers['content-type']).toContain('application/jose');
    const keys = (await viewer.client.as(null).get<JSONWebKeySet & Record<string, unknown>>('/gate/keys')).body;
    const { payload, protectedHeader } = await compactVerify(text, createLocalJWKSet(keys));
    expect(protectedHeader).toMatchObject({ alg: 'EdDSA', typ: 'roster-gate+jwt' });
    expect(JSON.parse(new TextDecoder().decode(payload))).toMatchObject({ verdict: 'fail', workload: 'SIGNED', for: 'production', sub: 'SIGNED', organization: tenantId, exp: clock.now().getTime() / 1_000 + 300 });
    const [head, body, signature] = text.split('.');
    const forged = Buffer.from(Buffer.from(body ?? '', 'base64url').toString().replace('"fail"', '"pass"')).toString('base64url');
    await expect(compactVerify(`${head ?? ''}.${forged}.${signature ?? ''}`, createLocalJWKSet(keys))).rejects.toThrow();
    expect(await viewer.client.get('/workloads/SIGNED/gate?for=lunch')).toMatchObject({ status: 400, body: { code: 'CLASSIFICATION_GATE_UNKNOWN', errors: [{ path: 'for' }] } });
    expect((await viewer.client.get('/workloads/SIGNED/gate?for=production&format=xml')).status).toBe(400);
  });

  it('starts long work, and shows its state to whom it belongs only', async () => {
    const run = await founder.client.post<{ id: string; href: string }>('/classification/re-evaluations');
    expect(run.status).toBe(202);
    expect(await founder.client.get(`/classification/re-evaluations/${run.body.id}`)).toMatchObject({ status: 200, body: { status: 'queued', progress: { done: 0, unit: 'workloads' } } });
    const preview = await founder.client.post<{ id: string }>('/organization/impact-preview', { edition: 'psf-definition-2026-04' });
    expect(preview.status).toBe(202);
    expect(await founder.client.get(`/organization/impact-previews/${preview.body.id}/workloads`)).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    // An operation of another kind is not found here.
    expect((await founder.client.get(`/organization/impact-previews/${run.body.id}`)).status).toBe(404);
    expect(await founder.client.post('/organization/impact-preview', { edition: 'psf-1.1' })).toMatchObject({ status: 422, body: { errors: [{ path: 'edition' }] } });
    expect((await founder.client.post('/organization/impact-preview', { edition: 'psf-9' })).status).toBe(404);
    expect(await viewer.client.get('/forecast')).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
    expect((await viewer.client.get('/forecast?filter[withinDays]=soon')).status).toBe(400);
    for (const path of [`/classification/re-evaluations/${run.body.id}`, `/organization/impact-previews/${preview.body.id}`, '/workloads/SIGNED/classification', '/workloads/SIGNED/gate?for=production', '/workloads/SIGNED/drills', '/workloads/SIGNED/scope-changes']) {
      expect((await stranger.client.get(path)).status).toBe(404);
      expect((await viewer.client.as(null).get(path)).status).toBe(401);
    }
    expect((await stranger.client.post('/workloads/FROZEN/freeze/break-glass', { reason: 'Not mine at all', until: '2026-05-12T00:00:00Z' })).status).toBe(404);
  });

  it('lists the falls of a part of the time, its first instant included and its last not', async () => {
    const at = (days: number): string => new Date(clock.now().getTime() + days * 86_400_000).toISOString();
    for (const [key, days] of [['FALLS-SOON', 3], ['FALLS-LATE', 40], ['FALLS-LATER', 47]] as const) {
      const id = await workload(key);
      await admin.query(`INSERT INTO classification_forecast (tenant_id, workload_id, falls_at, from_stage, to_stage, hardening, because, computed_at) VALUES ($1, $2, $3, 'pilot', 'experiment', false, '[]', $4)`, [tenantId, id, at(days), clock.now()]);
    }
    const fall = async (query: string, who = viewer): Promise<string[]> => {
      const { status, body } = await who.client.get<{ items: { workload: { key: string } }[] }>(`/forecast?${query}`);
      expect(status).toBe(200);
      return body.items.map((item) => item.workload.key).filter((key) => key.startsWith('FALLS'));
    };
    expect(await fall('filter[withinDays]=45')).toEqual(['FALLS-SOON', 'FALLS-LATE']);
    expect(await fall(`filter[fallsAt][gte]=${at(40)}&filter[fallsAt][lt]=${at(47)}`)).toEqual(['FALLS-LATE']);
    expect(await fall(`filter[fallsAt][gte]=now%2B41d`)).toEqual(['FALLS-LATER']);
    expect(await fall(`filter[withinDays]=45&filter[fallsAt][gte]=${at(40)}`)).toEqual(['FALLS-LATE']);
    expect(await fall(`filter[fallsAt][gte]=${at(0)}`, stranger)).toEqual([]);
    for (const wrong of ['filter[fallsAt][gte]=soon', 'filter[fallsAt]=2026-06-01', 'filter[fallsAt][lt]=now&filter[fallsAt][lt]=now%2B1d']) expect((await viewer.client.get(`/forecast?${wrong}`)).status).toBe(400);
  });
});
