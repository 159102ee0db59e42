import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { TenantScope } from '@roster/platform-context';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestAnswer, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { WorkloadProjection } from '../classification-state/workload-projection.js';
import { InventoryHttpModule } from '../inventory-http.module.js';

type Json = Record<string, unknown> & {
  id: string; key: string; version: number; items: Json[]; errors: { path: string; code: string; message: string }[]; nextCursor: string | null; owners: Json[]; riskOwner: Json | null; facts: Record<string, Json>;
  duplicates: Json[]; missing: string[]; changes: { field: string; from: unknown; to: unknown }[];
};

const SIX = { name: 'Support bot', kind: 'agent', purpose: 'Answers questions about orders', team: 'Care', processesRealData: 'yes' };

describe('workloads over HTTP', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let sql: Client;
  let admin: SignedInClient;
  let stranger: SignedInClient;
  const clock = new FakeClock('2026-05-01T12:00:00.000Z');
  const send = (method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE', url: string, body?: object, headers?: Record<string, string>, who = admin): Promise<TestAnswer<Json>> => who.client.send<Json>(method, url, { body, headers });
  const register = async (over: Record<string, unknown> = {}, who = admin): Promise<Json> => {
    const answer = await send('POST', '/workloads', { ...SIX, riskOwner: who.memberId, ...over }, undefined, who);
    expect([answer.status, answer.body.errors]).toEqual([201, undefined]);
    return answer.body;
  };
  const paths = (answer: TestAnswer<Json>): string[] => (answer.body.errors ?? []).map((error) => error.path);
  const tick = (): void => void clock.advance({ minutes: 1 });

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule] });
    const anybody = await TestClient.of(app);
    admin = await anybody.signUp();
    stranger = await anybody.signUp();
    sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await app.close();
    await db.drop();
  });

  describe('registering', () => {
    it('needs six fields and names each that is missing', async () => {
      const answer = await send('POST', '/workloads', {});
      expect(answer.status).toBe(400);
      expect(paths(answer).sort()).toEqual(['kind', 'name', 'processesRealData', 'purpose', 'riskOwner', 'team']);
    });

    it('answers with the whole workload, its facts, its proposed owner, ETag and location', async () => {
      const answer = await send('POST', '/workloads', { ...SIX, name: 'Claims triage', riskOwner: admin.memberId, handlesPii: 'unknown', tags: ['EU'], riskTier: 'high' });
      expect(answer.status).toBe(201);
      expect(answer.headers['etag']).toBe('"v1"');
      expect(answer.headers['location']).toBe('/api/v1/workloads/CLAIMS-TRIAGE');
      expect(answer.body).toMatchObject({
        key: 'CLAIMS-TRIAGE', name: 'Claims triage', team: 'Care', processesRealData: 'yes', handlesPii: 'unknown', executesTools: 'unknown', riskTier: 'high', tags: ['EU'], stage: null, lifecycle: 'active',
        incomplete: false, unowned: false, missing: [], version: 1, registeredAt: '2026-05-01T12:00:00.000Z', registeredBy: { type: 'member', id: admin.memberId },
        riskOwner: { role: 'risk_owner', memberId: admin.memberId, status: 'proposed', position: 'owner' }, duplicates: [],
      });
      expect(answer.body.facts['processesRealData']).toMatchObject({ value: 'yes', provenance: 'declared', at: '2026-05-01T12:00:00.000Z' });
      expect(answer.body.facts['executesTools']).toEqual({ value: 'unknown', provenance: 'declared', source: null, at: '2026-05-01T12:00:00.000Z', by: null });
      const { rows } = await sql.query(`SELECT action FROM trail_entry WHERE tenant_id = $1 AND workload_id = $2 ORDER BY id`, [admin.tenantId, answer.body.id]);
      expect(rows.map((row: { action: string }) => row.action)).toEqual(['inventory.workload.registered', 'inventory.owner.proposed']);
      const mark = await sql.query('SELECT reasons FROM reevaluation_mark WHERE tenant_id = $1 AND workload_id = $2', [admin.tenantId, answer.body.id]);
      expect(mark.rows[0]).toEqual({ reasons: ['registered', 'fact', 'owner'] });
    });

    it('takes an honest unknown for an answer and keeps it', async () => {
      expect(await register({ name: 'Honest', processesRealData: 'unknown' })).toMatchObject({ processesRealData: 'unknown', incomplete: false });
    });

    it.each([
      [{ processesRealData: 'maybe' }, 'processesRealData'], [{ processesRealData: true }, 'processesRealData'], [{ kind: 'robot' }, 'kind'], [{ name: ' ' }, 'name'], [{ riskOwner: 'Ada' }, 'riskOwner'], [{ stage: 'production' }, 'stage'],
      [{ key: 'not a key' }, 'key'], [{ usersAffected: ['aliens'] }, 'usersAffected'], [{ custom: { nope: 1 } }, 'custom.nope'], [{ lifecycle: 'retired' }, 'lifecycle'], [{ tags: ['a', 'a'] }, 'tags[1]'], [{ monitoringLinks: ['javascript:alert(1)'] }, 'monitoringLinks[0]'],
    ])('refuses %j, names the field and stores nothing', async (over, path) => {
      const before = (await send('GET', '/workloads?count=true')).body['total'];
      const answer = await send('POST', '/workloads', { ...SIX, riskOwner: admin.memberId, ...over });
      expect(answer.status).toBe(400);
      expect(paths(answer)).toContain(path);
      expect((await send('GET', '/workloads?count=true')).body['total']).toBe(before);
    });

    it('refuses a member of another organization as an owner, like one that does not exist', async () => {
      const theirs = await send('POST', '/workloads', { ...SIX, riskOwner: stranger.memberId });
      const nobody = await send('POST', '/workloads', { ...SIX, riskOwner: '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b' });
      expect([theirs.status, paths(theirs), theirs.body['detail']]).toEqual([422, ['riskOwner'], nobody.body['detail']]);
    });

    it('counts keys up and never gives one twice', async () => {
      expect((await register({ name: 'Ranker' })).key).toBe('RANKER');
      expect((await register({ name: 'Ranker' })).key).toBe('RANKER-2');
      expect((await register({ name: 'ranker!' })).key).toBe('RANKER-3');
      const taken = await send('POST', '/workloads', { ...SIX, riskOwner: admin.memberId, key: 'RANKER-2' });
      expect([taken.status, taken.body['code'], paths(taken)]).toEqual([409, 'INVENTORY_KEY_TAKEN', ['key']]);
      expect((await register({ name: 'Ranker' }, stranger)).key).toBe('RANKER');
    });

    it('gives many at once different keys', async () => {
      const many = await Promise.all(Array.from({ length: 12 }, () => register({ name: 'Burst' })));
      expect(new Set(many.map((one) => one.key)).size).toBe(12);
    });

    it('invites a risk owner by e-mail once, and proposes them each time', async () => {
      const first = await register({ name: 'Mailed one', riskOwner: 'New.Person@example.test' });
      await register({ name: 'Mailed two', riskOwner: 'new.person@example.test' });
      expect(first.riskOwner).toMatchObject({ memberId: null, email: 'new.person@example.test', status: 'proposed' });
      const { rows } = await sql.query('SELECT email, role FROM invitation WHERE tenant_id = $1', [admin.tenantId]);
      expect(rows).toEqual([{ email: 'new.person@example.test', role: 'viewer' }]);
    });

    it('shows likely duplicates and registers all the same', async () => {
      await register({ name: 'Fraud scoring', team: 'Risk', repositories: ['https://git.example.com/risk/fraud.git'] });
      const again = await register({ name: 'Fraud scoring model', team: 'risk', repositories: ['git@git.example.com/risk/fraud'] });
      expect(again.duplicates).toEqual([{ key: 'FRAUD-SCORING', name: 'Fraud scoring', team: 'Risk', score: expect.any(Number), reasons: ['same_repository', 'similar_name_in_team'] }]);
      expect((await send('GET', `/workloads/${again.key}/duplicates`)).body.items).toEqual(again.duplicates);
      expect((await register({ name: 'Fraud scoring', team: 'Risk' }, stranger)).duplicates).toEqual([]);
    });

    it('repeats the answer of the first request with the same Idempotency-Key', async () => {
      const body = { ...SIX, name: 'Once', riskOwner: admin.memberId };
      const first = await send('POST', '/workloads', body, { 'idempotency-key': 'once-1' });
      const second = await send('POST', '/workloads', body, { 'idempotency-key': 'once-1' });
      expect([second.status, second.body.id]).toEqual([201, first.body.id]);
    });
  });

  describe('reading and changing', () => {
    it('is addressed by key in any case and by id, and by nobody else', async () => {
      const { id, key } = await register({ name: 'Reader' });
      for (const name of [key, key.toLowerCase(), id]) expect((await send('GET', `/workloads/${name}`)).body.id).toBe(id);
      for (const name of [key, id]) {
        const answer = await send('GET', `/workloads/${name}`, undefined, undefined, stranger);
        expect([answer.status, answer.body['code']]).toEqual([404, 'INVENTORY_WORKLOAD_NOT_FOUND']);
      }
    });

    it('changes what is sent, clears what is null, and moves the version', async () => {
      const { key } = await register({ name: 'Changer', description: 'old', riskTier: 'low', tags: ['a'] });
      const answer = await send('PATCH', `/workloads/${key}`, { description: null, riskTier: 'high', handlesPii: 'yes', tags: [] }, { 'if-match': '"v1"' });
      expect([answer.status, answer.headers['etag']]).toEqual([200, '"v2"']);
      expect(answer.body).toMatchObject({ description: null, riskTier: 'high', handlesPii: 'yes', tags: [], team: 'Care', version: 2 });
      expect((await send('PATCH', `/workloads/${key}`, { riskTier: 'high' }, { 'if-match': '*' })).body.version).toBe(2);
    });

    it('wants If-Match, and refuses a stale one', async () => {
      const { key } = await register({ name: 'Matcher' });
      expect((await send('PATCH', `/workloads/${key}`, { team: 'A' })).status).toBe(428);
      expect((await send('PATCH', `/workloads/${key}`, { team: 'A' }, { 'if-match': '"v1"' })).status).toBe(200);
      const stale = await send('PATCH', `/workloads/${key}`, { team: 'B' }, { 'if-match': '"v1"' });
      expect([stale.status, stale.body['expectedVersion'], stale.body['currentVersion']]).toEqual([412, 1, 2]);
    });

    it('lets exactly one of two writers win, and tells the other both versions', async () => {
      const { key } = await register({ name: 'Racer' });
      const answers = await Promise.all(Array.from({ length: 6 }, (_, n) => send('PATCH', `/workloads/${key}`, { team: `Team ${n}` }, { 'if-match': '"v1"' })));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
      const lost = answers.filter(({ status }) => status !== 200);
      expect(lost.every(({ status, body }) => (status === 412 || status === 409) && body['expectedVersion'] === 1 && body['currentVersion'] === 2)).toBe(true);
      const conflict = lost.find(({ status }) => status === 409);
      if (conflict) expect(conflict.body['current']).toMatchObject({ key, version: 2 });
    });

    it('refuses fields that are not for people', async () => {
      const { key } = await register({ name: 'Refuser' });
      for (const field of ['stage', 'key', 'hardening', 'version', 'facts']) expect(paths(await send('PATCH', `/workloads/${key}`, { [field]: 'x' }, { 'if-match': '*' }))).toEqual([field]);
    });

    it('keeps an attested fact against what is declared, and says who stands against it', async () => {
      const { key } = await register({ name: 'Attested', handlesPii: 'no' });
      const early = await send('PUT', `/workloads/${key}/facts/handlesPii`, { value: 'yes', provenance: 'attested' });
      expect([early.status, early.body['code']]).toEqual([403, 'INVENTORY_OWNER_NOT_YOURS']);
      await send('POST', `/workloads/${key}/owners/risk_owner/accept`);
      const attested = await send('PUT', `/workloads/${key}/facts/handlesPii`, { value: 'yes', provenance: 'attested', source: 'privacy assessment' });
      expect(attested.body.facts['handlesPii']).toMatchObject({ value: 'yes', provenance: 'attested', source: 'privacy assessment', contradictedBy: [{ value: 'no', provenance: 'declared' }] });
      expect(attested.body).toMatchObject({ handlesPii: 'yes' });
      const overruled = await send('PATCH', `/workloads/${key}`, { handlesPii: 'no', team: 'Other' }, { 'if-match': '*' });
      expect([overruled.status, overruled.body['code'], paths(overruled)]).toEqual([409, 'INVENTORY_FACT_OVERRULED', ['handlesPii']]);
      expect((await send('GET', `/workloads/${key}`)).body).toMatchObject({ handlesPii: 'yes', team: 'Care' });
      expect((await send('PUT', `/workloads/${key}/facts/colour`, { value: 'yes' })).status).toBe(400);
    });

    it('shows the past as it was known, and the change field by field', async () => {
      const { key } = await register({ name: 'Historic', team: 'First', tags: ['a'] });
      const then = clock.now().toISOString();
      tick();
      await send('PATCH', `/workloads/${key}`, { team: 'Second', handlesPii: 'yes', tags: ['a', 'b'] }, { 'if-match': '*' });
      tick();
      const past = await send('GET', `/workloads/${key}?asOf=${then}`);
      expect(past.body).toMatchObject({ team: 'First', handlesPii: 'unknown', tags: ['a'], version: 1 });
      expect(past.body.facts['handlesPii']).toMatchObject({ value: 'unknown', by: null });
      expect((await send('GET', `/workloads/${key}?asOf=2020-01-01T00:00:00Z`)).status).toBe(404);
      expect((await send('GET', `/workloads/${key}?asOf=yesterday`)).status).toBe(400);
      const history = await send('GET', `/workloads/${key}/history`);
      const changes = history.body.items.flatMap((entry) => entry.changes);
      expect(changes).toEqual(expect.arrayContaining([
        { field: 'team', from: 'First', to: 'Second' }, { field: 'tags', from: ['a'], to: ['a', 'b'] }, { field: 'handlesPii', from: 'unknown', to: 'yes' }, { field: 'name', from: null, to: 'Historic' },
        { field: 'facts.handlesPii', from: null, to: { value: 'yes', provenance: 'declared', source: null, by: expect.any(String) } },
        { field: 'owners.risk_owner', from: null, to: { person: expect.any(String), email: expect.any(String), status: 'proposed' } },
      ]));
      expect(history.body.items[0]).toMatchObject({ by: { type: 'member', id: admin.memberId }, workload: key });
      const pages: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: TestAnswer<Json> = await send('GET', `/workloads/${key}/history?limit=1${cursor ? `&cursor=${cursor}` : ''}`);
        pages.push(...page.body.items.map((entry) => JSON.stringify(entry)));
        cursor = page.body.nextCursor;
      }
      expect(pages).toEqual(history.body.items.map((entry) => JSON.stringify(entry)));
      // Of the past: only what had changed by then, from the first page on.
      const oldest = history.body.items.at(-1)?.['at'] as unknown as string;
      const earlier = await send('GET', `/workloads/${key}/history?asOf=${oldest}`);
      expect(earlier.body.items).toEqual(history.body.items.filter(({ at }) => Date.parse(String(at)) <= Date.parse(oldest)));
      expect(earlier.body.items.length).toBeLessThan(history.body.items.length);
      expect((await send('GET', `/workloads/${key}/history?asOf=2020-01-01T00:00:00Z`)).body.items).toEqual([]);
      expect((await send('GET', `/workloads/${key}/history`, undefined, undefined, stranger)).status).toBe(404);
    });

    it('refuses that the scope of a frozen workload grows, and lets it be described', async () => {
      const { key, id } = await register({ name: 'Frozen', dataClasses: ['internal'], autonomyLevel: 'L1' });
      const scope = TenantScope.forSystem(admin.tenantId, 'test');
      await app.get(WorkloadProjection).applyStages(scope, [{ workloadId: id, stage: 'pilot', hardening: true, undetermined: false, frozen: true, classificationId: id, classifiedAt: clock.now(), reevaluateAt: null, missingEvidence: 3, fallsAt: null }]);
      const grown = await send('PATCH', `/workloads/${key}`, { dataClasses: ['internal', 'restricted'], autonomyLevel: 'L3' }, { 'if-match': '*' });
      expect([grown.status, grown.body['code'], paths(grown).sort()]).toEqual([409, 'INVENTORY_WORKLOAD_FROZEN', ['autonomyLevel', 'dataClasses']]);
      expect((await send('PATCH', `/workloads/${key}`, { autonomyLevel: 'L0', jurisdictions: ['DE'], description: 'More words' }, { 'if-match': '*' })).status).toBe(200);
      expect((await send('PUT', `/workloads/${key}/tool-grants`, { grants: [{ name: 'crm', access: 'read' }] })).status).toBe(200);
      expect((await send('PUT', `/workloads/${key}/tool-grants`, { grants: [{ name: 'crm', access: 'read_write' }] })).status).toBe(409);
      expect((await send('GET', `/workloads/${key}`)).body).toMatchObject({ stage: 'pilot', hardening: true, frozen: true, version: 3 });
    });
  });

  describe('listing', () => {
    const keys = async (query: string, who = admin): Promise<string[]> => (await send('GET', `/workloads?${query}`, undefined, undefined, who)).body.items.map((item) => item.key);

    it('pages through every order without losing or repeating anybody', async () => {
      const total = (await send('GET', '/workloads?count=true&limit=1')).body['total'];
      for (const sort of ['updatedAt', '-updatedAt', 'name', '-name', 'key', 'registeredAt', 'nextReviewDueAt', '-nextReviewDueAt', 'stage', '-stage', 'riskTier', '-riskTier', 'kind', 'team', '-team', 'businessUnit']) {
        const seen: string[] = [];
        for (let cursor: string | null = ''; cursor !== null;) {
          const page: TestAnswer<Json> = await send('GET', `/workloads?limit=7&sort=${sort}${cursor ? `&cursor=${cursor}` : ''}`);
          expect([sort, page.status]).toEqual([sort, 200]);
          seen.push(...page.body.items.map((item) => item.id));
          cursor = page.body.nextCursor;
        }
        expect([sort, seen.length, new Set(seen).size]).toEqual([sort, total, total]);
      }
    });

    it('filters by everything it says it can', async () => {
      const me = await register({
        name: 'Filtered one', team: 'Filter Team', businessUnit: 'Unit F', kind: 'vision', riskTier: 'critical', processesRealData: 'no', handlesPii: 'yes', executesTools: 'no', downstreamChange: 'yes', maintained: 'yes',
        exposure: 'general', operation: 'batch', autonomyLevel: 'L2', euAiActRole: 'deployer', euAiActClass: 'high_risk', usersAffected: ['customers'], dataClasses: ['restricted'], specialCategories: ['Health'],
        jurisdictions: ['CH'], environments: ['Prod'], tags: ['Unique-Tag'], repositories: ['https://git.example.com/f/one.git'], interfaces: ['https://api.example.com/one/'], statedStage: 'Live in operation', lifecycle: 'paused',
      });
      await register({ name: 'Filtered two', team: 'Filter Team', processesRealData: 'unknown' });
      await send('PUT', `/workloads/${me.key}/components`, { components: [{ type: 'model', provider: 'acme', name: 'Acme-7B', version: '2' }] });
      for (const filter of [
        'kind]=vision', 'businessUnit]=unit f', 'name]=FILTERED ONE', `key]=${me.key.toLowerCase()}`, 'tags]=unique-tag', 'autonomyLevel]=L2', 'specialCategories]=health', 'jurisdictions]=ch', 'repositories]=git@git.example.com/f/one',
        'interfaces]=api.example.com/one', 'statedStage]=live in operation', 'component]=acme-7b', 'euAiActRole]=deployer', 'lifecycle]=paused',
      ]) expect([filter, await keys(`filter[${encodeURIComponent(filter).replace('%5D%3D', ']=')}`)]).toEqual([filter, [me.key]]);
      for (const filter of [
        'riskTier]=critical', 'processesRealData]=no', 'handlesPii]=yes', 'executesTools]=no', 'downstreamChange]=yes', 'maintained]=yes', 'exposure]=general', 'operation]=batch', 'euAiActClass]=high_risk', 'usersAffected]=customers',
        'dataClasses]=restricted', 'environments]=prod', `riskOwner]=${admin.memberId}`, `owner]=${admin.memberId}`, 'unowned]=false', 'incomplete]=false', 'stage]=is empty', 'frozen]=false', 'riskOwnerStatus]=proposed', 'updatedAt]=last 1h',
        'registeredAt]=2026-05-01', 'nextReviewDueAt]=is empty', 'lifecycle]=not:active', 'component]=acme-7b', 'import]=is empty',
      ]) expect([filter, await keys(`limit=200&filter[team]=Filter%20Team&filter[${encodeURIComponent(filter).replace('%5D%3D', ']=')}`)]).toEqual([filter, expect.arrayContaining([me.key])]);
      for (const filter of ['handlesPii]=unknown', 'downstreamChange]=unknown', 'maintained]=unknown', 'exposure]=is empty', 'tags]=is empty', 'dataClasses]=not:restricted', 'component]=not:acme-7b', 'riskTier]=is empty', 'businessUnit]=is empty']) {
        expect([filter, await keys(`filter[team]=Filter%20Team&filter[${encodeURIComponent(filter).replace('%5D%3D', ']=')}`)]).toEqual([filter, ['FILTERED-TWO']]);
      }
      expect(await keys('filter[team]=Filter%20Team&filter[kind]=vision&filter[kind]=agent&sort=name')).toEqual(['FILTERED-ONE', 'FILTERED-TWO']);
      expect(await keys('filter[team]=Filter%20Team', stranger)).toEqual([]);
    });

    it('searches names, keys, teams and words of the purpose', async () => {
      const { key } = await register({ name: 'Zebra 100%_matcher', team: 'Savanna', purpose: 'Recognises stripes of animals in photographs' });
      for (const q of ['zebra', 'ZEB', 'savanna', 'strip', 'zebra photo', '100%_m', key]) expect([q, await keys(`q=${encodeURIComponent(q)}`)]).toEqual([q, [key]]);
      for (const q of ['100x', 'zebra giraffe', "'; DROP TABLE workload; --", '\\', '%']) expect([q, (await keys(`q=${encodeURIComponent(q)}`)).includes(key)]).toEqual([q, q === '%']);
      expect(await keys('q=zebra', stranger)).toEqual([]);
      expect((await send('GET', `/workloads?q=${encodeURIComponent('a b c d e f g h i j k')}`)).status).toBe(400);
    });

    it('lists the inventory as it was known', async () => {
      const { key } = await register({ name: 'Past lister', team: 'Past team' });
      const then = clock.now().toISOString();
      tick();
      await send('PATCH', `/workloads/${key}`, { team: 'Present team' }, { 'if-match': '*' });
      expect(await keys(`asOf=${then}&filter[team]=Past%20team`)).toEqual([key]);
      expect(await keys('filter[team]=Past%20team')).toEqual([]);
      expect((await send('GET', `/workloads?asOf=${then}&filter[team]=Past%20team&count=true`)).body['total']).toBe(1);
    });

    it('refuses NUL characters wherever they come', async () => {
      for (const query of ['q=%00', 'filter[team]=%00', 'filter[tags]=a%00']) expect([query, (await send('GET', `/workloads?${query}`)).status]).toEqual([query, 400]);
      expect((await send('GET', '/workloads/%00')).status).toBe(400);
      expect((await send('POST', '/workloads', { ...SIX, riskOwner: admin.memberId, name: 'a\u0000b' })).status).toBe(400);
      expect((await send('POST', '/workloads', { ...SIX, riskOwner: admin.memberId, tags: ['a\u0000b'] })).status).toBe(400);
    });

    it('refuses what it does not know', async () => {
      for (const query of ['filter[colour]=red', 'sort=colour', 'limit=201', 'filter[stage]=Pilot', 'cursor=nonsense', 'page=2']) expect([query, (await send('GET', `/workloads?${query}`)).status]).toEqual([query, 400]);
    });
  });

  describe('retiring and merging', () => {
    it('retires for good, with a reason and a record', async () => {
      const { key } = await register({ name: 'Retiree' });
      expect(paths(await send('POST', `/workloads/${key}/retire`, {})).sort()).toEqual(['reason', 'record']);
      for (const record of ['', {}, [], 5]) expect(paths(await send('POST', `/workloads/${key}/retire`, { reason: 'replaced', record }))).toEqual(['record']);
      const answer = await send('POST', `/workloads/${key}/retire`, { reason: 'replaced', record: { keys: 'revoked' } });
      expect(answer.body).toMatchObject({ lifecycle: 'retired', retireReason: 'replaced', decommissionRecord: { keys: 'revoked' }, retiredAt: clock.now().toISOString() });
      expect((await send('POST', `/workloads/${key}/retire`, { reason: 'again', record: 'x' })).body['code']).toBe('INVENTORY_WORKLOAD_RETIRED');
      for (const [method, path, body] of [['PATCH', '', { lifecycle: 'active' }], ['PUT', '/components', { components: [] }], ['PUT', '/owners/on_call', { memberId: admin.memberId }], ['PUT', '/facts/handlesPii', { value: 'no' }]] as const) {
        expect([path, (await send(method, `/workloads/${key}${path}`, body, { 'if-match': '*' })).status]).toEqual([path, 409]);
      }
      await expect(sql.query(`UPDATE workload SET lifecycle = 'active', retired_at = NULL WHERE tenant_id = $1 AND key = $2`, [admin.tenantId, key])).rejects.toThrow('terminal');
    });

    it('merges a duplicate: its key leads to the survivor and both histories stay', async () => {
      const survivor = await register({ name: 'Survivor', tags: ['a'], handlesPii: 'no' });
      const double = await register({ name: 'Double', tags: ['b'], description: 'More', executesTools: 'yes', handlesPii: 'yes', team: 'Other' });
      await send('PUT', `/workloads/${double.key}/components`, { components: [{ type: 'model', name: 'shared-model' }] });
      const apart = clock.now().toISOString();
      tick();
      const answer = await send('POST', `/workloads/${double.key}/merge`, { into: survivor.key, reason: 'the same bot' });
      expect(answer.status).toBe(200);
      expect(answer.body).toMatchObject({ key: survivor.key, team: 'Care', tags: ['a', 'b'], description: 'More', executesTools: 'yes', handlesPii: 'no' });
      expect((await send('GET', `/workloads/${double.key}`)).body.key).toBe(survivor.key);
      expect((await send('GET', `/workloads/${double.id}`)).body.key).toBe(survivor.key);
      expect((await send('GET', `/workloads/${survivor.key}/components`)).body.items.map((one) => one['name'])).toEqual(['shared-model']);
      expect((await send('GET', '/workloads?filter[name]=double')).body.items).toEqual([]);
      const history = (await send('GET', `/workloads/${survivor.key}/history?limit=200`)).body.items;
      expect(new Set(history.map((entry) => entry['workload']))).toEqual(new Set([survivor.key, double.key]));
      // Before they were one, each had a past of its own.
      const ofThen = async (asOf: string): Promise<Set<unknown>> => new Set((await send('GET', `/workloads/${survivor.key}/history?limit=200&asOf=${asOf}`)).body.items.map((entry) => entry['workload']));
      expect([await ofThen(apart), await ofThen(clock.now().toISOString())]).toEqual([new Set([survivor.key]), new Set([survivor.key, double.key])]);
      expect((await send('POST', `/workloads/${double.key}/merge`, { into: survivor.key, reason: 'again' })).body['code']).toBe('INVENTORY_MERGE_CONFLICT');
      expect((await register({ name: 'Double' })).key).toBe('DOUBLE-2');
      expect((await send('POST', `/workloads/${survivor.key}/merge`, { into: 'RANKER', reason: 'x' }, undefined, stranger)).status).toBe(404);
    });
  });
});
