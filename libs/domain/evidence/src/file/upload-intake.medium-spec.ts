import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TenantScope } from '@roster/platform-context';
import { FileStorage } from '@roster/platform-storage';
import S3rver from 's3rver';
import { EvidenceQuery } from '../item/evidence.query.js';
import { EvidenceFixture, form, type EvidenceOrganization } from '../testing/evidence-fixture.js';

const folder = mkdtempSync(join(tmpdir(), 'evidence-storage-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** A server that speaks S3, with one bucket. */
async function startS3(): Promise<{ url: string; stop: () => Promise<void> }> {
  const s3 = new S3rver({ address: '127.0.0.1', port: 0, silent: true, directory: join(folder, 's3'), resetOnClose: true, configureBuckets: [{ name: 'evidence', configs: [] }] });
  const { port } = await s3.run();
  return { url: `s3://S3RVER:S3RVER@127.0.0.1:${port}/evidence?tls=false`, stop: () => s3.close() };
}

describe.each(['file system', 'S3'])('evidence files on %s', (kind) => {
  let fixture: EvidenceFixture;
  let org: EvidenceOrganization;
  let stop: (() => Promise<void>) | null = null;
  beforeAll(async () => {
    const s3 = kind === 'S3' ? await startS3() : null;
    stop = s3?.stop ?? null;
    fixture = await EvidenceFixture.start({ storageUrl: s3?.url ?? pathToFileURL(join(folder, 'files')).href });
    org = await fixture.organization();
  });
  afterAll(async () => {
    await fixture.stop();
    await stop?.();
  });
  const upload = (content: Buffer | string, name = 'run.log', type = 'text/plain') =>
    org.submitter.client.send<{ id: string; sha256: string }>('POST', '/evidence', { raw: form({ kind: 'document', title: 'Log' }, { name, type, content }) });

  it('come back byte for byte, also large ones, and lie under their hash', async () => {
    const content = Buffer.from(randomBytes(3_000_000).toString('hex'));
    const made = await upload(content);
    expect(made).toMatchObject({ status: 201, body: { sha256: createHash('sha256').update(content).digest('hex') } });
    const back = await org.reviewer.client.get(`/evidence/${made.body.id}/versions/1/content`);
    expect(back.headers['content-length']).toBe(String(content.length));
    expect(createHash('sha256').update(back.text).digest('hex')).toBe(made.body.sha256);
    const key = `${org.tenantId}/evidence/${made.body.sha256}`;
    expect(await fixture.app.get(FileStorage).exists(key)).toBe(true);
    const scope = TenantScope.forSystem(org.tenantId, 'test');
    expect((await fixture.app.get(EvidenceQuery).find(scope, made.body.id))?.versions[0]?.size).toBe(content.length);
    expect(createHash('sha256').update(await buffer(await fixture.app.get(EvidenceQuery).open(key))).digest('hex')).toBe(made.body.sha256);
  });

  it('of another organization with the same bytes are files of their own', async () => {
    const [mine, other] = [await upload('the same for both'), await fixture.organization()];
    const theirs = await other.submitter.client.send<{ id: string; sha256: string }>('POST', '/evidence', { raw: form({ kind: 'document', title: 'Log' }, { name: 'run.log', type: 'text/plain', content: 'the same for both' }) });
    expect(theirs.body.sha256).toBe(mine.body.sha256);
    const storage = fixture.app.get(FileStorage);
    await storage.delete(`${other.tenantId}/evidence/${theirs.body.sha256}`);
    expect((await org.reviewer.client.get(`/evidence/${mine.body.id}/versions/1/content`)).text).toBe('the same for both');
    expect((await other.submitter.client.get(`/evidence/${mine.body.id}/versions/1/content`)).status).toBe(404);
  });

  it('are stored again when the bytes are known but gone', async () => {
    const made = await upload('lost and found');
    const storage = fixture.app.get(FileStorage);
    await storage.delete(`${org.tenantId}/evidence/${made.body.sha256}`);
    const again = await upload('lost and found', 'again.txt');
    expect((await org.reviewer.client.get(`/evidence/${again.body.id}/versions/1/content`)).text).toBe('lost and found');
  });

  it('leave nothing in storage or in the spool when they are refused', async () => {
    const before = await fixture.run<{ n: string }>(org.tenantId, 'SELECT count(*) AS n FROM evidence_blob');
    expect((await upload('plain', 'fake.pdf', 'application/pdf')).status).toBe(422);
    expect((await upload(Buffer.alloc(10_485_761, 'a'))).status).toBe(413);
    expect(await fixture.app.get(FileStorage).exists(`${org.tenantId}/evidence/${createHash('sha256').update('plain').digest('hex')}`)).toBe(false);
    expect(await fixture.run(org.tenantId, 'SELECT count(*) AS n FROM evidence_blob')).toEqual(before);
    if (kind === 'file system') expect(readdirSync(join(folder, 'files', '.spool'))).toEqual([]);
  });
});
