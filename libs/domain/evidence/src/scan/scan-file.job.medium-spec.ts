import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { JobDispatcher } from '@roster/platform-queue';
import { FileStorage } from '@roster/platform-storage';
import { ClamdServer, EICAR } from '../testing/clamd-server.js';
import { EvidenceFixture, form, type EvidenceOrganization } from '../testing/evidence-fixture.js';

describe('quarantine', () => {
  let clamd: ClamdServer;
  let fixture: EvidenceFixture;
  let org: EvidenceOrganization;
  beforeAll(async () => {
    clamd = await ClamdServer.start();
    fixture = await EvidenceFixture.start({ clamavUrl: clamd.url });
    org = await fixture.organization();
    await fixture.workload(org.tenantId, 'SCANNED');
  });
  beforeEach(() => { clamd.behaviour = 'scan'; });
  afterAll(async () => {
    await fixture.stop();
    await clamd.stop();
  });

  const upload = async (content: string) => {
    const made = await org.submitter.client.send<{ id: string; sha256: string; status: string; errors: { code: string }[] }>('POST', '/evidence', {
      raw: form({ kind: 'document', title: 'Log', links: '[{"workload":"SCANNED","criterion":"PSF-4.1"}]' }, { name: 'run.log', type: 'text/plain', content }),
    });
    return made;
  };
  const scan = (sha256: string) => fixture.app.get(JobDispatcher).dispatch('evidence.scan-file', { tenantId: org.tenantId, sha256 }, { attempt: 1, jobId: 'test', signal: new AbortController().signal });
  const read = async (id: string) => (await org.reviewer.client.get<{ status: string; latest: { scan: string; contentHref: string | null } }>(`/evidence/${id}`)).body;
  const accept = (id: string) => org.reviewer.client.post(`/evidence/${id}/versions/1/decision`, { decision: 'accept' });
  const jobs = () => fixture.run<{ payload: { sha256: string } }>(org.tenantId, `SELECT payload FROM outbox WHERE tenant_id = $1 AND kind = 'job' AND name = 'evidence.scan-file' ORDER BY created_at`, [org.tenantId]);

  it('holds a file until the scanner calls it clean', async () => {
    const { status, body: { id, sha256, ...made } } = await upload('clean content');
    expect([status, made.status]).toEqual([201, 'quarantined']);
    expect((await jobs()).map((job) => job.payload.sha256)).toContain(sha256);
    expect(await org.reviewer.client.get(`/evidence/${id}/versions/1/content`)).toMatchObject({ status: 409, body: { code: 'EVIDENCE_FILE_QUARANTINED' } });
    expect(await accept(id)).toMatchObject({ status: 409, body: { code: 'EVIDENCE_FILE_QUARANTINED' } });
    await scan(sha256);
    await scan(sha256);
    expect(await read(id)).toMatchObject({ status: 'submitted', latest: { scan: 'clean' } });
    expect((await org.reviewer.client.get(`/evidence/${id}/versions/1/content`)).text).toBe('clean content');
    expect(await accept(id)).toMatchObject({ status: 200 });
    expect((await fixture.trail(org.tenantId)).filter((action) => action === 'evidence.version.released')).toHaveLength(1);
  });

  it('lets the same bytes through at once the second time', async () => {
    const before = (await jobs()).length;
    expect((await upload('clean content')).body.status).toBe('submitted');
    expect(await jobs()).toHaveLength(before);
  });

  it('refuses a harmful file, deletes its bytes, and knows it again', async () => {
    const { body: { id, sha256 } } = await upload(`harmful ${EICAR}`);
    await fixture.marks(org.tenantId);
    await scan(sha256);
    expect(await read(id)).toMatchObject({ status: 'refused', latest: { scan: 'infected', contentHref: null } });
    expect(await org.reviewer.client.get(`/evidence/${id}/versions/1/content`)).toMatchObject({ status: 404, body: { code: 'EVIDENCE_CONTENT_NOT_FOUND' } });
    expect(await accept(id)).toMatchObject({ status: 409, body: { code: 'EVIDENCE_STATE_CONFLICT' } });
    expect(await fixture.app.get(FileStorage).exists(`${org.tenantId}/evidence/${sha256}`)).toBe(false);
    expect(await fixture.marks(org.tenantId)).toEqual({ SCANNED: ['evidence'] });
    expect(await fixture.events(org.tenantId, 'evidence.version.refused')).toEqual([{ name: 'evidence.version.refused', payload: { itemId: id, version: 1 } }]);
    const again = await upload(`harmful ${EICAR}`);
    expect(again).toMatchObject({ status: 422, body: { code: 'EVIDENCE_FILE_REFUSED', errors: [{ code: 'harmful' }] } });
  });

  it('keeps a file in quarantine while the scanner fails, and asks again when a scan was lost', async () => {
    const { body: { id, sha256 } } = await upload('waits for a scanner');
    clamd.behaviour = 'size-limit';
    await expect(scan(sha256)).rejects.toThrow(/size limit/);
    expect(await read(id)).toMatchObject({ status: 'quarantined', latest: { scan: 'pending' } });
    const before = (await jobs()).length;
    const sweep = () => fixture.app.get(JobDispatcher).dispatch('evidence.sweep-expiry', {}, { attempt: 1, jobId: 'test', signal: new AbortController().signal });
    await sweep();
    expect(await jobs()).toHaveLength(before);
    fixture.clock.advance({ minutes: 11 });
    await sweep();
    expect((await jobs()).slice(before).map((job) => job.payload.sha256)).toEqual([sha256]);
    clamd.behaviour = 'scan';
    await scan(sha256);
    expect(await read(id)).toMatchObject({ status: 'submitted' });
  });

  it('of one organization says nothing about the same bytes of another', async () => {
    const other = await fixture.organization();
    const made = await other.submitter.client.send<{ sha256: string; status: string }>('POST', '/evidence', { raw: form({ kind: 'document', title: 'Log' }, { name: 'run.log', type: 'text/plain', content: `harmful ${EICAR}` }) });
    expect(made).toMatchObject({ status: 201, body: { status: 'quarantined' } });
    await scan(made.body.sha256);
    const [row] = await fixture.run<{ status: string }>(other.tenantId, 'SELECT scan_status AS status FROM evidence_blob WHERE tenant_id = $1', [other.tenantId]);
    expect(row?.status).toBe('pending');
  });
});
