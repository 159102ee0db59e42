import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { MIB, choose, sha256, submit, textFile, usingEvidence } from './evidence-page.js';
import { settled } from './settled.js';
import { WebPerson, webUrl } from './web-person.js';

/** States that have a screen in screens/evidence.screens.ts are looked at for barriers there; the others here. */
describe('the library of evidence and one item of it', () => {
  const here = usingEvidence();

  it('teaches when it is empty, then filters, searches and opens by keyboard, with its state in the address', async () => {
    const newcomer = await WebPerson.signUp(here.browser, { name: 'Nia New' });
    const empty = await newcomer.page('/evidence');
    await empty.getByText('There is no evidence yet').waitFor();
    await newcomer.leave();

    await submit(here.ada, 'Penetration test spring', { expiresAt: new Date(Date.now() + 20 * 86_400_000).toISOString(), links: [{ workload: 'CLAIMS-TRIAGE', criterion: null }] });
    const accepted = await submit(here.ada, 'Runbook of returns', { kind: 'contract', expiresAt: new Date(Date.now() + 10 * 86_400_000).toISOString() });
    await here.grace.api.must(200, 'POST', `/evidence/${accepted}/versions/1/decision`, { decision: 'accept' });
    const page = await here.ada.page('/evidence');
    const grid = page.getByRole('grid', { name: 'Evidence' });
    await grid.getByRole('link', { name: 'Penetration test spring' }).waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('runbook');
    await page.waitForURL('**/evidence?q=runbook');
    await grid.getByRole('link', { name: 'Penetration test spring' }).waitFor({ state: 'detached' });
    await page.getByRole('textbox', { name: 'Search title, file name and address' }).fill('nothing like this');
    await page.getByText('No evidence fits').waitFor();
    await page.getByRole('button', { name: 'Remove the filters' }).click();
    await eventually(async () => { expect(await page.getByRole('textbox', { name: 'Search title, file name and address' }).inputValue()).toBe(''); });
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
    await eventually(async () => { expect(await grid.getByRole('row').count()).toBe(2); });
    await settled(page);
    await grid.getByRole('gridcell').first().focus();
    await page.keyboard.press('Space');
    await page.getByRole('complementary', { name: 'Preview' }).getByText('report.txt').waitFor();
    await expectAccessible(page, 'library with a peek');
    await page.keyboard.press('Enter');
    await page.waitForURL(`**/evidence/${accepted}**`);
  }, 90_000);

  it('tells its versions with hash and decision, compares a file by its hash, renews, and links to more', async () => {
    const content = textFile(3 * MIB);
    const id = await submit(here.ada, 'Yearly certificate', { expiresAt: new Date(Date.now() + 5 * 86_400_000).toISOString() }, { name: 'certificate.txt', type: 'text/plain', content });
    await here.grace.api.must(200, 'POST', `/evidence/${id}/versions/1/decision`, { decision: 'accept', comment: 'Read the whole of it' });
    const page = await here.ada.page(`/evidence/${id}`);
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
    await eventually(async () => { expect(await here.read(id)).toMatchObject({ version: 2, status: 'submitted', latest: { sha256: sha256(Buffer.from('renewed')) } }); });

    await settled(page);
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
    const document = await submit(here.ada, 'A PDF', {}, { name: 'a.pdf', type: 'application/pdf', content: pdf });
    const image = await submit(here.ada, 'An image', {}, { name: 'a.png', type: 'image/png', content: png });
    const page = await here.ada.page(`/evidence/${image}`);
    await page.getByRole('img', { name: 'Preview of An image' }).waitFor();
    await page.waitForFunction(() => [...window.document.images].some((one) => one.alt === 'Preview of An image' && one.naturalWidth === 1));
    await page.goto(page.url().replace(image, document));
    const answer = await here.ada.api.send('GET', `/evidence/${document}/versions/1/preview`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/pdf']);
    expect(answer.headers.get('content-security-policy')).toContain('sandbox');
    await page.locator('iframe[title="Preview of A PDF"]').waitFor();
  });
});
