import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { newId, TenantScope } from '@roster/platform-context';
import { createTestApp, createTestDatabase, FakeClock, TestClient, testConfig, type SignedInClient, type TestDatabase } from '@roster/testing';
import { Client } from 'pg';
import { WorkloadProjection } from '../classification-state/workload-projection.js';
import { InventoryHttpModule } from '../inventory-http.module.js';
import type { SavedViewDto } from './saved-view.dto.js';

interface Workload { id: string; key: string }
interface Listed { items: { key: string; fallsAt: string | null; missingEvidence: number | null }[]; total?: number }

describe('saved views and what they filter by', () => {
  let db: TestDatabase;
  let app: NestFastifyApplication;
  let ada: SignedInClient;
  let bob: SignedInClient;
  let viewer: SignedInClient;
  let other: SignedInClient;
  const clock = new FakeClock('2026-05-10T12:00:00Z');
  const body = (more: object = {}): object => ({ name: 'Claims pilots', query: 'filter[stage]=pilot&filter[team]=Claims', sort: 'name', columns: [{ id: 'name', width: 300, pinned: true }, { id: 'custom.bureau' }], density: 'roomy', ...more });
  const views = async (who: SignedInClient): Promise<SavedViewDto[]> => (await who.client.get<{ items: SavedViewDto[] }>('/saved-views')).body.items;

  beforeAll(async () => {
    db = await createTestDatabase();
    app = await createTestApp({ config: testConfig(db), clock, imports: [InventoryHttpModule] });
    const client = await TestClient.of(app);
    ada = await client.signUp();
    bob = await ada.client.invite('risk_owner');
    viewer = await ada.client.invite('viewer');
    other = await client.signUp();
  });
  afterAll(async () => {
    await app.close();
    await db.drop();
  });

  it('tells whoever reads the trail that a personal view changed, and not what it says', async () => {
    const sql = new Client({ connectionString: db.adminUrl });
    await sql.connect();
    const trailOf = async (id: string): Promise<string[]> => (await sql.query<{ text: string }>('SELECT disclosure AS text FROM trail_entry WHERE tenant_id = $1 AND object_id = $2 ORDER BY id', [ada.tenantId, id])).rows.map(({ text }) => text);
    const secret = body({ name: 'Whom I suspect', description: 'about Bob', query: 'filter[team]=Suspects' });
    const { id } = (await bob.client.post<SavedViewDto>('/saved-views', secret)).body;
    await bob.client.patch(`/saved-views/${id}`, { name: 'Whom I still suspect' });
    const personal = await trailOf(id);
    expect(personal).toHaveLength(2);
    expect(personal.join()).not.toMatch(/suspect|about Bob/i);
    const digests = personal.flatMap((text) => [...text.matchAll(/"digest":"([0-9a-f]{64})"/g)].map(([, digest]) => digest));
    expect([digests.length, new Set(digests).size]).toEqual([3, 2]);
    await bob.client.patch(`/saved-views/${id}`, { shared: true });
    expect((await trailOf(id)).at(-1)).toContain('Whom I still suspect');
    await bob.client.patch(`/saved-views/${id}`, { shared: false });
    await bob.client.delete(`/saved-views/${id}`);
    expect((await trailOf(id)).at(-1)).not.toMatch(/suspect/i);
    await sql.end();
  });

  it('lists the built-in ones, and keeps a personal one that nobody else sees', async () => {
    expect((await views(viewer)).map(({ name, kind }) => [name, kind])).toEqual(['All', 'Mine', 'Unowned', 'Overdue', 'Missing evidence', 'Pilot with PII or tools', 'Falling within 30 days'].map((name) => [name, 'built_in']));
    const made = await viewer.client.post<SavedViewDto>('/saved-views', body());
    expect(made.status).toBe(201);
    expect(made.headers['etag']).toBe('"v1"');
    expect(made.body).toMatchObject({ kind: 'personal', mayChange: true, owner: { id: viewer.memberId }, query: 'filter[stage]=pilot&filter[team]=Claims', sort: 'name', density: 'roomy', columns: [{ id: 'name', width: 300, pinned: true }, { id: 'custom.bureau', width: null, pinned: false }] });
    expect((await viewer.client.get(made.body.href.replace('/api/v1', ''))).status).toBe(200);
    expect((await views(viewer)).at(-1)).toMatchObject({ id: made.body.id });
    for (const somebody of [ada, bob, other]) {
      expect((await views(somebody)).some(({ id }) => id === made.body.id)).toBe(false);
      expect((await somebody.client.get(`/saved-views/${made.body.id}`)).status).toBe(404);
      expect((await somebody.client.patch(`/saved-views/${made.body.id}`, { name: 'Mine now' })).status).toBe(404);
      expect((await somebody.client.delete(`/saved-views/${made.body.id}`)).status).toBe(404);
    }
  });

  it('shares a view with everybody of the organization, for whom that needs a permission', async () => {
    expect((await viewer.client.post('/saved-views', body({ shared: true }))).body).toMatchObject({ status: 403, permission: 'inventory:view:share' });
    const { id } = (await bob.client.post<SavedViewDto>('/saved-views', body({ shared: true, name: 'For all' }))).body;
    expect((await views(viewer)).find((view) => view.id === id)).toMatchObject({ kind: 'shared', mayChange: false, owner: { id: bob.memberId } });
    expect((await viewer.client.patch(`/saved-views/${id}`, { name: 'x' })).status).toBe(403);
    expect((await viewer.client.delete(`/saved-views/${id}`)).status).toBe(403);
    expect((await views(other)).some((view) => view.id === id)).toBe(false);
    expect((await other.client.get(`/saved-views/${id}`)).status).toBe(404);
    const renamed = await ada.client.patch<SavedViewDto>(`/saved-views/${id}`, { name: 'For everybody' }, { 'if-match': '"v1"' });
    expect(renamed.body).toMatchObject({ name: 'For everybody', version: 2, query: 'filter[stage]=pilot&filter[team]=Claims' });
    expect((await bob.client.patch(`/saved-views/${id}`, { name: 'Mine' }, { 'if-match': '"v1"' })).body).toMatchObject({ status: 412, expectedVersion: 1, currentVersion: 2 });
    expect((await ada.client.delete(`/saved-views/${id}`, { 'if-match': '"v2"' })).status).toBe(204);
    expect((await ada.client.get(`/saved-views/${id}`)).status).toBe(404);
  });

  it('turns a personal view into a shared one and back, for its maker', async () => {
    const { id } = (await bob.client.post<SavedViewDto>('/saved-views', body({ name: 'Turning' }))).body;
    const own = (await viewer.client.post<SavedViewDto>('/saved-views', body({ name: 'Not for all' }))).body;
    expect((await viewer.client.patch(`/saved-views/${own.id}`, { shared: true })).body).toMatchObject({ status: 403, permission: 'inventory:view:share' });
    const shared = await bob.client.patch<SavedViewDto>(`/saved-views/${id}`, { shared: true }, { 'if-match': '"v1"' });
    expect(shared.body).toMatchObject({ kind: 'shared', name: 'Turning', sort: 'name', density: 'roomy', version: 2 });
    expect((await views(viewer)).find((view) => view.id === id)).toMatchObject({ kind: 'shared', mayChange: false });
    expect((await viewer.client.patch(`/saved-views/${id}`, { shared: false })).body).toMatchObject({ status: 403, permission: 'inventory:view:share' });
    expect((await ada.client.patch(`/saved-views/${id}`, { shared: false })).body).toMatchObject({ status: 403, code: 'INVENTORY_VIEW_NOT_YOURS' });
    expect((await other.client.patch(`/saved-views/${id}`, { shared: false })).status).toBe(404);
    expect((await bob.client.patch<SavedViewDto>(`/saved-views/${id}`, { shared: false })).body).toMatchObject({ kind: 'personal', version: 3 });
    expect((await views(ada)).some((view) => view.id === id)).toBe(false);
    expect((await ada.client.get(`/saved-views/${id}`)).status).toBe(404);
    await viewer.client.delete(`/saved-views/${own.id}`);
  });

  it.each([
    [{ query: 'filter[stage]=Pilot' }, 'filter[stage]'], [{ query: 'filter[secret]=1' }, 'filter[secret]'], [{ query: 'limit=5' }, 'query.limit'], [{ sort: 'secret' }, 'sort'], [{ name: '' }, 'name'], [{ density: 'airy' }, 'density'],
    [{ columns: [{ id: 'name' }, { id: 'name' }] }, 'columns[1].id'], [{ columns: [{ id: 'na me' }] }, 'columns[0].id'],
  ])('refuses %j and names %s', async (more, path) => {
    const answer = await viewer.client.post<{ errors: { path: string }[] }>('/saved-views', body(more));
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((error) => error.path.replaceAll('.0.', '[0].'))).toContain(path);
  });

  it('leaves built-in views as they are', async () => {
    expect((await ada.client.get<SavedViewDto>('/saved-views/overdue')).body).toMatchObject({ name: 'Overdue', version: null });
    expect((await ada.client.patch('/saved-views/overdue', { name: 'x' })).body).toMatchObject({ code: 'INVENTORY_VIEW_BUILT_IN' });
    expect((await ada.client.delete('/saved-views/overdue')).status).toBe(409);
  });

  it('shows through each built-in view exactly what it says', async () => {
    const scope = TenantScope.forSystem(ada.tenantId, 'test');
    const register = async (key: string, more: object = {}): Promise<Workload> =>
      (await ada.client.post<Workload>('/workloads', { key, name: key, kind: 'agent', purpose: 'x', team: 'Claims', riskOwner: bob.email, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', ...more })).body;
    const days = (n: number): Date => new Date(clock.now().getTime() + n * 86_400_000);
    const plain = await register('PLAIN');
    const lacking = await register('LACKING', { handlesPii: 'unknown' });
    const falling = await register('FALLING');
    const late = await register('LATE', { executesTools: 'yes' });
    const experiment = await register('EXPERIMENT');
    const stage = (w: Workload, at: 'experiment' | 'pilot', missingEvidence: number | null, fallsAt: Date | null): object => ({
      workloadId: w.id, stage: at, hardening: false, undetermined: false, frozen: false, classificationId: newId(), classifiedAt: clock.now(), reevaluateAt: null, missingEvidence, fallsAt,
    });
    await app.get(WorkloadProjection).applyStages(scope, [
      stage(plain, 'pilot', 0, days(90)), stage(lacking, 'pilot', 7, null), stage(falling, 'pilot', 0, days(20)), stage(late, 'pilot', 0, null), stage(experiment, 'experiment', 12, null),
    ] as Parameters<WorkloadProjection['applyStages']>[1]);
    await app.get(WorkloadProjection).applyNextReview(scope, [{ workloadId: late.id, nextReviewDueAt: days(-1) }, { workloadId: plain.id, nextReviewDueAt: days(5) }]);
    const shown = async (who: SignedInClient, id: string): Promise<string[]> => {
      const { href } = (await who.client.get<SavedViewDto>(`/saved-views/${id}`)).body;
      return (await who.client.get<Listed>(href.replace('/api/v1', ''))).body.items.map(({ key }) => key).sort();
    };
    expect(await shown(ada, 'all')).toEqual(['EXPERIMENT', 'FALLING', 'LACKING', 'LATE', 'PLAIN']);
    expect(await shown(ada, 'mine')).toEqual(['EXPERIMENT', 'FALLING', 'LACKING', 'LATE', 'PLAIN']);
    expect(await shown(bob, 'mine')).toEqual(['EXPERIMENT', 'FALLING', 'LACKING', 'LATE', 'PLAIN']);
    expect(await shown(viewer, 'mine')).toEqual([]);
    expect(await shown(ada, 'unowned')).toEqual([]);
    expect(await shown(ada, 'overdue')).toEqual(['LATE']);
    expect(await shown(ada, 'missing-evidence')).toEqual(['LACKING']);
    expect(await shown(ada, 'pilot-pii-or-tools')).toEqual(['LACKING', 'LATE']);
    expect(await shown(ada, 'falling')).toEqual(['FALLING']);
    expect(await shown(other, 'all')).toEqual([]);
    const item = (await ada.client.get<Listed>('/workloads?filter[key]=falling')).body.items[0];
    expect(item).toMatchObject({ missingEvidence: 0, fallsAt: days(20).toISOString() });
    const asked = async (query: string): Promise<string[]> => (await ada.client.get<Listed>(`/workloads?${query}`)).body.items.map(({ key }) => key).sort();
    expect(await asked('filter[missingEvidence]=unknown')).toEqual([]);
    expect(await asked('filter[fallsAt][empty]=no')).toEqual(['FALLING', 'PLAIN']);
    expect(await asked('filter[fallsAt][gt]=now%2B30d')).toEqual(['PLAIN']);
    expect(await asked('filter[stage][gte]=pilot&filter[stage][ne]=production')).toEqual(['FALLING', 'LACKING', 'LATE', 'PLAIN']);
    expect(await asked('filter[stage][lt]=pilot')).toEqual(['EXPERIMENT']);
    expect(await asked('filter[mine]=false')).toEqual([]);
    expect(await asked(`filter[mine]=true&asOf=${encodeURIComponent(clock.now().toISOString())}`)).toEqual(['EXPERIMENT', 'FALLING', 'LACKING', 'LATE', 'PLAIN']);
    expect(await asked('filter[riskTier]=unknown&filter[team][empty]=no&filter[owner]=me')).toEqual([]);
  });

  it('compares custom dates and numbers', async () => {
    await ada.client.post('/custom-fields', { key: 'renewal', label: 'Renewal', type: 'date' });
    await ada.client.post('/custom-fields', { key: 'users', label: 'Users', type: 'number' });
    await ada.client.patch('/workloads/PLAIN', { custom: { renewal: '2026-05-15', users: 900 } });
    await ada.client.patch('/workloads/LATE', { custom: { renewal: '2026-09-01', users: 12000 } });
    const asked = async (query: string): Promise<string[]> => (await ada.client.get<Listed>(`/workloads?${query}`)).body.items.map(({ key }) => key).sort();
    expect(await asked('filter[custom.renewal][lte]=now%2B7d')).toEqual(['PLAIN']);
    expect(await asked('filter[custom.users][gt]=1000')).toEqual(['LATE']);
    expect(await asked('filter[custom.users][lt]=1000')).toEqual(['PLAIN']);
    expect(await asked('filter[custom.users][empty]=yes')).toEqual(['EXPERIMENT', 'FALLING', 'LACKING']);
  });
});
