import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { MIB, choose, sha256, textFile, usingEvidence } from './evidence-page.js';
import { webUrl } from './web-person.js';

/** Calls home when it runs, and changes the page around it. */
const RUNS = '<html><body><img src="/api/v1/health/live?it-ran" onerror="top.document.title = 1"><script>fetch("/api/v1/health/live?it-ran"); document.title = "it ran"; parent.document.title = "it ran";</script></body></html>';

/** States that have a screen in screens/evidence.screens.ts are looked at for barriers there; the others here. */
describe('submitting evidence', () => {
  const here = usingEvidence();

  it('sends many files in pieces, survives a lost connection and a reload, and links them to many criteria at once', async () => {
    const long = textFile(5 * MIB);
    const page = await here.ada.page(`/evidence/new?workload=CLAIMS-TRIAGE&criterion=${encodeURIComponent(`${here.edition}/PSF-1.1`)}`);
    const offsets: number[] = [];
    let broken = 0;
    let mended = false;
    await page.route('**/api/v1/uploads/*', async (route) => {
      const request = route.request();
      if (request.method() !== 'PATCH') return mended || broken === 0 ? route.continue() : route.abort('connectionreset');
      const offset = Number(request.headers()['upload-offset']);
      if (!mended && offset >= 2 * MIB) {
        broken += 1;
        return route.abort('connectionreset');
      }
      offsets.push(offset);
      return route.continue();
    });
    await page.getByRole('form', { name: 'Attach evidence' }).waitFor();
    await choose(page, [{ name: 'long_trace.log', mimeType: 'text/plain', buffer: long }]);
    await page.getByText('No connection, goes on by itself').waitFor();
    await expectAccessible(page, 'submission without connection');
    expect(broken).toBeGreaterThan(0);
    mended = true;
    await page.evaluate(() => dispatchEvent(new Event('online')));
    const files = page.getByRole('list', { name: 'Files' });
    await files.getByText('Arrived whole').waitFor();
    // It went on from where it was: no piece was sent twice.
    expect(offsets).toEqual([0, 2 * MIB, 4 * MIB]);
    await files.getByText(sha256(long).slice(0, 12)).waitFor();
    // The broken line is what this test is about.
    expect(here.ada.complaints.splice(0).filter((complaint) => !complaint.includes('ERR_CONNECTION_RESET'))).toEqual([]);
    await page.getByRole('textbox', { name: 'Title of long_trace.log' }).fill('Trace of the outage');
    await page.getByRole('button', { name: '1 year' }).click();
    await page.waitForFunction(() => Object.values(sessionStorage).some((value) => String(value).includes('Trace of the outage') && String(value).includes('uploadId')));

    await page.reload();
    await page.getByText('This is a draft of yours').waitFor();
    await files.getByText('Arrived whole').waitFor();
    await choose(page, [{ name: 'short.md', mimeType: 'text/markdown', buffer: Buffer.from('# Short') }]);
    await files.getByText('Arrived whole').nth(1).waitFor();
    await page.getByRole('combobox', { name: 'Workloads' }).fill('return');
    await page.getByRole('option', { name: /RETURN-CODES/ }).click();
    await page.getByRole('combobox', { name: 'Criteria' }).fill('PSF-2.1');
    await page.getByRole('option', { name: /^PSF-2\.1/ }).first().click();
    await page.getByText('2 workloads × 2 criteria = 4 links').waitFor();
    await page.keyboard.press('Escape');
    await expectAccessible(page, 'submission with files');
    await page.getByRole('button', { name: 'Submit 2 items of evidence' }).click();
    await page.getByRole('grid', { name: 'Evidence' }).getByRole('link', { name: 'Trace of the outage' }).waitFor();
    await eventually(async () => { expect(await here.found('Trace of the outage')).toMatchObject({ linkCount: 4, status: 'submitted', latest: { sha256: sha256(long) } }); });
    await eventually(async () => { expect(await here.found('short')).toMatchObject({ title: 'short', linkCount: 4 }); });
    // What was submitted is no draft any more, though it was one when the page was loaded.
    await page.goto(`${webUrl()}/evidence/new?workload=CLAIMS-TRIAGE`);
    await page.getByRole('form', { name: 'Attach evidence' }).waitFor();
    await page.getByRole('button', { name: 'Choose files' }).waitFor();
    await eventually(async () => { expect(await page.getByText('This is a draft of yours').count()).toBe(0); });
    await eventually(async () => { expect(await page.evaluate(() => Object.values(sessionStorage).some((value) => String(value).includes('Trace of the outage')))).toBe(false); });
  }, 90_000);

  it('refuses what a browser could run, saying why, and lets the rest go', async () => {
    const page = await here.ada.page('/evidence/new');
    await page.getByRole('form', { name: 'Attach evidence' }).waitFor();
    await choose(page, [
      { name: 'attack.html', mimeType: 'text/html', buffer: Buffer.from(RUNS) }, { name: 'attack.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') },
      { name: 'attack.pdf', mimeType: 'application/pdf', buffer: Buffer.from(RUNS) }, { name: 'attack.txt', mimeType: 'text/plain', buffer: Buffer.from(RUNS) },
    ]);
    const files = page.getByRole('list', { name: 'Files' });
    await files.getByText('Not taken').nth(2).waitFor();
    await files.getByText('Files ending in ".html" are not accepted as evidence.', { exact: false }).waitFor();
    await files.getByText('Files ending in ".svg" are not accepted as evidence.', { exact: false }).waitFor();
    await files.getByText('The file is named like a PDF', { exact: false }).waitFor();
    await files.getByText('Arrived whole').waitFor();
    await expectAccessible(page, 'refused files');
    const asked: string[] = [];
    const shown = page.waitForResponse((response) => response.url().endsWith('/versions/1/preview'));
    page.context().on('request', (request) => asked.push(request.url()));
    await page.getByRole('button', { name: 'Submit evidence' }).click();
    await page.getByRole('heading', { name: 'attack' }).waitFor();
    // The same words as a text: shown as they are, in a frame of its own that runs and loads nothing.
    const answer = await shown;
    expect([answer.headers()['content-type'], answer.headers()['x-content-type-options'], await answer.finished()]).toEqual(['text/plain; charset=utf-8', 'nosniff', null]);
    const frame = page.locator('iframe[title="Preview of attack"]');
    await eventually(async () => { expect(await frame.getAttribute('sandbox')).toBe(''); });
    await eventually(async () => { expect(await page.title()).not.toContain('it ran'); });
    // Opened by itself, outside of any frame, it has no more rights.
    const direct = await here.ada.page('/evidence');
    direct.context().on('request', (request) => asked.push(request.url()));
    const opened = await direct.goto(answer.url());
    expect(opened?.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none';/);
    expect(asked.filter((url) => url.includes('it-ran'))).toEqual([]);
  }, 60_000);

  it('takes files that are dropped', async () => {
    const page = await here.ada.page('/evidence/new');
    const place = page.getByRole('form', { name: 'Attach evidence' }).getByRole('group').filter({ has: page.getByRole('button', { name: 'Choose files' }) });
    await place.waitFor();
    const dropped = await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.items.add(new File(['dropped in'], 'dropped_note.txt', { type: 'text/plain' }));
      return data;
    });
    await place.dispatchEvent('dragover', { dataTransfer: dropped });
    await place.dispatchEvent('drop', { dataTransfer: dropped });
    await page.getByRole('list', { name: 'Files' }).getByText('Arrived whole').waitFor();
    await page.getByRole('button', { name: 'Submit evidence' }).click();
    await page.getByRole('heading', { name: 'dropped note' }).waitFor();
    await eventually(async () => { expect(await here.found('dropped note')).toMatchObject({ latest: { sha256: sha256(Buffer.from('dropped in')) } }); });
  });

  it('takes an address that is pasted', async () => {
    const page = await here.ada.page('/evidence/new');
    await page.getByRole('form', { name: 'Attach evidence' }).waitFor();
    await page.getByRole('button', { name: 'Choose files' }).focus();
    await page.evaluate(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'https://grafana.example.com/d/1');
      document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
    });
    await eventually(async () => { expect(await page.getByLabel('Address', { exact: true }).last().inputValue()).toBe('https://grafana.example.com/d/1'); });
    await page.getByLabel('Title').fill('Dashboard of latency');
    await page.getByRole('button', { name: 'Submit evidence' }).click();
    await page.getByText('An address outside').waitFor();
    await page.getByRole('link', { name: 'Open grafana.example.com in a new tab' }).waitFor();
  });
});
