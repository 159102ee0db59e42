import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TIER_POLICY_PRESET } from '@roster/contracts';
import { FrameworkCatalogue } from '@roster/frameworks';
import { TenantScope } from '@roster/platform-context';
import type { SignedInClient, TestClient } from '@roster/testing';
import { EvidenceFixture, type EvidenceOrganization } from '../testing/evidence-fixture.js';
import { computeCoverage } from './compute-coverage.js';
import { CoverageQuery } from './coverage.query.js';

interface Coverage { required: { met: number; total: number; missing: string[] }; tier: string; tierIsSet: boolean; nextChangeAt: string | null; domains: { id: string; name: string; status: string; requiredMet: boolean; freeze: boolean; blocking: boolean; criteria: { id: string; key: string; status: string; evidence: { itemId: string; version: number }[]; exception: { kind: string } | null; expiresAt: string | null }[] }[] }

describe('coverage and exceptions over HTTP', () => {
  let fixture: EvidenceFixture;
  let org: EvidenceOrganization;
  let other: EvidenceOrganization;
  let reader: TestClient;
  beforeAll(async () => {
    fixture = await EvidenceFixture.start();
    org = await fixture.organization();
    other = await fixture.organization();
    await fixture.workload(other.tenantId, 'SECRET-BOT');
    // A key, because the clock jumps over the life of a session.
    reader = org.submitter.client.as((await org.submitter.client.createKey(['evidence:item:read'])).key);
  });
  afterAll(() => fixture.stop());

  const submit = async (workload: string, criteria: readonly string[], more: object = {}, by: SignedInClient = org.submitter): Promise<string> => {
    const made = await by.client.post<{ id: string }>('/evidence', { kind: 'link', title: 'Proof', url: 'https://example.test/proof', links: criteria.map((criterion) => ({ workload, criterion })), ...more });
    expect(made.status).toBe(201);
    return made.body.id;
  };
  const accept = (id: string, version = 1) => org.reviewer.client.post(`/evidence/${id}/versions/${version}/decision`, { decision: 'accept' });
  const coverage = async (workload: string, query = '') => (await reader.get<Coverage>(`/workloads/${workload}/coverage${query}`)).body;
  const criterion = (c: Coverage, id: string) => c.domains.flatMap((d) => d.criteria).find((x) => x.id === id);

  describe('coverage', () => {
    it('of a workload without evidence is all missing, with the required set of its tier', async () => {
      await fixture.workload(org.tenantId, 'EMPTY');
      const empty = await coverage('EMPTY');
      expect(empty).toMatchObject({ edition: 'psf-1.1', tier: 'low', tierIsSet: true, required: { met: 0, total: 8 }, nextChangeAt: null });
      expect(empty.domains.map((d) => [d.name, d.status, d.freeze])).toContainEqual(['Data Protection', 'missing', true]);
      expect(empty.domains.flatMap((d) => d.criteria)).toHaveLength(40);
    });

    it('treats an unknown tier as critical and unknown tool use as tool use', async () => {
      const id = await fixture.workload(org.tenantId, 'UNKNOWN', { executesTools: 'unknown' });
      await fixture.run(org.tenantId, 'UPDATE workload SET risk_tier = NULL WHERE tenant_id = $1 AND id = $2', [org.tenantId, id]);
      expect(await coverage('UNKNOWN')).toMatchObject({ tier: 'critical', tierIsSet: false, required: { total: 40 } });
      await fixture.workload(org.tenantId, 'TOOLS', { executesTools: 'unknown' });
      expect((await coverage('TOOLS')).domains.filter((d) => d.blocking).map((d) => d.id)).toEqual(['PSF-6', 'PSF-7']);
    });

    it('moves from submitted to satisfied to expired, each at its instant', async () => {
      await fixture.workload(org.tenantId, 'MOVING');
      const id = await submit('MOVING', ['psf-1.1/PSF-4.1'], { expiresAt: '2026-05-01T10:00:00Z' });
      expect(criterion(await coverage('MOVING'), 'PSF-4.1')).toMatchObject({ status: 'submitted', evidence: [{ itemId: id, version: 1 }], expiresAt: null });
      await accept(id);
      const satisfied = await coverage('MOVING');
      expect(satisfied).toMatchObject({ required: { met: 1, total: 8 }, nextChangeAt: '2026-05-01T10:00:00.000Z' });
      expect(satisfied.domains.find((d) => d.id === 'PSF-4')).toMatchObject({ status: 'satisfied', requiredMet: true });
      fixture.clock.set('2026-05-01T09:59:59.999Z');
      expect(criterion(await coverage('MOVING'), 'PSF-4.1')?.status).toBe('satisfied');
      fixture.clock.set('2026-05-01T10:00:00.000Z');
      expect(criterion(await coverage('MOVING'), 'PSF-4.1')).toMatchObject({ status: 'expired', expiresAt: null });
      fixture.clock.set('2026-05-01T09:05:00.000Z');
    });

    it('is computed for another edition on request, never by number', async () => {
      await fixture.workload(org.tenantId, 'EDITIONS');
      await accept(await submit('EDITIONS', ['psf-definition-2026-04/PSF-03.timeouts', 'psf-1.1/PSF-3.1']));
      const [here, there] = [await coverage('EDITIONS'), await coverage('EDITIONS', '?edition=psf-definition-2026-04')];
      expect(here.domains.find((d) => d.id === 'PSF-3')).toMatchObject({ name: 'Data Protection', status: 'satisfied' });
      expect(there.domains.filter((d) => d.requiredMet).map((d) => d.name)).toEqual(['Production Architecture']);
      expect(await reader.get('/workloads/EDITIONS/coverage?edition=psf-9')).toMatchObject({ status: 404, body: { code: 'FRAMEWORKS_EDITION_NOT_FOUND' } });
      expect(await reader.get('/workloads/EDITIONS/coverage?edition=psf-dsa-early')).toMatchObject({ status: 422, body: { code: 'FRAMEWORKS_EDITION_NOT_ASSESSABLE' } });
    });

    it('can be read as it was known at any past instant', async () => {
      fixture.clock.set('2026-05-01T09:06:00.000Z');
      const workload = await fixture.workload(org.tenantId, 'PAST');
      fixture.clock.set('2026-05-01T09:07:00.000Z');
      const id = await submit('PAST', ['psf-1.1/PSF-4.1'], { expiresAt: '2026-05-01T09:30:00Z' });
      fixture.clock.set('2026-05-01T09:08:00.000Z');
      await accept(id);
      fixture.clock.set('2026-05-01T09:09:00.000Z');
      await fixture.run(org.tenantId, `UPDATE workload SET risk_tier = 'high', executes_tools = 'yes' WHERE tenant_id = $1 AND id = $2`, [org.tenantId, workload]);
      const link = (await reader.get<{ links: { id: string }[] }>(`/evidence/${id}`)).body.links[0]?.id ?? '';
      fixture.clock.set('2026-05-01T09:10:00.000Z');
      await org.submitter.client.delete(`/evidence/${id}/links/${link}`);
      fixture.clock.set('2026-05-01T09:11:00.000Z');
      const at = async (time: string) => { const c = await coverage('PAST', `?asOf=2026-05-01T${time}Z`); return [criterion(c, 'PSF-4.1')?.status, c.tier, c.required.total]; };
      expect(await at('09:06:30')).toEqual(['missing', 'low', 8]);
      expect(await at('09:07:30')).toEqual(['submitted', 'low', 8]);
      expect(await at('09:08:30')).toEqual(['satisfied', 'low', 8]);
      expect(await at('09:09:30')).toEqual(['satisfied', 'high', 40]);
      expect(await at('09:10:30')).toEqual(['missing', 'high', 40]);
      expect(criterion(await coverage('PAST'), 'PSF-4.1')?.status).toBe('missing');
      expect(await reader.get('/workloads/PAST/coverage?asOf=2026-05-01T09:05:00Z')).toMatchObject({ status: 404, body: { code: 'INVENTORY_WORKLOAD_NOT_FOUND' } });
      expect(await reader.get('/workloads/PAST/coverage?asOf=yesterday')).toMatchObject({ status: 400 });
    });

    it('is 404 for another organization, and 401 for nobody', async () => {
      expect(await reader.get('/workloads/SECRET-BOT/coverage')).toMatchObject({ status: 404, body: { code: 'INVENTORY_WORKLOAD_NOT_FOUND' } });
      expect((await fixture.anybody.get('/workloads/EMPTY/coverage')).status).toBe(401);
    });
  });

  describe('exceptions', () => {
    const request = (more: object = {}, by = org.submitter) => by.client.post<{ id: string; status: string; errors: { path: string; code: string }[] }>('/exceptions', {
      workload: 'WAIVED', criterion: 'psf-1.1/PSF-5.4', reason: 'Vendor has no rollback', compensatingControl: 'Manual approval of each release', expiresAt: '2026-05-01T09:50:00Z', ...more,
    });
    beforeAll(async () => { await fixture.workload(org.tenantId, 'WAIVED'); });

    it('waive a requirement from approval to expiry, approved by somebody else', async () => {
      const made = await request();
      expect(made).toMatchObject({ status: 201, body: { kind: 'exception', status: 'requested', criterion: 'psf-1.1/PSF-5.4', workload: { key: 'WAIVED' }, compensatingControl: 'Manual approval of each release' } });
      expect(await request()).toMatchObject({ status: 409, body: { code: 'EVIDENCE_EXCEPTION_OPEN' } });
      expect(criterion(await coverage('WAIVED'), 'PSF-5.4')?.status).toBe('missing');
      expect(await org.submitter.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'approve' })).toMatchObject({ status: 403, body: { code: 'EVIDENCE_SELF_REVIEW' } });
      await fixture.marks(org.tenantId);
      expect(await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'approve', comment: 'For now' })).toMatchObject({ status: 200, body: { status: 'approved', decidedBy: { id: org.reviewer.memberId } } });
      expect(await fixture.marks(org.tenantId)).toEqual({ WAIVED: ['exception'] });
      const waived = await coverage('WAIVED');
      expect(criterion(waived, 'PSF-5.4')).toMatchObject({ status: 'waived', exception: { id: made.body.id, kind: 'exception' }, expiresAt: '2026-05-01T09:50:00.000Z' });
      expect(waived.required.met).toBe(1);
      expect(await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'decline', comment: 'No' })).toMatchObject({ status: 409, body: { code: 'EVIDENCE_STATE_CONFLICT' } });
      fixture.clock.set('2026-05-01T09:50:00.000Z');
      expect(criterion(await coverage('WAIVED'), 'PSF-5.4')?.status).toBe('expired');
      expect((await reader.get(`/exceptions/${made.body.id}`)).body).toMatchObject({ status: 'expired' });
      fixture.clock.set('2026-05-01T09:12:00.000Z');
    });

    it('state that a requirement does not apply, with justification and approver', async () => {
      const made = await request({ kind: 'not_applicable', criterion: 'PSF-8.3', compensatingControl: null, expiresAt: null, reason: 'No model is supplied from outside' });
      expect(made.status).toBe(201);
      await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'accept' });
      expect(criterion(await coverage('WAIVED'), 'PSF-8.3')).toMatchObject({ status: 'not_applicable', expiresAt: null });
      expect(await org.submitter.client.post(`/exceptions/${made.body.id}/withdraw`, { reason: 'We buy one now' })).toMatchObject({ status: 200, body: { status: 'withdrawn' } });
      expect(criterion(await coverage('WAIVED'), 'PSF-8.3')?.status).toBe('missing');
      expect(await org.submitter.client.post(`/exceptions/${made.body.id}/withdraw`, { reason: 'again' })).toMatchObject({ status: 409 });
    });

    it.each<[string, object, number, string, string]>([
      ['without compensating control', { compensatingControl: null }, 400, 'compensatingControl', 'required'],
      ['without end', { expiresAt: null }, 400, 'expiresAt', 'required'],
      ['that has ended already', { expiresAt: '2026-05-01T09:00:00Z' }, 400, 'expiresAt', 'in_the_past'],
      ['without reason', { reason: '' }, 400, 'reason', 'min_length'],
      ['for an unknown criterion', { criterion: 'PSF-77' }, 422, 'criterion', 'unknown_criterion'],
      ['for a criterion with facets as a whole', { criterion: 'psf-definition-2026-04/PSF-07' }, 422, 'criterion', 'has_facets'],
    ])('are refused %s', async (_what, more, status, path, code) => {
      const answer = await request(more);
      expect(answer.status).toBe(status);
      expect(answer.body.errors).toEqual([expect.objectContaining({ path, code })]);
    });

    it('are refused for another organization\'s workload, and need a reason to be declined', async () => {
      expect(await request({ workload: 'SECRET-BOT' })).toMatchObject({ status: 404, body: { code: 'INVENTORY_WORKLOAD_NOT_FOUND' } });
      const made = await request({ criterion: 'PSF-5.5' });
      expect(await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'decline' })).toMatchObject({ status: 400, body: { errors: [{ path: 'comment' }] } });
      expect(await org.reviewer.client.post(`/exceptions/${made.body.id}/decision`, { decision: 'decline', comment: 'Do it' })).toMatchObject({ status: 200, body: { status: 'declined' } });
    });

    it('are listed with filters, page by page', async () => {
      const all = await reader.get<{ items: { status: string }[]; total: number }>('/exceptions?count=true&filter[workload]=WAIVED&sort=requestedAt');
      expect(all.body.items.map((e) => e.status)).toHaveLength(3);
      expect(all.body.total).toBe(3);
      const first = await reader.get<{ items: { id: string }[]; nextCursor: string }>('/exceptions?limit=2');
      const second = await reader.get<{ items: { id: string }[]; nextCursor: null }>(`/exceptions?limit=2&cursor=${first.body.nextCursor}`);
      expect(new Set([...first.body.items, ...second.body.items].map((e) => e.id)).size).toBe(3);
      expect((await reader.get<{ items: unknown[] }>('/exceptions?filter[status]=declined')).body.items).toHaveLength(1);
      expect((await reader.get<{ items: unknown[] }>('/exceptions?filter[kind]=not_applicable')).body.items).toHaveLength(1);
      expect(await reader.get('/exceptions?filter[status]=fine')).toMatchObject({ status: 400 });
    });

    it('of one organization do not exist for another', async () => {
      const made = await request({ criterion: 'PSF-2.1', reason: 'CANARY' });
      for (const [method, path, body] of [['GET', ''], ['POST', '/decision', { decision: 'approve' }], ['POST', '/withdraw', { reason: 'x' }]] as const) {
        const answer = await other.submitter.client.send(method, `/exceptions/${made.body.id}${path}`, { body });
        expect(answer).toMatchObject({ status: 404, body: { code: 'EVIDENCE_EXCEPTION_NOT_FOUND' } });
      }
      expect((await other.submitter.client.get('/exceptions')).text).not.toContain('CANARY');
      expect((await reader.get(`/exceptions/${made.body.id}`)).body).toMatchObject({ status: 'requested' });
    });

    it('cannot be changed behind the back of the rules', async () => {
      for (const change of [`reason = 'x'`, `expires_at = '2030-01-01'`, `status = 'requested'`, `decider_member_id = requester_member_id`]) {
        await expect(fixture.run(org.tenantId, `UPDATE coverage_exception SET ${change} WHERE tenant_id = $1 AND status = 'declined'`, [org.tenantId])).rejects.toThrow(/immutable|cannot go|final|violates/);
      }
    });
  });

  describe('CoverageQuery', () => {
    const at = new Date('2026-05-01T09:12:00.000Z');

    it('reads a thousand workloads with five links each in two statements, and computes them', async () => {
      const big = await fixture.organization();
      const [{ ids }] = await fixture.run<{ ids: string[] }>(big.tenantId, `
        WITH made AS (INSERT INTO workload (tenant_id, id, key, name, risk_tier, registered_at, updated_at)
          SELECT $1, gen_random_uuid(), 'W-' || n, 'Workload ' || n, 'medium', $2, $2 FROM generate_series(1, 1000) n RETURNING id)
        SELECT array_agg(id) AS ids FROM made`, [big.tenantId, at]) as [{ ids: string[] }];
      await fixture.run(big.tenantId, `
        WITH item AS (INSERT INTO evidence_item (tenant_id, id, kind, title, created_at, updated_at) SELECT $1, gen_random_uuid(), 'link', 'Proof ' || n, $2, $2 FROM generate_series(1, 2000) n RETURNING id),
        version AS (INSERT INTO evidence_version (tenant_id, item_id, version, url, submitted_at, status, checked_at, decided_at, decided_by, decider_member_id, submitter_member_id)
          SELECT $1, id, 1, 'https://example.test', $2, 'accepted', $2, $2, '{}', $3, $4 FROM item)
        SELECT count(*) FROM item`, [big.tenantId, at, big.reviewer.memberId, big.submitter.memberId]);
      await fixture.run(big.tenantId, `
        INSERT INTO evidence_link (tenant_id, id, item_id, workload_id, edition, requirement_key, status, proposed_at, decided_at, decided_by, decider_member_id)
        SELECT $1, gen_random_uuid(), i.id, w.id, 'psf-1.1', 'psf-1.1/PSF-' || d || '.1', 'accepted', $2, $2, '{}', $3
          FROM (SELECT id, row_number() OVER () AS n FROM workload WHERE tenant_id = $1) w CROSS JOIN generate_series(1, 5) d
          JOIN (SELECT id, row_number() OVER () AS n FROM evidence_item WHERE tenant_id = $1) i ON i.n = (w.n * 5 + d) % 2000 + 1`, [big.tenantId, at, big.reviewer.memberId]);
      await fixture.run(big.tenantId, 'ANALYZE evidence_link, evidence_version, evidence_item');
      const catalogue = FrameworkCatalogue.load();
      const [edition, requirements] = [catalogue.edition('psf-1.1'), catalogue.requirementsOf('psf-1.1')];
      const scope = TenantScope.forSystem(big.tenantId, 'test');
      const query = fixture.app.get(CoverageQuery);
      await query.load(scope, ids, 'psf-1.1');
      const started = performance.now();
      const inputs = await query.load(scope, ids, 'psf-1.1');
      const loaded = performance.now();
      const met = [...inputs.values()].map((i) => computeCoverage({ edition, requirements, inputs: i, tier: 'medium', tierPolicy: TIER_POLICY_PRESET, executesTools: 'no', now: at }).required.met);
      const computed = performance.now();
      expect(inputs.size).toBe(1000);
      expect(new Set(met)).toEqual(new Set([5]));
      process.stdout.write(`coverage of 1,000 workloads, 5,000 links, 2,000 items: load ${(loaded - started).toFixed(0)} ms, compute ${(computed - loaded).toFixed(0)} ms\n`);
      const strange = await query.load(TenantScope.forSystem(other.tenantId, 'test'), ids, 'psf-1.1');
      expect([...strange.values()].every((i) => i.items.length + i.links.length + i.exceptions.length === 0)).toBe(true);
    }, 60_000);
  });
});
