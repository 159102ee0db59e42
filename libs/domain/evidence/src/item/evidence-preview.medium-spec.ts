import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestAnswer } from '@roster/testing';
import { EvidenceFixture, form, type EvidenceOrganization } from '../testing/evidence-fixture.js';
import { PREVIEW_TEXT_BYTES } from './evidence-preview.js';

const PNG = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const HTML = '<script>document.title = "ran"</script>';

describe('the preview of a version', () => {
  let fixture: EvidenceFixture;
  let org: EvidenceOrganization;
  let other: EvidenceOrganization;
  beforeAll(async () => {
    fixture = await EvidenceFixture.start();
    org = await fixture.organization();
    other = await fixture.organization();
  });
  afterAll(() => fixture.stop());

  const upload = async (name: string, type: string, content: string | Buffer): Promise<string> => {
    const made = await org.submitter.client.send<{ id: string }>('POST', '/evidence', { raw: form({ kind: 'document', title: name }, { name, type, content }) });
    if (made.status !== 201) throw new Error(made.text);
    return made.body.id;
  };
  const preview = (id: string, by = org.reviewer): Promise<TestAnswer> => by.client.get(`/evidence/${id}/versions/1/preview`);

  it.each([
    ['report.pdf', 'application/pdf', '%PDF-1.7\ntrailer<<>>\n%%EOF\n', 'application/pdf'], ['chart.png', 'image/png', PNG, 'image/png'], ['notes.txt', 'text/plain', HTML, 'text/plain; charset=utf-8'],
    ['notes.md', 'text/markdown', HTML, 'text/plain; charset=utf-8'], ['rows.csv', 'text/csv', `a,b\n${HTML},2\n`, 'text/plain; charset=utf-8'], ['facts.json', 'application/json', `{"a":"${HTML.replaceAll('"', '')}"}`, 'text/plain; charset=utf-8'],
  ])('shows %s in a sandbox that can do nothing, in frames of this origin only', async (name, type, content, shownAs) => {
    const answer = await preview(await upload(name, type, content));
    expect([answer.status, answer.headers['content-type'], answer.headers['content-disposition']]).toEqual([200, shownAs, 'inline']);
    expect(answer.headers['content-security-policy']).toMatch(/^sandbox; default-src 'none'; .*frame-ancestors 'self'/);
    expect(answer.headers['content-security-policy']).not.toMatch(/allow-|script-src|connect-src|\*/);
    expect(answer.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'cache-control': 'private, no-store', 'x-frame-options': 'SAMEORIGIN', 'cross-origin-resource-policy': 'same-origin', 'referrer-policy': 'no-referrer' });
  });

  it('shows a long text up to a limit, and says so by its length; the download has all of it', async () => {
    const id = await upload('long.log', 'text/plain', 'x'.repeat(PREVIEW_TEXT_BYTES + 300_000));
    expect((await preview(id)).headers['content-length']).toBe(String(PREVIEW_TEXT_BYTES));
    expect((await preview(id)).text).toHaveLength(PREVIEW_TEXT_BYTES);
    expect((await org.reviewer.client.get(`/evidence/${id}/versions/1/content`)).text).toHaveLength(PREVIEW_TEXT_BYTES + 300_000);
  });

  it('offers other types as downloads only', async () => {
    const made = await org.submitter.client.post<{ id: string }>('/evidence', { kind: 'link', title: 'Outside', url: 'https://example.test/' });
    expect(await preview(made.body.id)).toMatchObject({ status: 404, body: { code: 'EVIDENCE_CONTENT_NOT_FOUND' } });
    // An empty archive: the end record alone.
    const zip = await upload('logs.zip', 'application/zip', Buffer.concat([Buffer.from('504b0506', 'hex'), Buffer.alloc(18)])).catch(() => null);
    if (zip !== null) expect(await preview(zip)).toMatchObject({ status: 415, body: { code: 'EVIDENCE_PREVIEW_UNAVAILABLE' } });
    expect((await org.reviewer.client.get<{ latest: { previewHref: string | null } }>(`/evidence/${made.body.id}`)).body.latest.previewHref).toBeNull();
  });

  it('is another organization\'s 404, and nobody\'s without signing in', async () => {
    const id = await upload('mine.txt', 'text/plain', 'CANARY');
    const answer = await preview(id, other.reviewer);
    expect([answer.status, answer.text.includes('CANARY')]).toEqual([404, false]);
    expect((await fixture.anybody.get(`/evidence/${id}/versions/1/preview`)).status).toBe(401);
  });
});
