import { createHash, randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { createServer, connect, type AddressInfo, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ROSTER_CONFIG, type RosterConfig } from '@roster/platform-config';
import { waitFor, type SignedInClient, type TestAnswer } from '@roster/testing';
import { Upload } from 'tus-js-client';
import { EvidenceFixture, form, type EvidenceOrganization } from '../testing/evidence-fixture.js';
import { SweepUploadsJob } from './sweep-uploads.job.js';

const MAX_BYTES = 8_000_000;
const TUS = { 'tus-resumable': '1.0.0' };
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const metadata = (fields: Record<string, string>): string => Object.entries(fields).map(([key, value]) => `${key} ${Buffer.from(value).toString('base64')}`).join(',');

let fixture: EvidenceFixture;
let org: EvidenceOrganization;
let other: EvidenceOrganization;
beforeAll(async () => {
  fixture = await EvidenceFixture.start({ maxUploadBytes: MAX_BYTES });
  org = await fixture.organization();
  other = await fixture.organization();
}, 60_000);
afterAll(() => fixture.stop());

const begin = (who: SignedInClient, size: number, fields: Record<string, string> = { filename: 'log.txt', filetype: 'text/plain' }): Promise<TestAnswer> =>
  who.client.send('POST', '/uploads', { headers: { ...TUS, 'upload-length': String(size), 'upload-metadata': metadata(fields) } });
const piece = (who: SignedInClient, id: string, offset: number, content: Buffer): Promise<TestAnswer> =>
  who.client.send('PATCH', `/uploads/${id}`, { raw: new Uint8Array(content), headers: { ...TUS, 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' } });
const head = (who: SignedInClient, id: string): Promise<TestAnswer> => who.client.send('HEAD', `/uploads/${id}`, { headers: TUS });
const idOf = (answer: TestAnswer): string => {
  if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
  return String(answer.body['id']);
};
const text = (size: number): Buffer => Buffer.from(randomBytes(size / 2).toString('hex'));
const storedFiles = async (part: string): Promise<string[]> => {
  const folder = fileURLToPath(fixture.app.get<RosterConfig>(ROSTER_CONFIG).storageUrl);
  return (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).filter((name) => name.includes(part));
};
const sweep = (): Promise<void> => fixture.app.get(SweepUploadsJob).handle({}, { signal: new AbortController().signal, attempt: 1 });

describe('the protocol', () => {
  it('tells what it can do, how far an upload is, and the hash at the end', async () => {
    const abilities = await org.submitter.client.send('OPTIONS', '/uploads');
    expect([abilities.status, abilities.headers['tus-version'], abilities.headers['tus-extension'], abilities.headers['tus-max-size']]).toEqual([204, '1.0.0', 'creation,expiration,termination', String(MAX_BYTES)]);
    const content = text(2_000);
    const begun = await begin(org.submitter, content.length);
    expect(begun.headers['location']).toBe(`/api/v1/uploads/${idOf(begun)}`);
    expect(begun.headers['upload-expires']).toBe('Sat, 02 May 2026 09:00:00 GMT');
    const first = await piece(org.submitter, idOf(begun), 0, content.subarray(0, 700));
    expect([first.status, first.headers['upload-offset'], first.headers['roster-sha256']]).toEqual([204, '700', undefined]);
    expect((await head(org.submitter, idOf(begun))).headers).toMatchObject({ 'upload-offset': '700', 'upload-length': '2000', 'tus-resumable': '1.0.0', 'cache-control': 'no-store' });
    const last = await piece(org.submitter, idOf(begun), 700, content.subarray(700));
    expect([last.status, last.headers['upload-offset'], last.headers['roster-sha256']]).toEqual([204, '2000', sha256(content)]);
    expect((await head(org.submitter, idOf(begun))).headers['roster-sha256']).toBe(sha256(content));
  });

  it('refuses what is not the protocol, saying which header', async () => {
    expect(await org.submitter.client.send('POST', '/uploads', { headers: { 'upload-length': '5', 'upload-metadata': metadata({ filename: 'a.txt' }) } })).toMatchObject({ status: 412, body: { code: 'EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED' } });
    for (const [headers, path] of [
      [{ 'upload-metadata': metadata({ filename: 'a.txt' }) }, 'upload-length'], [{ 'upload-length': '1e3', 'upload-metadata': metadata({ filename: 'a.txt' }) }, 'upload-length'], [{ 'upload-length': '0', 'upload-metadata': metadata({ filename: 'a.txt' }) }, 'upload-length'],
      [{ 'upload-defer-length': '1', 'upload-metadata': metadata({ filename: 'a.txt' }) }, 'upload-defer-length'], [{ 'upload-length': '5' }, 'upload-metadata'], [{ 'upload-length': '5', 'upload-metadata': 'filename not base64!' }, 'upload-metadata'],
      [{ 'upload-length': '5', 'upload-metadata': metadata({ filename: 'a.txt', sha256: 'ABC' }) }, 'upload-metadata'],
    ] as const) {
      expect(await org.submitter.client.send('POST', '/uploads', { headers: { ...TUS, ...headers } })).toMatchObject({ status: 400, body: { errors: [{ path }] } });
    }
    const id = idOf(await begin(org.submitter, 10));
    expect(await org.submitter.client.send('PATCH', `/uploads/${id}`, { raw: 'hello', headers: { ...TUS, 'upload-offset': '0', 'content-type': 'text/csv' } })).toMatchObject({ status: 415 });
    expect(await org.submitter.client.send('PATCH', `/uploads/${id}`, { body: { a: 1 }, headers: { ...TUS, 'upload-offset': '0' } })).toMatchObject({ status: 415 });
    expect(await piece(org.submitter, id, 3, Buffer.from('abc'))).toMatchObject({ status: 409, body: { code: 'EVIDENCE_UPLOAD_OFFSET_CONFLICT' }, headers: { 'upload-offset': '0' } });
    expect(await piece(org.submitter, id, 0, Buffer.from('longer than announced'))).toMatchObject({ status: 413 });
    expect((await head(org.submitter, id)).headers['upload-offset']).toBe('0');
  });

  it('lets one of two pieces at the same place win, and keeps no bytes of the other', async () => {
    const id = idOf(await begin(org.submitter, 200_000));
    const answers = await Promise.all([piece(org.submitter, id, 0, text(100_000)), piece(org.submitter, id, 0, text(100_000))]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([204, 409]);
    expect((await head(org.submitter, id)).headers['upload-offset']).toBe('100000');
    expect(await storedFiles(id)).toHaveLength(1);
  });
});

describe('limits', () => {
  it('refuses a file that is larger than allowed before a byte is sent', async () => {
    expect(await begin(org.submitter, MAX_BYTES + 1)).toMatchObject({ status: 413, body: { code: 'PLATFORM_BODY_TOO_LARGE' } });
  });

  it('holds an organization to a number of bytes on their way, and a member to a number of uploads', async () => {
    const busy = await fixture.organization();
    for (let n = 0; n < 40; n += 1) idOf(await begin(busy.submitter, MAX_BYTES));
    expect(await begin(busy.submitter, 1)).toMatchObject({ status: 429, body: { code: 'EVIDENCE_UPLOAD_LIMIT_REACHED' } });
    const [one] = await fixture.run<{ id: string }>(busy.tenantId, 'SELECT id FROM evidence_upload WHERE tenant_id = $1 LIMIT 1', [busy.tenantId]);
    expect((await busy.submitter.client.send('DELETE', `/uploads/${one?.id ?? ''}`, { headers: TUS })).status).toBe(204);
    for (let n = 0; n < 161; n += 1) idOf(await begin(busy.submitter, 1));
    expect(await begin(busy.submitter, 1)).toMatchObject({ status: 429 });
    expect((await begin(busy.reviewer, 1)).status).toBe(201);
  }, 60_000);
});

describe('limits under pressure', () => {
  it('holds when uploads begin at once, and counts what still lies in storage', async () => {
    const busy = await fixture.organization();
    for (let n = 0; n < 38; n += 1) idOf(await begin(busy.submitter, MAX_BYTES));
    const answers = await Promise.all(Array.from({ length: 8 }, () => begin(busy.submitter, MAX_BYTES)));
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 201, 429, 429, 429, 429, 429, 429]);
    const id = String(answers.find(({ status }) => status === 201)?.body['id']);
    expect((await piece(busy.submitter, id, 0, text(4_000_000))).status).toBe(204);
    // Given up, but not swept: half of its room is free.
    expect((await busy.submitter.client.send('DELETE', `/uploads/${id}`, { headers: TUS })).status).toBe(204);
    expect((await begin(busy.submitter, MAX_BYTES / 2 + 1)).status).toBe(429);
    expect((await begin(busy.submitter, MAX_BYTES / 2)).status).toBe(201);
  }, 60_000);

  it('receives a few pieces of one upload at once, not any number', async () => {
    const id = idOf(await begin(org.submitter, 1_000));
    const url = new URL(`${await fixture.app.getUrl()}/api/v1/uploads/${id}`);
    const lines = Array.from({ length: 4 }, () => {
      const request = httpRequest(url, { method: 'PATCH', headers: { ...TUS, cookie: `__Host-roster_session=${org.submitter.session}`, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', 'content-length': 1_000 } });
      request.on('error', () => undefined);
      request.flushHeaders();
      return request;
    });
    await waitFor(async () => (await storedFiles('.spool')).length === lines.length, { what: 'four pieces under way' });
    expect(await piece(org.submitter, id, 0, Buffer.alloc(0))).toMatchObject({ status: 409, body: { code: 'EVIDENCE_UPLOAD_OFFSET_CONFLICT' }, headers: { 'upload-offset': '0' } });
    for (const line of lines) line.destroy();
    await waitFor(async () => (await piece(org.submitter, id, 0, Buffer.from('x'.repeat(1_000)))).status === 204, { what: 'the next to be taken', timeout: 5_000 });
  });
});

describe('belonging', () => {
  it('is another organization\'s and another member\'s 404, in every verb and as a submission', async () => {
    const content = text(100);
    const id = idOf(await begin(org.submitter, content.length));
    await piece(org.submitter, id, 0, content.subarray(0, 50));
    for (const stranger of [other.submitter, org.reviewer]) {
      expect((await head(stranger, id)).status).toBe(404);
      expect(await piece(stranger, id, 50, content.subarray(50))).toMatchObject({ status: 404, body: { code: 'EVIDENCE_UPLOAD_NOT_FOUND' } });
      expect((await stranger.client.send('DELETE', `/uploads/${id}`, { headers: TUS })).status).toBe(404);
      expect(await stranger.client.post('/evidence', { kind: 'document', title: 'Taken', upload: id })).toMatchObject({ status: 404, body: { code: 'EVIDENCE_UPLOAD_NOT_FOUND' } });
    }
    expect((await head(org.submitter, id)).headers['upload-offset']).toBe('50');
    expect((await head(org.submitter, 'not-an-id')).status).toBe(404);
    const auditor = await org.submitter.client.invite('auditor');
    expect(await begin(auditor, 5)).toMatchObject({ status: 403, body: { code: 'ACCESS_PERMISSION_MISSING' } });
  });
});

describe('a repeated key of idempotency', () => {
  it('answers the same announcement again, and refuses another file', async () => {
    const announce = (length: string, filename: string): Promise<TestAnswer> =>
      org.submitter.client.send('POST', '/uploads', { headers: { ...TUS, 'idempotency-key': 'one-upload', 'upload-length': length, 'upload-metadata': metadata({ filename }) } });
    const first = await announce('50', 'a.txt');
    expect(await announce('50', 'a.txt')).toMatchObject({ status: 201, headers: { location: first.headers['location'], 'idempotency-replayed': 'true' } });
    for (const [length, name] of [['51', 'a.txt'], ['50', 'b.txt']] as const) expect(await announce(length, name)).toMatchObject({ body: { code: 'PLATFORM_IDEMPOTENCY_MISMATCH' } });
  });
});

describe('becoming evidence', () => {
  it('is submitted as an item or as a version, once, under the hash that was computed here', async () => {
    const content = text(5_000);
    const send = async (): Promise<string> => {
      const id = idOf(await begin(org.submitter, content.length, { filename: 'Übersicht.txt', filetype: 'text/plain', sha256: sha256(content) }));
      await piece(org.submitter, id, 0, content);
      return id;
    };
    const upload = await send();
    const item = await org.submitter.client.post('/evidence', { kind: 'document', title: 'By pieces', upload });
    expect(item).toMatchObject({ status: 201, body: { version: 1, sha256: sha256(content), status: 'submitted' } });
    expect(await org.submitter.client.post('/evidence', { kind: 'document', title: 'Again', upload })).toMatchObject({ status: 404 });
    const id = String(item.body['id']);
    expect(await org.submitter.client.post(`/evidence/${id}/versions`, { upload: await send(), notes: 'second' })).toMatchObject({ status: 201, body: { version: 2, sha256: sha256(content) } });
    expect((await org.submitter.client.get(`/evidence/${id}`)).body).toMatchObject({ latest: { fileName: 'Übersicht.txt', mediaType: 'text/plain', size: 5_000, version: 2 } });
    expect((await org.reviewer.client.get(`/evidence/${id}/versions/1/content`)).text).toBe(content.toString());
    expect((await fixture.trail(org.tenantId)).filter((action) => action === 'evidence.version.submitted').length).toBeGreaterThanOrEqual(2);
  });

  it('waits until it is complete, and takes one source only', async () => {
    const id = idOf(await begin(org.submitter, 100));
    expect(await org.submitter.client.post('/evidence', { kind: 'document', title: 'Half', upload: id })).toMatchObject({ status: 409, body: { code: 'EVIDENCE_UPLOAD_INCOMPLETE' } });
    expect(await org.submitter.client.post('/evidence', { kind: 'document', title: 'Both', upload: id, url: 'https://example.test/' })).toMatchObject({ status: 400, body: { errors: [{ path: 'url' }] } });
    expect(await org.submitter.client.send('POST', '/evidence', { raw: form({ kind: 'document', title: 'Both', upload: id }, { name: 'a.txt', type: 'text/plain', content: 'x' }) })).toMatchObject({ status: 400, body: { errors: [{ path: 'upload' }] } });
    expect(await org.submitter.client.post('/evidence', { kind: 'document', title: 'None', upload: 'x' })).toMatchObject({ status: 400, body: { errors: [{ path: 'upload' }] } });
  });

  it.each([
    ['a drawing that could run', 'chart.svg', 'image/svg+xml', 'type_not_allowed'], ['a page', 'page.html', 'text/html', 'type_not_allowed'], ['a program', 'setup.exe', '', 'type_not_allowed'],
    ['a type that was declared otherwise', 'log.txt', 'text/html', 'declared_type_differs'], ['a name that is a path', '../log.txt', 'text/plain', 'name_not_allowed'],
  ])('refuses %s before a byte is sent', async (_what, filename, filetype, code) => {
    expect(await begin(org.submitter, 100, { filename, filetype })).toMatchObject({ status: 422, body: { code: 'EVIDENCE_FILE_REFUSED', errors: [{ path: 'file', code }] } });
  });

  it('refuses a script that is called a PDF with its last piece, and ends', async () => {
    const content = Buffer.from('<script>alert(1)</script>');
    const id = idOf(await begin(org.submitter, content.length, { filename: 'report.pdf', filetype: 'application/pdf' }));
    expect(await piece(org.submitter, id, 0, content)).toMatchObject({ status: 422, body: { code: 'EVIDENCE_FILE_REFUSED', errors: [{ path: 'file', code: 'content_differs' }] } });
    expect((await head(org.submitter, id)).status).toBe(404);
    expect(await org.submitter.client.post('/evidence', { kind: 'document', title: 'Refused', upload: id })).toMatchObject({ status: 404 });
  });

  it('is kept when checking it fails through no fault of its own, and checked again', async () => {
    const content = text(100);
    const id = idOf(await begin(org.submitter, content.length));
    await fixture.run(org.tenantId, `CREATE FUNCTION fail_of_our_own() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no space left''; END'`);
    await fixture.run(org.tenantId, 'CREATE TRIGGER fail_of_our_own BEFORE UPDATE OF sha256 ON evidence_upload FOR EACH ROW EXECUTE FUNCTION fail_of_our_own()');
    try {
      expect((await piece(org.submitter, id, 0, content)).status).toBe(500);
    } finally {
      await fixture.run(org.tenantId, 'DROP FUNCTION fail_of_our_own() CASCADE');
    }
    expect((await head(org.submitter, id)).headers).toMatchObject({ 'upload-offset': '100', 'upload-length': '100' });
    const again = await piece(org.submitter, id, 100, Buffer.alloc(0));
    expect([again.status, again.headers['roster-sha256']]).toEqual([204, sha256(content)]);
    expect((await org.submitter.client.post('/evidence', { kind: 'document', title: 'Kept', upload: id })).status).toBe(201);
  });

  it('refuses bytes that do not hash to what was said', async () => {
    const id = idOf(await begin(org.submitter, 4, { filename: 'a.txt', sha256: 'a'.repeat(64) }));
    expect(await piece(org.submitter, id, 0, Buffer.from('abcd'))).toMatchObject({ status: 422, body: { errors: [{ path: 'sha256', code: 'differs' }] } });
  });
});

/** Passes bytes on to the server and cuts the connection after so many of them, the first `cuts` times. */
async function unreliable(target: number, cutAfter: number, cuts: number): Promise<{ server: Server; port: number; cut: () => number }> {
  let done = 0;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    let seen = 0;
    const end = (): void => { near.destroy(); far.destroy(); };
    near.on('data', (chunk) => {
      seen += chunk.length;
      far.write(chunk);
      if (seen > cutAfter && done < cuts) {
        done += 1;
        near.pause();
        // What was passed on is on its way to the disk before the line goes dead.
        setTimeout(end, 50);
      }
    });
    far.on('data', (chunk) => near.write(chunk));
    for (const socket of [near, far]) socket.on('close', end).on('error', end);
  });
  await new Promise<void>((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  return { server, port: (server.address() as AddressInfo).port, cut: () => done };
}

describe('a connection that breaks', () => {
  it('costs only what was under way: the piece that arrived half is kept', async () => {
    const content = text(3_000_000);
    const id = idOf(await begin(org.submitter, content.length));
    const url = new URL(`${await fixture.app.getUrl()}/api/v1/uploads/${id}`);
    await new Promise<void>((resolve) => {
      const request = httpRequest(url, { method: 'PATCH', headers: { ...TUS, cookie: `__Host-roster_session=${org.submitter.session}`, 'upload-offset': '0', 'content-type': 'application/offset+octet-stream', 'content-length': content.length } });
      request.on('error', () => resolve());
      request.write(content.subarray(0, 1_200_000), () => setTimeout(() => request.destroy(), 100));
    });
    const received = await waitFor(async () => { const offset = Number((await head(org.submitter, id)).headers['upload-offset']); return offset > 0 ? offset : null; }, { what: 'the half piece', timeout: 10_000 });
    expect(received).toBeLessThanOrEqual(1_200_000);
    const last = await piece(org.submitter, id, received ?? 0, content.subarray(received ?? 0));
    expect([last.status, last.headers['roster-sha256']]).toEqual([204, sha256(content)]);
    expect(await storedFiles('.spool')).toEqual([]);
  }, 30_000);

  it('is picked up by tus-js-client, through three cuts, and the file is whole', async () => {
    const content = text(6_000_000);
    const line = await unreliable(Number(new URL(await fixture.app.getUrl()).port), 1_500_000, 3);
    const methods: string[] = [];
    const upload = await new Promise<Upload>((resolve, reject) => {
      const client: Upload = new Upload(content, {
        endpoint: `http://127.0.0.1:${line.port}/api/v1/uploads`, metadata: { filename: 'trace.log', filetype: 'text/x-log', sha256: sha256(content) }, chunkSize: 4_000_000, retryDelays: [50, 100, 200, 400, 800],
        headers: { cookie: `__Host-roster_session=${org.submitter.session}` }, onBeforeRequest: (request) => { methods.push(request.getMethod()); },
        onError: reject, onSuccess: ({ lastResponse }) => { expect(lastResponse.getHeader('roster-sha256')).toBe(sha256(content)); resolve(client); },
      });
      client.start();
    });
    line.server.close();
    expect(line.cut()).toBe(3);
    expect(methods.filter((method) => method === 'POST')).toHaveLength(1);
    expect(methods.filter((method) => method === 'HEAD').length).toBeGreaterThanOrEqual(3);
    const id = upload.url?.split('/').pop() ?? '';
    const item = await org.submitter.client.post('/evidence', { kind: 'document', title: 'Through three cuts', upload: id });
    expect(item.body).toMatchObject({ sha256: sha256(content) });
    expect((await org.reviewer.client.get(`/evidence/${String(item.body['id'])}/versions/1/content`)).text).toBe(content.toString());
  }, 60_000);
});

describe('the end', () => {
  it('comes a day after the last piece, or at once when it is given up or used; then the bytes go', async () => {
    const clock = fixture.clock.now().toISOString();
    const busy = await fixture.organization();
    const forgotten = idOf(await begin(busy.submitter, 100));
    const renewed = idOf(await begin(busy.submitter, 100));
    const givenUp = idOf(await begin(busy.submitter, 100));
    const used = idOf(await begin(busy.submitter, 100));
    for (const id of [forgotten, givenUp]) await piece(busy.submitter, id, 0, text(40));
    await piece(busy.submitter, used, 0, text(100));
    expect((await busy.submitter.client.post('/evidence', { kind: 'document', title: 'Kept', upload: used })).status).toBe(201);
    expect((await busy.submitter.client.send('DELETE', `/uploads/${givenUp}`, { headers: TUS })).status).toBe(204);
    expect((await head(busy.submitter, givenUp)).status).toBe(404);
    await sweep();
    expect([await storedFiles(givenUp), await storedFiles(used), (await storedFiles(forgotten)).length]).toEqual([[], [], 1]);
    fixture.clock.set(new Date(fixture.clock.now().getTime() + 23 * 3_600_000));
    const again = await busy.submitter.client.as(null).post('/sessions', { email: busy.submitter.email, password: busy.submitter.password });
    const cookie = /__Host-roster_session=([^;]+)/.exec(again.headers['set-cookie'] ?? '')?.[1] ?? '';
    const later: SignedInClient = { ...busy.submitter, client: busy.submitter.client.as(cookie), session: cookie };
    expect((await piece(later, renewed, 0, text(40))).status).toBe(204);
    fixture.clock.set(new Date(fixture.clock.now().getTime() + 20 * 60_000));
    expect((await head(later, forgotten)).status).toBe(200);
    fixture.clock.set(new Date(fixture.clock.now().getTime() + 25 * 60_000));
    expect((await head(later, forgotten)).status).toBe(200);
    fixture.clock.set(new Date(fixture.clock.now().getTime() + 16 * 60_000));
    expect((await head(later, forgotten)).status).toBe(404);
    expect((await head(later, renewed)).headers['upload-offset']).toBe('40');
    await sweep();
    await sweep();
    expect([(await storedFiles(forgotten)).length, (await storedFiles(renewed)).length]).toEqual([0, 1]);
    expect(await fixture.run(busy.tenantId, 'SELECT id FROM evidence_upload WHERE tenant_id = $1', [busy.tenantId])).toEqual([{ id: renewed }]);
    expect(await fixture.run(busy.tenantId, 'SELECT DISTINCT upload_id AS id FROM evidence_upload_part WHERE tenant_id = $1', [busy.tenantId])).toEqual([{ id: renewed }]);
    fixture.clock.set(new Date(clock));
  }, 30_000);
});
