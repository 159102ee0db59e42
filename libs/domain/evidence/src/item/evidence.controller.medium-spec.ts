import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { PERMISSION_NAMES } from '@roster/contracts';
import type { TestAnswer } from '@roster/testing';
import { EvidenceFixture, form, type EvidenceOrganization } from '../testing/evidence-fixture.js';

type Json = Record<string, unknown> & { id: string; items: Json[]; versions: Json[]; links: Json[]; errors: { path: string; code: string }[] };
const PDF = '%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('evidence over HTTP', () => {
  let fixture: EvidenceFixture;
  let org: EvidenceOrganization;
  let other: EvidenceOrganization;
  let serial = 0;
  beforeAll(async () => {
    fixture = await EvidenceFixture.start();
    org = await fixture.organization();
    other = await fixture.organization();
    for (const key of ['SUPPORT-BOT', 'RANKER']) await fixture.workload(org.tenantId, key);
    await fixture.workload(other.tenantId, 'SECRET-BOT');
  });
  afterAll(() => fixture.stop());

  const upload = (fields: Record<string, string> = {}, file: Parameters<typeof form>[1] | null = { name: 'report.pdf', type: 'application/pdf', content: `${PDF}${(serial += 1)}` }, by = org.submitter): Promise<TestAnswer<Json>> =>
    by.client.send<Json>('POST', '/evidence', { raw: form({ kind: 'document', title: 'Report', ...fields }, file ?? undefined) });
  const links = (...pairs: [string, string][]): string => JSON.stringify(pairs.map(([workload, criterion]) => ({ workload, criterion })));
  const decide = (id: string, version = 1, body: object = { decision: 'accept', comment: 'Read it' }, by = org.reviewer) => by.client.post<Json>(`/evidence/${id}/versions/${version}/decision`, body);

  describe('submitting', () => {
    it('stores a file under its hash and answers id, version, hash and status', async () => {
      const answer = await upload({ links: links(['SUPPORT-BOT', 'psf-1.1/PSF-4.1'], ['support-bot', 'PSF-4.2']), expiresAt: '2026-09-01T00:00:00Z', notes: 'Q2' },
        { name: 'Bericht Ü.pdf', type: 'application/pdf', content: PDF });
      expect(answer).toMatchObject({ status: 201, body: { version: 1, sha256: sha256(PDF), status: 'submitted', links: [{ criterion: 'psf-1.1/PSF-4.1' }, { criterion: 'psf-1.1/PSF-4.2' }] } });
      expect(answer.headers['location']).toBe(`/api/v1/evidence/${answer.body.id}`);
      const read = await org.reviewer.client.get<Json>(`/evidence/${answer.body.id}`);
      expect(read.body).toMatchObject({
        kind: 'document', title: 'Report', status: 'submitted', version: 1, acceptedVersion: null, linkCount: 2,
        versions: [{ version: 1, fileName: 'Bericht Ü.pdf', mediaType: 'application/pdf', size: PDF.length, scan: 'not_scanned', expiresAt: '2026-09-01T00:00:00.000Z', notes: 'Q2', decision: null, submittedBy: { type: 'member', id: org.submitter.memberId } }],
        links: [{ workload: { key: 'SUPPORT-BOT' }, criterion: 'psf-1.1/PSF-4.1', status: 'proposed' }, {}],
      });
    });

    it('stores the same bytes once, also under another name', async () => {
      const content = `${PDF}same`;
      const [one, two] = [await upload({}, { name: 'a.pdf', type: 'application/pdf', content }), await upload({}, { name: 'b.pdf', type: 'application/pdf', content })];
      expect(one.body.id).not.toBe(two.body.id);
      const [count] = await fixture.run<{ n: string }>(org.tenantId, 'SELECT count(*) AS n FROM evidence_blob WHERE tenant_id = $1 AND sha256 = $2', [org.tenantId, sha256(content)]);
      expect(count?.n).toBe('1');
      expect((await upload({}, { name: 'b.pdf', type: 'application/pdf', content }, other.submitter)).status).toBe(201);
    });

    it('takes an address as JSON', async () => {
      const made = await org.submitter.client.post<Json>('/evidence', { kind: 'link', title: 'Dashboard', url: 'https://grafana.example.test/d/1', sha256: sha256('x'), links: [{ workload: 'RANKER' }] });
      expect(made).toMatchObject({ status: 201, body: { version: 1, sha256: sha256('x'), status: 'submitted', links: [{ criterion: null }] } });
      expect((await org.submitter.client.get<Json>(`/evidence/${made.body.id}/versions/1/content`)).body).toMatchObject({ code: 'EVIDENCE_CONTENT_NOT_FOUND' });
    });

    it.each<[string, Record<string, string>, Parameters<typeof form>[1] | null, number, string, string]>([
      ['no file', {}, null, 400, 'PLATFORM_REQUEST_INVALID', 'file'],
      ['an unknown kind', { kind: 'poem' }, undefined as never, 400, 'PLATFORM_REQUEST_INVALID', 'kind'],
      ['no title', { title: '' }, undefined as never, 400, 'PLATFORM_REQUEST_INVALID', 'title'],
      ['an unknown field', { stage: 'production' }, undefined as never, 400, 'PLATFORM_REQUEST_INVALID', 'stage'],
      ['links that are not JSON', { links: 'SUPPORT-BOT' }, undefined as never, 400, 'PLATFORM_REQUEST_INVALID', 'links'],
      ['a link without workload', { links: '[{"criterion":"psf-1.1/PSF-4.1"}]' }, undefined as never, 400, 'PLATFORM_REQUEST_INVALID', 'links[0].workload'],
      ['an unknown workload', { links: links(['NOBODY', 'psf-1.1/PSF-4.1']) }, undefined as never, 422, 'PLATFORM_REFERENCE_UNKNOWN', 'links[0]'],
      ['a workload of another organization', { links: links(['SECRET-BOT', 'psf-1.1/PSF-4.1']) }, undefined as never, 422, 'PLATFORM_REFERENCE_UNKNOWN', 'links[0]'],
      ['an unknown criterion', { links: links(['RANKER', 'psf-1.1/PSF-4.1'], ['RANKER', 'psf-1.1/PSF-9.9']) }, undefined as never, 422, 'EVIDENCE_CRITERION_UNKNOWN', 'links[1].criterion'],
      ['a criterion of a list of labels', { links: links(['RANKER', 'psf-1.0-framework-page/PSF-1.1']) }, undefined as never, 422, 'EVIDENCE_CRITERION_UNKNOWN', 'links[0].criterion'],
      ['a date without offset', { expiresAt: '2026-09-01' }, undefined as never, 400, 'PLATFORM_REQUEST_INVALID', 'expiresAt'],
      ['an end before the start', { effectiveFrom: '2026-03-01T00:00:00Z', effectiveTo: '2026-02-01T00:00:00Z' }, undefined as never, 422, 'EVIDENCE_PERIOD_INVALID', 'effectiveTo'],
      ['a hash that differs', { sha256: sha256('other') }, undefined as never, 422, 'EVIDENCE_FILE_REFUSED', 'sha256'],
      ['an address beside a file', { url: 'https://example.test' }, undefined as never, 400, 'PLATFORM_REQUEST_INVALID', 'url'],
      ['a type that is not allowed', {}, { name: 'page.html', type: 'text/html', content: '<html>' }, 422, 'EVIDENCE_FILE_REFUSED', 'file'],
      ['content that is not what the name says', {}, { name: 'report.pdf', type: 'application/pdf', content: 'hello' }, 422, 'EVIDENCE_FILE_REFUSED', 'file'],
    ])('refuses %s, names the field, and stores nothing', async (_what, fields, file, status, code, path) => {
      const counts = () => fixture.run(org.tenantId, 'SELECT (SELECT count(*) FROM evidence_item) AS items, (SELECT count(*) FROM evidence_blob) AS blobs, (SELECT count(*) FROM trail_entry) AS entries');
      const before = await counts();
      const answer = await upload(fields, file);
      expect(answer).toMatchObject({ status, body: { code } });
      expect(answer.body.errors.map((e) => e.path)).toContain(path);
      expect(await counts()).toEqual(before);
    });

    it('refuses a file over the limit while it is being received', async () => {
      const answer = await upload({}, { name: 'big.txt', type: 'text/plain', content: Buffer.alloc(10_485_761, 'a') });
      expect(answer).toMatchObject({ status: 413, body: { code: 'PLATFORM_BODY_TOO_LARGE' } });
    });

    it('refuses an address that is none, or carries a password', async () => {
      for (const url of ['ftp://example.test/x', 'javascript:alert(1)', 'https://user:secret@example.test/']) {
        const answer = await org.submitter.client.post<Json>('/evidence', { kind: 'link', title: 'Link', url });
        expect(answer).toMatchObject({ status: 400, body: { errors: [{ path: 'url' }] } });
      }
      expect(await org.submitter.client.post('/evidence', { kind: 'link', title: 'Link' })).toMatchObject({ status: 400, body: { errors: [{ path: 'url', code: 'required' }] } });
    });

    it('makes one item for repeated requests with the same Idempotency-Key', async () => {
      const body = { kind: 'link', title: 'Once', url: 'https://example.test/once' };
      const [one, two] = [await org.submitter.client.post<Json>('/evidence', body, { 'idempotency-key': 'once-1' }), await org.submitter.client.post<Json>('/evidence', body, { 'idempotency-key': 'once-1' })];
      expect(two.body).toEqual(one.body);
    });
  });

  describe('deciding', () => {
    it('is done by somebody else, once, and confirms the links', async () => {
      const { body: { id } } = await upload({ links: links(['SUPPORT-BOT', 'psf-1.1/PSF-4.3']) });
      expect(await decide(id, 1, { decision: 'accept' }, org.submitter)).toMatchObject({ status: 403, body: { code: 'EVIDENCE_SELF_REVIEW' } });
      await fixture.marks(org.tenantId);
      const accepted = await decide(id);
      expect(accepted).toMatchObject({ status: 200, body: { status: 'accepted', acceptedVersion: 1, versions: [{ decision: { decision: 'accepted', comment: 'Read it', by: { id: org.reviewer.memberId } } }], links: [{ status: 'accepted' }] } });
      expect(await fixture.marks(org.tenantId)).toEqual({ 'SUPPORT-BOT': ['evidence'] });
      expect(await decide(id, 1, { decision: 'reject', comment: 'No' })).toMatchObject({ status: 409, body: { code: 'EVIDENCE_STATE_CONFLICT' } });
    });

    it('counts an API key as the member who created it', async () => {
      const key = await org.submitter.client.createKey(['evidence:item:submit', 'evidence:version:review', 'evidence:item:read']);
      const byKey = org.submitter.client.as(key.key);
      const mine = await upload();
      expect(await byKey.post<Json>(`/evidence/${mine.body.id}/versions/1/decision`, { decision: 'accept' })).toMatchObject({ status: 403, body: { code: 'EVIDENCE_SELF_REVIEW' } });
      const viaKey = await byKey.send<Json>('POST', '/evidence', { raw: form({ kind: 'test_run', title: 'CI' }, { name: 'run.json', type: 'application/json', content: '{"ok":true}' }) });
      expect(viaKey.status).toBe(201);
      expect(await decide(viaKey.body.id, 1, { decision: 'accept' }, org.submitter)).toMatchObject({ status: 403 });
      expect(await decide(viaKey.body.id)).toMatchObject({ status: 200, body: { versions: [{ submittedBy: { type: 'api_key', onBehalfOf: org.submitter.memberId } }] } });
    });

    it('of two at once lets one win', async () => {
      const { body: { id } } = await upload();
      const third = await org.submitter.client.invite('admin');
      const answers = await Promise.all([decide(id), decide(id, 1, { decision: 'reject', comment: 'No' }, third)]);
      expect(answers.map((a) => a.status).sort()).toEqual([200, 409]);
    });

    it('needs a reason to reject, and a version that exists', async () => {
      const { body: { id } } = await upload();
      expect(await decide(id, 1, { decision: 'reject' })).toMatchObject({ status: 400, body: { errors: [{ path: 'comment', code: 'required' }] } });
      expect(await decide(id, 2)).toMatchObject({ status: 404, body: { code: 'EVIDENCE_VERSION_NOT_FOUND' } });
      expect(await decide(id, 1, { decision: 'maybe' })).toMatchObject({ status: 400, body: { errors: [{ path: 'decision' }] } });
      expect(await decide(id, 1, { decision: 'reject', comment: 'Wrong quarter' })).toMatchObject({ status: 200, body: { status: 'rejected', acceptedVersion: null } });
    });

    it('needs the permission', async () => {
      const viewer = await org.submitter.client.invite('viewer');
      const { body: { id } } = await upload();
      expect(await decide(id, 1, { decision: 'accept' }, viewer)).toMatchObject({ status: 403, body: { code: 'ACCESS_PERMISSION_MISSING' } });
      expect(await upload({}, undefined, viewer)).toMatchObject({ status: 403 });
      expect((await viewer.client.get(`/evidence/${id}`)).status).toBe(200);
    });
  });

  describe('versions', () => {
    it('leave the accepted one in force until the next is accepted', async () => {
      const { body: { id } } = await upload();
      await decide(id);
      const second = await org.submitter.client.send<Json>('POST', `/evidence/${id}/versions`, { raw: form({ notes: 'newer' }, { name: 'v2.txt', type: 'text/plain', content: 'second' }) });
      expect(second).toMatchObject({ status: 201, body: { id, version: 2, sha256: sha256('second'), status: 'submitted' } });
      expect((await org.submitter.client.get<Json>(`/evidence/${id}`)).body).toMatchObject({ status: 'submitted', version: 2, acceptedVersion: 1 });
      await decide(id, 2);
      expect((await org.submitter.client.get<Json>(`/evidence/${id}`)).body).toMatchObject({ status: 'accepted', version: 2, acceptedVersion: 2, versions: [{ version: 2 }, { version: 1, status: 'accepted' }] });
      const third = await org.submitter.client.post<Json>(`/evidence/${id}/versions`, { url: 'https://example.test/v3' });
      expect(third.body).toMatchObject({ version: 3, sha256: null });
    });

    it('get different numbers when they are submitted at the same time', async () => {
      const { body: { id } } = await upload();
      const answers = await Promise.all([1, 2, 3, 4].map((n) => org.submitter.client.post<Json>(`/evidence/${id}/versions`, { url: `https://example.test/${n}` })));
      expect(answers.map((a) => a.body['version']).sort()).toEqual([2, 3, 4, 5]);
    });

    it('never change once stored', async () => {
      const { body: { id } } = await upload();
      await decide(id);
      for (const change of [`sha256 = repeat('0', 64)`, `notes = 'x'`, `expires_at = '2030-01-01'`, `submitter_member_id = NULL`, `status = 'submitted', decided_at = NULL, decided_by = NULL`, `decision_comment = 'other'`]) {
        await expect(fixture.run(org.tenantId, `UPDATE evidence_version SET ${change} WHERE tenant_id = $1 AND item_id = $2`, [org.tenantId, id])).rejects.toThrow(/immutable|final|cannot go|violates/);
      }
      await expect(fixture.run(org.tenantId, `UPDATE evidence_item SET title = 'x' WHERE tenant_id = $1 AND id = $2`, [org.tenantId, id])).rejects.toThrow(/immutable/);
    });
  });

  describe('links', () => {
    it('made later count only after somebody else accepted them', async () => {
      const { body: { id } } = await upload({ links: links(['SUPPORT-BOT', 'psf-1.1/PSF-5.1']) });
      await decide(id);
      const added = await org.submitter.client.post<Json>(`/evidence/${id}/links`, { links: [{ workload: 'RANKER', criterion: 'psf-1.1/PSF-5.1' }, { workload: 'SUPPORT-BOT', criterion: 'psf-1.1/PSF-5.1' }] });
      expect(added).toMatchObject({ status: 201, body: { items: [{ workload: { key: 'RANKER' }, status: 'proposed' }] } });
      const link = added.body.items[0]?.id ?? '';
      const statusOf = async () => (await org.submitter.client.get<{ domains: { criteria: { id: string; status: string }[] }[] }>('/workloads/RANKER/coverage')).body.domains.flatMap((d) => d.criteria).find((c) => c.id === 'PSF-5.1')?.status;
      expect(await statusOf()).toBe('submitted');
      expect(await org.submitter.client.post(`/evidence/${id}/links/${link}/decision`, { decision: 'accept' })).toMatchObject({ status: 403 });
      expect(await org.reviewer.client.post(`/evidence/${id}/links/${link}/decision`, { decision: 'accept' })).toMatchObject({ status: 200 });
      expect(await statusOf()).toBe('satisfied');
      expect(await org.reviewer.client.post(`/evidence/${id}/links/${link}/decision`, { decision: 'accept' })).toMatchObject({ status: 409 });
      expect(await org.submitter.client.post(`/evidence/${id}/links`, { links: [{ workload: 'RANKER', criterion: 'PSF-5.1' }] })).toMatchObject({ status: 409, body: { code: 'EVIDENCE_LINK_EXISTS' } });
      expect(await org.submitter.client.delete(`/evidence/${id}/links/${link}`)).toMatchObject({ status: 204 });
      expect(await statusOf()).toBe('missing');
      expect(await org.submitter.client.delete(`/evidence/${id}/links/${link}`)).toMatchObject({ status: 404, body: { code: 'EVIDENCE_LINK_NOT_FOUND' } });
    });

    it('are rejected with a reason, which whoever made them reads and nobody changes', async () => {
      const { body: { id } } = await upload({ links: links(['SUPPORT-BOT', 'psf-1.1/PSF-5.2']) });
      await decide(id);
      const added = await org.submitter.client.post<Json>(`/evidence/${id}/links`, { links: [{ workload: 'RANKER', criterion: 'psf-1.1/PSF-5.2' }] });
      const link = added.body.items[0]?.id ?? '';
      const address = `/evidence/${id}/links/${link}/decision`;
      expect(await org.reviewer.client.post(address, { decision: 'reject' })).toMatchObject({ status: 400, body: { errors: [{ path: 'comment', code: 'required' }] } });
      expect(await org.reviewer.client.post(address, { decision: 'reject', comment: 'It is about another system' })).toMatchObject({ status: 200 });
      const { body } = await org.submitter.client.get<{ links: { id: string; status: string; decision: { decision: string; comment: string; by: { type: string } } | null }[] }>(`/evidence/${id}`);
      expect(body.links.find((one) => one.id === link)).toMatchObject({ status: 'rejected', decision: { decision: 'rejected', comment: 'It is about another system', by: { type: 'member' } } });
      expect(body.links.find((one) => one.id !== link)).toMatchObject({ decision: { decision: 'accepted', comment: null } });
      await expect(fixture.run(org.tenantId, `UPDATE evidence_link SET decision_comment = 'Another' WHERE tenant_id = $1 AND id = $2`, [org.tenantId, link])).rejects.toThrow('decided and removed once');
    });

    it('that the reviewer made are not confirmed by the reviewer\'s own decision', async () => {
      const { body: { id } } = await upload();
      await org.reviewer.client.post(`/evidence/${id}/links`, { links: [{ workload: 'RANKER', criterion: 'PSF-5.2' }] });
      expect((await decide(id)).body.links).toMatchObject([{ status: 'proposed' }]);
    });

    it('of a criterion with facets are made for each facet', async () => {
      const made = await upload({ links: links(['RANKER', 'psf-definition-2026-04/PSF-07']) });
      expect(made.body.links.map((l) => l['criterion'])).toEqual(['rollback-exists', 'rollback-tested', 'incident-definition', 'response-known'].map((f) => `psf-definition-2026-04/PSF-07.${f}`));
    });
  });

  describe('downloads', () => {
    it('are the same bytes, as an attachment that no browser runs', async () => {
      const { body: { id } } = await upload({}, { name: "Prüfung (1)'.txt", type: 'text/plain', content: '<script>alert(1)</script>' });
      const answer = await org.reviewer.client.get(`/evidence/${id}/versions/1/content`);
      expect(answer).toMatchObject({ status: 200, text: '<script>alert(1)</script>' });
      expect(answer.headers).toMatchObject({
        'content-type': 'text/plain', 'content-disposition': `attachment; filename="Pr_fung (1)'.txt"; filename*=UTF-8''Pr%C3%BCfung%20%281%29%27.txt`,
        'content-security-policy': "sandbox; default-src 'none'", 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'content-length': '25',
      });
    });

    it('of what does not exist are 404', async () => {
      const { body: { id } } = await upload();
      for (const path of [`/evidence/${id}/versions/9/content`, `/evidence/${id}/versions/0/content`, `/evidence/${id}/versions/x/content`, '/evidence/nothing/versions/1/content']) {
        expect(await org.reviewer.client.get(path)).toMatchObject({ status: 404, body: { code: 'EVIDENCE_VERSION_NOT_FOUND' } });
      }
    });
  });

  describe('the list', () => {
    it('pages through everything once, in every order, and counts', async () => {
      const own = await fixture.organization();
      await fixture.workload(own.tenantId, 'LISTED');
      for (let n = 0; n < 7; n += 1) {
        fixture.clock.advance({ minutes: 1 });
        const made = await upload({ title: `Item ${n}`, kind: n % 2 === 0 ? 'document' : 'contract', ...(n < 4 ? { expiresAt: `2026-0${6 + n}-01T00:00:00Z` } : {}), ...(n === 0 ? { links: links(['LISTED', 'PSF-1.1']) } : {}) }, undefined, own.submitter);
        if (n < 6) await decide(made.body.id, 1, { decision: 'accept' }, own.reviewer);
      }
      // A key, because the clock is about to jump over the life of a session.
      const reader = own.submitter.client.as((await own.submitter.client.createKey(['evidence:item:read'])).key);
      const all = async (query: string): Promise<string[]> => {
        const titles: string[] = [];
        for (let cursor = ''; ;) {
          const { status, body } = await reader.get<Json & { nextCursor: string | null }>(`/evidence?limit=2&${query}${cursor}`);
          expect(status).toBe(200);
          titles.push(...body.items.map((i) => String(i['title']).slice(5)));
          if (body.nextCursor === null) return titles;
          cursor = `&cursor=${body.nextCursor}`;
        }
      };
      expect(await all('sort=createdAt')).toEqual(['0', '1', '2', '3', '4', '5', '6']);
      expect(await all('sort=-createdAt')).toEqual(['6', '5', '4', '3', '2', '1', '0']);
      expect((await all('sort=expiresAt')).slice(0, 4)).toEqual(['0', '1', '2', '3']);
      expect((await all('sort=-expiresAt')).slice(-4)).toEqual(['3', '2', '1', '0']);
      expect((await all('')).sort()).toEqual(['0', '1', '2', '3', '4', '5', '6']);
      expect((await all('filter[kind]=contract')).sort()).toEqual(['1', '3', '5']);
      expect(await all('filter[status]=submitted')).toEqual(['6']);
      expect(await all('filter[workload]=LISTED')).toEqual(['0']);
      expect(await all('filter[workload]=LISTED&filter[criterion]=psf-1.1/PSF-1.2')).toEqual([]);
      fixture.clock.set('2026-07-15T00:00:00Z');
      expect(await all('filter[status]=expired&sort=createdAt')).toEqual(['0', '1']);
      expect((await all('filter[status]=accepted')).sort()).toEqual(['2', '3', '4', '5']);
      expect((await reader.get<Json>('/evidence?limit=1&count=true')).body['total']).toBe(7);
      fixture.clock.set('2026-05-01T09:10:00Z');
    });

    it('answers what waits for me, who sent what, what ends when, and what is called something', async () => {
      const own = await fixture.organization();
      const { submitter: ada, reviewer: bob } = own;
      await fixture.workload(own.tenantId, 'QUEUED');
      const viewer = await ada.client.invite('viewer');
      const ids: Record<string, string> = {};
      for (const [title, by, expiresAt] of [['Fire drill', ada, '2026-05-20T00:00:00Z'], ['Penetration test 100%', ada, '2026-09-01T00:00:00Z'], ['Runbook', bob, null], ['Contract with Acme', bob, null]] as const) {
        fixture.clock.advance({ minutes: 1 });
        ids[title] = (await upload({ title, ...(expiresAt === null ? {} : { expiresAt }) }, { name: `${title.split(' ')[0] ?? ''}.pdf`, type: 'application/pdf', content: `${PDF}${title}` }, by)).body.id;
      }
      for (const title of ['Fire drill', 'Penetration test 100%']) await decide(ids[title] ?? '', 1, undefined, bob);
      const list = async (query: string, by = ada): Promise<string[]> => {
        const { status, body } = await by.client.get<Json>(`/evidence?sort=createdAt&${query}`);
        expect([query, status]).toEqual([query, 200]);
        return body.items.map((item) => String(item['title']).split(' ')[0] ?? '');
      };
      expect(await list('filter[awaiting]=my_decision')).toEqual(['Runbook', 'Contract']);
      expect(await list('filter[awaiting]=my_decision', bob)).toEqual([]);
      expect(await list('filter[awaiting]=my_decision', viewer)).toEqual([]);
      await ada.client.post(`/evidence/${ids['Fire drill'] ?? ''}/links`, { links: [{ workload: 'QUEUED' }] });
      expect(await list('filter[awaiting]=my_link_decision', bob)).toEqual(['Fire']);
      expect(await list('filter[awaiting]=my_link_decision', ada)).toEqual([]);
      expect(await list('filter[awaiting]=my_link_decision&filter[awaiting]=my_decision', bob)).toEqual(['Fire']);
      expect(await list('filter[submittedBy]=me')).toEqual(['Fire', 'Penetration']);
      expect(await list(`filter[submittedBy]=${bob.memberId}`)).toEqual(['Runbook', 'Contract']);
      expect(await list('filter[expiresAt][lt]=now%2B30d')).toEqual(['Fire']);
      expect(await list('filter[expiresAt][gte]=now%2B30d')).toEqual(['Penetration']);
      expect(await list('filter[expiresAt][gt]=2026-05-20T00:00:00Z')).toEqual(['Penetration']);
      expect(await list('filter[expiresAt][lte]=2026-05-20T00:00:00Z')).toEqual(['Fire']);
      expect(await list('filter[expiresAt][empty]=yes')).toEqual(['Runbook', 'Contract']);
      expect(await list('filter[expiresAt][empty]=no')).toEqual(['Fire', 'Penetration']);
      for (const [q, found] of [['TEST', ['Penetration']], ['100%25', ['Penetration']], ['acme contr', ['Contract']], ['fire.pdf', ['Fire']], ['_un', []], ['zzz', []], ["o'brien", []]] as const) expect(await list(`q=${q}`)).toEqual(found);
      expect((await other.submitter.client.get('/evidence?q=acme')).body['items']).toEqual([]);
    });

    it('refuses what it does not know', async () => {
      const get = (query: string) => org.submitter.client.get<Json>(`/evidence?${query}`);
      for (const query of ['filter[stage]=pilot', 'filter[kind]=poem', 'filter[status]=fine', 'sort=title', 'limit=0', 'q=%20', 'filter[submittedBy]=Ada', 'filter[awaiting]=everything', 'filter[expiresAt][lt]=soon', 'filter[expiresAt][ne]=now', 'filter[kind][ne]=link']) expect(await get(query)).toMatchObject({ status: 400, body: { code: 'PLATFORM_REQUEST_INVALID' } });
      expect(await get('cursor=abc')).toMatchObject({ status: 400, body: { code: 'PLATFORM_CURSOR_INVALID' } });
      expect(await get('filter[workload]=SECRET-BOT')).toMatchObject({ status: 422 });
      expect(await get('filter[criterion]=PSF-99')).toMatchObject({ status: 422, body: { code: 'EVIDENCE_CRITERION_UNKNOWN' } });
    });
  });

  it('shows another organization nothing, and lets it change nothing', async () => {
    const { body: { id } } = await upload({ title: 'CANARY', links: links(['SUPPORT-BOT', 'PSF-1.1']) });
    const link = (await org.submitter.client.get<Json>(`/evidence/${id}`)).body.links[0]?.id ?? '';
    const rows = () => fixture.run(org.tenantId, `SELECT i.*, v.*, l.* FROM evidence_item i JOIN evidence_version v ON v.item_id = i.id JOIN evidence_link l ON l.item_id = i.id WHERE i.id = $1`, [id]);
    const before = await rows();
    const key = other.submitter.client.as((await other.submitter.client.createKey(PERMISSION_NAMES.filter((p) => p.startsWith('evidence:')))).key);
    for (const stranger of [other.submitter.client, key]) {
      const attempts: [string, string, object?][] = [
        ['GET', `/evidence/${id}`], ['GET', `/evidence/${id}/versions/1/content`], ['GET', `/evidence/${id}/versions/1/preview`], ['POST', `/evidence/${id}/versions`, { url: 'https://example.test' }], ['POST', `/evidence/${id}/versions/1/decision`, { decision: 'accept' }],
        ['POST', `/evidence/${id}/links`, { links: [{ workload: 'SECRET-BOT' }] }], ['POST', `/evidence/${id}/links/${link}/decision`, { decision: 'accept' }], ['DELETE', `/evidence/${id}/links/${link}`], ['GET', '/workloads/SUPPORT-BOT/coverage'],
      ];
      for (const [method, path, body] of attempts) {
        const answer = await stranger.send(method, path, { body });
        expect([path, answer.status]).toEqual([path, 404]);
        expect(answer.text).not.toContain('CANARY');
      }
      expect((await stranger.get('/evidence?limit=200')).text).not.toContain('CANARY');
    }
    expect((await fixture.anybody.get(`/evidence/${id}`)).status).toBe(401);
    expect(await rows()).toEqual(before);
  });

  it('leaves an entry in the trail and an event for each act', async () => {
    const own = await fixture.organization();
    await fixture.workload(own.tenantId, 'TRACED');
    const { body: { id } } = await upload({ links: links(['TRACED', 'PSF-1.1']) }, undefined, own.submitter);
    fixture.clock.advance({ seconds: 1 });
    await decide(id, 1, { decision: 'accept' }, own.reviewer);
    expect(await fixture.trail(own.tenantId)).toEqual(['evidence.version.submitted', 'evidence.version.decided']);
    expect(await fixture.events(own.tenantId)).toEqual([
      { name: 'evidence.version.submitted', payload: { itemId: id, version: 1 } }, { name: 'evidence.version.decided', payload: { itemId: id, version: 1, decision: 'accepted' } },
    ]);
  });
});
