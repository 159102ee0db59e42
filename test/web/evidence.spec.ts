import { createHash, randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { form } from '../e2e/person.js';
import { expectAccessible } from './axe.js';
import { focusInside } from './keyboard.js';
import { Relay } from './relay.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson, webUrl } from './web-person.js';

interface Item { readonly id: string; readonly title: string; readonly status: string; readonly linkCount: number; readonly version: number; readonly latest: { readonly sha256: string | null; readonly previewHref: string | null } }
const MIB = 1024 * 1024;
const sha256 = (content: Buffer): string => createHash('sha256').update(content).digest('hex');
const textFile = (bytes: number): Buffer => Buffer.from(randomBytes(bytes / 2).toString('hex'));
/** Calls home when it runs, and changes the page around it. */
const RUNS = '<html><body><img src="/api/v1/health/live?it-ran" onerror="top.document.title = 1"><script>fetch("/api/v1/health/live?it-ran"); document.title = "it ran"; parent.document.title = "it ran";</script></body></html>';

/** States that have a screen in screens/evidence.screens.ts are looked at for barriers there; the others here. */
describe('evidence in the browser', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let grace: WebPerson;
  let edition: string;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    grace = await ada.invite('admin');
    ({ edition } = await ada.api.get<{ edition: string }>('/organization'));
    for (const key of ['CLAIMS-TRIAGE', 'RETURN-CODES']) await ada.api.must(201, 'POST', '/workloads', { key, name: `Workload ${key.toLowerCase()}`, kind: 'agent', purpose: 'Answers customers', team: 'Support', processesRealData: 'yes', riskOwner: ada.email });
  }, 60_000);
  afterEach(async () => { await ada.leave(); await grace.leave(); });

  const submit = async (title: string, fields: Record<string, unknown> = {}, file: { name: string; type: string; content: string | Buffer } = { name: 'report.txt', type: 'text/plain', content: `${title} ${randomBytes(4).toString('hex')}` }, by = ada): Promise<string> =>
    (await by.api.must<{ id: string }>(201, 'POST', '/evidence', form(file.name, file.type, file.content, { kind: 'document', title, ...fields }))).id;
  const read = (id: string): Promise<Item> => ada.api.get<Item>(`/evidence/${id}`);
  const found = async (title: string): Promise<Item | undefined> => (await ada.api.get<{ items: Item[] }>(`/evidence?q=${encodeURIComponent(title)}`)).items[0];
  const choose = (page: Page, files: { name: string; mimeType: string; buffer: Buffer }[]): Promise<void> => page.locator('input[type=file]').setInputFiles(files);

  describe('the library', () => {
    it('teaches when it is empty, then filters, searches and opens by keyboard, with its state in the address', async () => {
      const newcomer = await WebPerson.signUp(browser(), { name: 'Nia New' });
      const empty = await newcomer.page('/evidence');
      await empty.getByText('There is no evidence yet').waitFor();
      await newcomer.leave();

      await submit('Penetration test spring', { expiresAt: new Date(Date.now() + 20 * 86_400_000).toISOString(), links: [{ workload: 'CLAIMS-TRIAGE', criterion: null }] });
      const accepted = await submit('Runbook of returns', { kind: 'contract', expiresAt: new Date(Date.now() + 10 * 86_400_000).toISOString() });
      await grace.api.must(200, 'POST', `/evidence/${accepted}/versions/1/decision`, { decision: 'accept' });
      const page = await ada.page('/evidence');
      const grid = page.getByRole('grid', { name: 'Evidence' });
      await grid.getByRole('link', { name: 'Penetration test spring' }).waitFor();
      await page.keyboard.press('/');
      await page.keyboard.type('runbook');
      await page.waitForURL('**/evidence?q=runbook');
      await grid.getByRole('link', { name: 'Penetration test spring' }).waitFor({ state: 'detached' });
      await page.getByRole('textbox', { name: 'Search title, file name and address' }).fill('nothing like this');
      await page.getByText('No evidence fits').waitFor();
      await page.getByRole('button', { name: 'Remove the filters' }).click();
      expect(await page.getByRole('textbox', { name: 'Search title, file name and address' }).inputValue()).toBe('');
      // What an address asks for beyond the fields is shown, and can be taken off; the text follows the address.
      await page.goto(`${webUrl()}/evidence?filter[workload]=CLAIMS-TRIAGE&filter[kind]=document&filter[kind]=contract&filter[expiresAt][empty]=no`);
      await grid.getByRole('link', { name: 'Penetration test spring' }).waitFor({ state: 'detached' });
      await page.getByRole('button', { name: /^Remove the filter Kind: / }).waitFor();
      await page.getByRole('button', { name: 'Remove the filter With an end' }).waitFor();
      await page.getByRole('button', { name: 'Remove the filter With an end' }).click();
      await grid.getByRole('link', { name: 'Penetration test spring' }).waitFor();
      await page.getByRole('button', { name: 'Remove the filter CLAIMS-TRIAGE' }).click();
      await page.getByRole('button', { name: /^Remove the filter Kind: / }).click();
      await page.waitForURL((url) => ![...url.searchParams.keys()].some((name) => name.startsWith('filter')));
      await page.getByRole('button', { name: 'Expiring within 30 days' }).click();
      await page.waitForURL((url) => url.searchParams.get('filter[expiresAt][lt]') === 'now+30d');
      await grid.getByRole('link', { name: 'Runbook of returns' }).waitFor();
      await grid.getByRole('link', { name: 'Penetration test spring' }).waitFor({ state: 'detached' });
      await page.reload();
      await grid.getByRole('link', { name: 'Runbook of returns' }).waitFor();
      expect(await grid.getByRole('row').count()).toBe(2);
      await grid.getByRole('gridcell').first().focus();
      await page.keyboard.press('Space');
      await page.getByRole('complementary', { name: 'Preview' }).getByText('report.txt').waitFor();
      await expectAccessible(page, 'library with a peek');
      await page.keyboard.press('Enter');
      await page.waitForURL(`**/evidence/${accepted}**`);
    }, 90_000);
  });

  describe('submitting', () => {
    it('sends many files in pieces, survives a lost connection and a reload, and links them to many criteria at once', async () => {
      const long = textFile(5 * MIB);
      const page = await ada.page(`/evidence/new?workload=CLAIMS-TRIAGE&criterion=${encodeURIComponent(`${edition}/PSF-1.1`)}`);
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
      expect(ada.complaints.splice(0).filter((complaint) => !complaint.includes('ERR_CONNECTION_RESET'))).toEqual([]);
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
      expect(await found('Trace of the outage')).toMatchObject({ linkCount: 4, status: 'submitted', latest: { sha256: sha256(long) } });
      expect(await found('short')).toMatchObject({ title: 'short', linkCount: 4 });
      // What was submitted is no draft any more, though it was one when the page was loaded.
      await page.goto(`${webUrl()}/evidence/new?workload=CLAIMS-TRIAGE`);
      await page.getByRole('form', { name: 'Attach evidence' }).waitFor();
      await page.getByRole('button', { name: 'Choose files' }).waitFor();
      expect(await page.getByText('This is a draft of yours').count()).toBe(0);
      expect(await page.evaluate(() => Object.values(sessionStorage).some((value) => String(value).includes('Trace of the outage')))).toBe(false);
    }, 90_000);

    it('refuses what a browser could run, saying why, and lets the rest go', async () => {
      const page = await ada.page('/evidence/new');
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
      expect(await frame.getAttribute('sandbox')).toBe('');
      expect(await page.title()).not.toContain('it ran');
      // Opened by itself, outside of any frame, it has no more rights.
      const direct = await ada.page('/evidence');
      direct.context().on('request', (request) => asked.push(request.url()));
      const opened = await direct.goto(answer.url());
      expect(opened?.headers()['content-security-policy']).toMatch(/^sandbox; default-src 'none';/);
      expect(asked.filter((url) => url.includes('it-ran'))).toEqual([]);
    }, 60_000);

    it('takes files that are dropped', async () => {
      const page = await ada.page('/evidence/new');
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
      expect(await found('dropped note')).toMatchObject({ latest: { sha256: sha256(Buffer.from('dropped in')) } });
    });

    it('takes an address that is pasted', async () => {
      const page = await ada.page('/evidence/new');
      await page.getByRole('form', { name: 'Attach evidence' }).waitFor();
      await page.getByRole('button', { name: 'Choose files' }).focus();
      await page.evaluate(() => {
        const data = new DataTransfer();
        data.setData('text/plain', 'https://grafana.example.com/d/1');
        document.activeElement?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
      });
      expect(await page.getByLabel('Address', { exact: true }).last().inputValue()).toBe('https://grafana.example.com/d/1');
      await page.getByLabel('Title').fill('Dashboard of latency');
      await page.getByRole('button', { name: 'Submit evidence' }).click();
      await page.getByText('An address outside').waitFor();
      await page.getByRole('link', { name: 'Open grafana.example.com in a new tab' }).waitFor();
    });
  });

  describe('deciding', () => {
    it('goes by keyboard alone: next, accept, reject with a reason; and says why one may not decide one\'s own', async () => {
      const colleague = await WebPerson.signUp(browser(), { name: 'Ada Queue', organization: 'Queue' });
      const reviewer = await colleague.invite('admin', 'Grace Queue');
      await colleague.api.must(201, 'POST', '/workloads', { key: 'QUEUED', name: 'Queued', kind: 'agent', purpose: 'x', team: 'x', processesRealData: 'no', riskOwner: colleague.email });
      const first = await submit('First of three', { links: [{ workload: 'QUEUED', criterion: null }] }, undefined, colleague);
      const second = await submit('Second of three', {}, undefined, colleague);
      const third = await submit('Third of three', {}, undefined, colleague);
      const own = await submit('My own', {}, undefined, reviewer);
      const statusOf = async (id: string): Promise<string> => (await colleague.api.get<Item>(`/evidence/${id}`)).status;

      const page = await reviewer.page('/evidence/queue');
      await page.getByRole('heading', { name: 'First of three' }).waitFor();
      await page.getByRole('link', { name: /^Waiting for my decision\s*3$/ }).waitFor();
      await page.getByRole('row', { name: /The workload only/ }).waitFor();
      await page.keyboard.press('j');
      await page.getByRole('heading', { name: 'Second of three' }).waitFor();
      await page.getByRole('status').getByText('2 of 3: Second of three').waitFor({ state: 'attached' });
      await page.keyboard.press('k');
      await page.getByRole('heading', { name: 'First of three' }).waitFor();
      await page.keyboard.press('a');
      await page.getByRole('dialog', { name: 'Accept version 1' }).waitFor();
      await expectAccessible(page, 'acceptance');
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Second of three' }).waitFor();
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await statusOf(first)).toBe('accepted');
      await page.keyboard.press('r');
      const dialog = page.getByRole('dialog', { name: 'Reject version 1' });
      await focusInside(dialog);
      await page.keyboard.press('Control+Enter');
      await dialog.getByText('Say why it is rejected.').waitFor();
      await page.keyboard.type('It is about another system');
      await page.keyboard.press('Control+Enter');
      await page.getByRole('heading', { name: 'Third of three' }).waitFor();
      await dialog.waitFor({ state: 'detached' });
      expect(await statusOf(second)).toBe('rejected');
      await page.keyboard.press('a');
      await focusInside(page.getByRole('dialog', { name: 'Accept version 1' }));
      await page.keyboard.press('Enter');
      await page.getByText('Nothing waits for your decision').waitFor();
      expect(await statusOf(third)).toBe('accepted');

      await page.getByRole('link', { name: /^Submitted by me/ }).click();
      await page.getByRole('heading', { name: 'My own' }).waitFor();
      await page.getByText('You submitted this version. Four eyes: somebody else who may decide has to.').first().waitFor();
      expect(await page.getByRole('button', { name: /^Accept evidence/ }).getAttribute('aria-disabled')).toBe('true');
      await page.keyboard.press('a');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await statusOf(own)).toBe('submitted');
      await expectAccessible(page, 'my own in the queue');

      await colleague.api.must(201, 'POST', `/evidence/${third}/links`, { links: [{ workload: 'QUEUED' }] });
      await page.goto(page.url().replace(/\?.*/, '?list=links'));
      await page.getByRole('button', { name: 'Accept link QUEUED' }).click();
      await focusInside(page.getByRole('dialog', { name: 'Accept link' }));
      await page.keyboard.press('Enter');
      await page.getByText('No links wait for you').waitFor();

      const [link] = (await colleague.api.must<{ items: { id: string }[] }>(201, 'POST', `/evidence/${third}/links`, { links: [{ workload: 'QUEUED', criterion: `${edition}/PSF-1.1` }] })).items;
      await page.reload();
      await page.getByRole('button', { name: /^Reject link QUEUED/ }).click();
      const rejection = page.getByRole('dialog', { name: 'Reject link' });
      await rejection.getByRole('button', { name: 'Reject link' }).click();
      await rejection.getByText('Say why it is rejected.').waitFor();
      await expectAccessible(page, 'rejection of a link');
      await rejection.getByRole('textbox', { name: 'Reason' }).fill('It says nothing about inputs');
      await page.keyboard.press('Control+Enter');
      await page.getByText('No links wait for you').waitFor();
      const { links } = await colleague.api.get<{ links: { id: string; status: string; decision: { comment: string | null } | null }[] }>(`/evidence/${third}`);
      expect(links.find(({ id }) => id === link?.id)).toMatchObject({ status: 'rejected', decision: { comment: 'It says nothing about inputs' } });
      const theirs = await colleague.page(`/evidence/${third}`);
      await theirs.getByRole('row', { name: /PSF-1\.1.*Rejected by Grace Queue.*It says nothing about inputs/ }).waitFor();
      await colleague.leave();
      await reviewer.leave();
    }, 90_000);

    it('arrives although the page is closed right after the key, and is asked about where the browser can ask', async () => {
      const author = await WebPerson.signUp(browser(), { name: 'Ada Slow', organization: 'Slow line' });
      const reviewer = await author.invite('admin', 'Grace Slow');
      const gone = await submit('Sent and gone', {}, undefined, author);
      const kept = await submit('Sent and asked', {}, undefined, author);
      const statusOf = async (id: string): Promise<string> => (await author.api.get<Item>(`/evidence/${id}`)).status;
      const relay = await Relay.to(webUrl());
      try {
        const page = await reviewer.page('/evidence/queue');
        const decide = async (title: string): Promise<void> => {
          relay.slow(0);
          await page.goto(`${relay.url}/evidence/queue`);
          await page.getByRole('heading', { name: title }).waitFor();
          await page.keyboard.press('a');
          await page.getByRole('dialog', { name: 'Accept version 1' }).getByRole('button', { name: /^Accept evidence/ }).and(page.locator(':focus')).waitFor();
          relay.slow(1_500);
        };
        await decide('Sent and gone');
        const asked = page.waitForEvent('dialog');
        await page.keyboard.press('Enter');
        await page.close({ runBeforeUnload: true });
        const question = await asked;
        expect([question.type(), await statusOf(gone)]).toEqual(['beforeunload', 'submitted']);
        await question.dismiss();
        await page.getByRole('heading', { name: 'Sent and asked' }).waitFor();
        expect(await statusOf(gone)).toBe('accepted');

        await decide('Sent and asked');
        await page.keyboard.press('Enter');
        await page.close();
        expect(await statusOf(kept)).toBe('submitted');
        const until = Date.now() + 10_000;
        while (await statusOf(kept) === 'submitted' && Date.now() < until) await new Promise((resolve) => { setTimeout(resolve, 100); });
        expect(await statusOf(kept)).toBe('accepted');
        await reviewer.leave();
      } finally {
        await relay.close();
      }
    }, 60_000);

    it('shows both decisions when somebody else was faster', async () => {
      const id = await submit('Decided by two');
      const second = await ada.invite('admin', 'Alan Turing');
      const page = await grace.page(`/evidence/${id}`);
      await page.getByRole('button', { name: 'Reject evidence' }).click();
      await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Too old');
      await second.api.must(200, 'POST', `/evidence/${id}/versions/1/decision`, { decision: 'accept', comment: 'Read it' });
      await page.keyboard.press('Control+Enter');
      const both = page.getByRole('dialog', { name: 'Somebody else has decided already' });
      await both.getByRole('row', { name: /Decision Awaiting decision Accepted Rejected/ }).waitFor();
      await both.getByRole('row', { name: /Reason Read it Too old/ }).waitFor();
      await expectAccessible(page, 'both decisions');
      await both.getByRole('button', { name: 'Go on' }).click();
      await page.getByRole('list', { name: 'Versions, newest first' }).getByText('Accepted by Alan Turing').waitFor();
    });

    it('explains to who may not decide which permission is missing', async () => {
      await submit('For somebody else');
      const contributor = await ada.invite('contributor', 'Con Tributor');
      const page = await contributor.page('/evidence/queue');
      await page.getByText('Needs the permission evidence:version:review.', { exact: false }).first().waitFor();
      await contributor.leave();
    });
  });

  describe('one item', () => {
    it('tells its versions with hash and decision, compares a file by its hash, renews, and links to more', async () => {
      const content = textFile(3 * MIB);
      const id = await submit('Yearly certificate', { expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString() }, { name: 'certificate.txt', type: 'text/plain', content });
      await grace.api.must(200, 'POST', `/evidence/${id}/versions/1/decision`, { decision: 'accept', comment: 'Read the whole of it' });
      const page = await ada.page(`/evidence/${id}`);
      const versions = page.getByRole('list', { name: 'Versions, newest first' });
      await versions.getByText('Counts now').waitFor();
      await versions.getByText('Accepted by Grace Hopper').waitFor();
      await versions.getByText('Read the whole of it').waitFor();
      await page.getByText('The first 1 MB of 3.1 MB. Download the file to read all of it.').waitFor();
      await choose(page, [{ name: 'mine.txt', mimeType: 'text/plain', buffer: content }]);
      await page.getByText('mine.txt is version 1, byte for byte.').waitFor();
      await choose(page, [{ name: 'other.txt', mimeType: 'text/plain', buffer: Buffer.from('other') }]);
      await page.getByText('other.txt is no version of this evidence.', { exact: false }).waitFor();
      await page.getByText(sha256(Buffer.from('other'))).waitFor();

      await page.getByRole('button', { name: 'Renew' }).click();
      const renewal = page.getByRole('dialog', { name: 'Renew evidence' });
      await renewal.getByText('Version 1 stays in force until the new one is accepted.').waitFor();
      await renewal.locator('input[type=file]').setInputFiles([{ name: 'certificate-2.txt', mimeType: 'text/plain', buffer: Buffer.from('renewed') }]);
      await renewal.getByText('Arrived whole').waitFor();
      await expectAccessible(page, 'renewal');
      await renewal.getByRole('button', { name: 'Submit version' }).click();
      await versions.getByText('certificate-2.txt').waitFor();
      expect(await read(id)).toMatchObject({ version: 2, status: 'submitted', latest: { sha256: sha256(Buffer.from('renewed')) } });

      await page.keyboard.press('l');
      const dialog = page.getByRole('dialog', { name: 'Link to more' });
      await dialog.getByRole('combobox', { name: 'Workloads' }).fill('CLAIMS');
      await page.getByRole('option', { name: /CLAIMS-TRIAGE/ }).click();
      await dialog.getByRole('button', { name: 'Add links' }).click();
      await page.getByRole('link', { name: 'CLAIMS-TRIAGE' }).waitFor();
      await page.getByRole('button', { name: 'Remove link CLAIMS-TRIAGE' }).click();
      await page.getByRole('dialog', { name: 'Remove link' }).getByRole('button', { name: 'Remove link' }).click();
      await page.getByText('It is linked to nothing yet').waitFor();
    }, 60_000);

    it('shows a PDF and an image', async () => {
      const pdf = '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 144]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n';
      const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
      const document = await submit('A PDF', {}, { name: 'a.pdf', type: 'application/pdf', content: pdf });
      const image = await submit('An image', {}, { name: 'a.png', type: 'image/png', content: png });
      const page = await ada.page(`/evidence/${image}`);
      await page.getByRole('img', { name: 'Preview of An image' }).waitFor();
      await page.waitForFunction(() => [...window.document.images].some((one) => one.alt === 'Preview of An image' && one.naturalWidth === 1));
      await page.goto(page.url().replace(image, document));
      const answer = await ada.api.send('GET', `/evidence/${document}/versions/1/preview`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
      expect(answer.headers.get('content-security-policy')).toContain('sandbox');
      await page.locator('iframe[title="Preview of A PDF"]').waitFor();
    });
  });
});
