import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

const MINUTE = 60_000;
const MESSY = `AI use case,Department,Owning team,Risk level,Handles PII,Owner email,Vendor contract no.
Support answers,Operations,Support,High,yes,ada@northwind.example,C-1001
Parcel routes,Operations,Logistics,low,no,grace@northwind.example,C-1002
Fraud score,Finance,Payments,hihg,yes,grace.northwind.example,C-1003
Ticket translation,Operations,Support,medium,yes,ada@northwind.example,C-1004
Demand forecast,Operations,Logistics,medium,no,,C-1005
Demand forecast,Operations,Logistics,medium,no,,C-1005
Price labels,Operations,Logistics,low,no,,C-1006
,Corporate,Workplace,low,no,,C-1007
Damage photos,Insurance,Claims,medium,no,,C-1008
Contract finder,Corporate,Legal,critical,no,,C-1009
`;

const bring = async (page: Page, content: string | Buffer, name = 'inventory.csv'): Promise<void> => {
  await page.getByRole('button', { name: 'Choose a file' }).waitFor();
  await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(content as string) });
  await page.waitForURL('**/inventory/imports/*-*');
};
const figures = async (page: Page): Promise<Record<string, number>> => Object.fromEntries(await Promise.all((await page.locator('[data-figure]').all()).map(async (figure) =>
  [await figure.getAttribute('data-figure') ?? '', Number((await figure.locator('dd').first().innerText()).replace(/\D/g, ''))] as const)));

describe('importing workloads', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => { ada = await WebPerson.signUp(browser()); });

  it('shows what a file becomes, mends all rows of a cause at once, imports, and undoes', async () => {
    const page = await ada.page('/inventory/import');
    await bring(page, MESSY);
    await page.getByRole('heading', { name: 'What this import will do' }).waitFor();
    await eventually(async () => { expect(await figures(page)).toEqual({ created: 7, updated: 0, unchanged: 0, merged: 1, rejected: 2 }); });
    await page.getByText('10 rows in the file = 7 + 0 + 0 + 1 + 2').waitFor();
    await expectAccessible(page, 'import, checked');
    await eventually(async () => { expect(await page.getByRole('link', { name: /Download 2 rejected rows/ }).getAttribute('href')).toMatch(/\/rejected\.csv$/); });

    await page.getByLabel('Where Vendor contract no. goes').selectOption({ label: 'Leave out' });
    // One address is not one, so the guess was not made; somebody who sees the values knows.
    await page.getByLabel('Where Owner email goes').selectOption('riskOwner');
    await page.getByText('2 columns changed').waitFor();
    await page.getByRole('button', { name: 'Check again' }).click();
    const risk = page.getByRole('listitem').filter({ hasText: 'Risk level' }).first();
    await risk.getByText('hihg').waitFor();
    await risk.getByText('high', { exact: true }).waitFor();
    await risk.getByRole('button', { name: 'Use the suggestion' }).click();
    await page.getByRole('button', { name: 'Use the suggestion' }).waitFor({ state: 'detached' });
    await page.getByRole('listitem').filter({ hasText: 'Owner email' }).getByRole('button', { name: 'Leave these cells blank' }).click();
    await page.getByRole('button', { name: 'Import 8 workloads' }).waitFor();
    await eventually(async () => { expect(await figures(page)).toEqual({ created: 8, updated: 0, unchanged: 0, merged: 1, rejected: 1 }); });

    const { pathname } = new URL(page.url());
    await page.getByRole('button', { name: 'Import 8 workloads' }).click();
    await page.getByRole('heading', { name: 'What this import did' }).waitFor();
    await eventually(async () => { expect(await figures(page)).toEqual({ created: 8, updated: 0, unchanged: 0, merged: 1, rejected: 1 }); });
    await expectAccessible(page, 'import, done');
    const { items } = await ada.api.must<{ items: { name: string; riskTier: string | null; unowned: boolean }[] }>(200, 'GET', '/workloads?limit=50');
    expect(items.find(({ name }) => name === 'Fraud score')).toMatchObject({ riskTier: 'high', unowned: true });

    await page.getByRole('button', { name: 'Show the rows' }).click();
    await page.getByRole('grid', { name: 'Rows of the import' }).getByText('same as line 6').waitFor();
    await page.goto(page.url().replace(/imports\/.*/, 'imports'));
    await page.getByRole('grid', { name: 'Imports' }).getByRole('link', { name: 'inventory.csv' }).click();
    await page.waitForURL(`**${pathname}`);
    await page.getByRole('button', { name: 'Undo this import' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Undo the import' }).click();
    await page.getByRole('heading', { name: 'The import was undone' }).waitFor();
    await page.getByText('8 workloads withdrawn, 0 made what they were before.').waitFor();
    await expectAccessible(page, 'import, undone');
    await eventually(async () => { expect((await ada.api.must<{ items: unknown[] }>(200, 'GET', '/workloads')).items).toEqual([]); });
    await ada.leave();
  }, 3 * MINUTE);

  it('takes a file that is dropped, keeps what was decided over a reload, and says when it cannot read the fields', async () => {
    const page = await ada.page('/inventory/import');
    const place = page.getByRole('group').filter({ has: page.getByRole('button', { name: 'Choose a file' }) });
    await place.waitFor();
    const dropped = await page.evaluateHandle((content) => {
      const data = new DataTransfer();
      data.items.add(new File([content], 'dropped.csv', { type: 'text/csv' }));
      return data;
    }, MESSY);
    await place.dispatchEvent('dragover', { dataTransfer: dropped });
    await place.dispatchEvent('drop', { dataTransfer: dropped });
    await page.waitForURL('**/inventory/imports/*-*');
    await page.getByLabel('Where Vendor contract no. goes').selectOption({ label: 'Leave out' });
    await page.getByText('1 column changed').waitFor();
    await page.reload();
    await page.getByText('1 column changed').waitFor();
    await eventually(async () => { expect(await page.getByLabel('Where Vendor contract no. goes').locator('option:checked').innerText()).toBe('Leave out'); });
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('1 column changed').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Import 7 workloads' }).waitFor();
    await eventually(async () => { expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes('import:')))).toEqual([]); });
    await page.route('**/api/v1/workload-imports/fields', (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ title: 'The fields cannot be read', status: 422, code: 'PLATFORM_REQUEST_INVALID', detail: 'Not now.' }) }));
    await page.reload();
    await page.getByText('The fields cannot be read').first().waitFor();
    await page.unroute('**/api/v1/workload-imports/fields');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByLabel('Where Vendor contract no. goes').waitFor();
    await page.getByText('The fields cannot be read').first().waitFor({ state: 'detached' });
  }, MINUTE);

  it('shows how the characters read in other encodings, and reads the file again in the one that is named', async () => {
    const page = await ada.page('/inventory/import');
    await bring(page, Buffer.concat([Buffer.from('Name,Team\nCaf'), Buffer.from([0x8e]), Buffer.from(' finder,Ops\n')]));
    await page.getByText(/Assumed, \d+% sure/).waitFor();
    await page.getByText('CafŽ finder,Ops').waitFor();
    await page.getByLabel('Encoding').selectOption('macintosh');
    await page.getByText('Café finder,Ops').waitFor();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('As you said').waitFor();
    await eventually(async () => { expect(await page.getByLabel('Encoding').inputValue()).toBe('macintosh'); });
    await ada.leave();
  }, MINUTE);

  it('asks for the column with the name when none is called that, remembers it for the next file, and fills what all rows lack', async () => {
    const page = await ada.page('/inventory/import');
    await bring(page, 'Bezeichnung;Bereich\nAngebotssuche;Vertrieb\n');
    await page.getByRole('alert').getByText('No column holds the name of the workload').first().waitFor();
    await expectAccessible(page, 'import, not readable');
    await page.getByLabel('Where Bezeichnung goes').selectOption('name');
    await page.getByLabel('Where Bereich goes').selectOption('team');
    await page.getByLabel('Field').selectOption('kind');
    await page.getByLabel('Value for rows that have none').selectOption('model');
    await page.getByRole('button', { name: 'Add value' }).click();
    await page.getByRole('button', { name: 'Read the file again' }).click();
    await page.getByRole('button', { name: 'Import 1 workload' }).click();
    await page.getByRole('heading', { name: 'What this import did' }).waitFor();
    await eventually(async () => { expect((await ada.api.must<{ items: { name: string; team: string; kind: string }[] }>(200, 'GET', '/workloads')).items).toMatchObject([{ name: 'Angebotssuche', team: 'Vertrieb', kind: 'model' }]); });

    await page.goto(page.url().replace(/imports\/.*/, 'import'));
    await bring(page, 'Bezeichnung;Bereich\nRechnungsabgleich;Finanzen\n', 'zweite.csv');
    await page.getByText('As in your last import of these columns').first().waitFor();
    await page.getByRole('button', { name: 'Import 1 workload' }).waitFor();
    await ada.leave();
  }, MINUTE);

  it('names what a row may be the same as, with the score and why, and does what is decided: take it as that, leave it out, keep both', async () => {
    const grace = await WebPerson.signUp(browser());
    for (const name of ['Fraud scoring', 'Invoice reader', 'Letter writer']) await grace.api.must(201, 'POST', '/workloads', { name, kind: 'agent', purpose: 'x', team: 'Claims', riskOwner: grace.email, processesRealData: 'unknown' });
    const page = await grace.page('/inventory/import');
    await bring(page, 'Name,Team,Business unit\nFraud scorings,Claims,Insurance\nInvoice readers,Claims,Insurance\nLetter writers,Claims,Insurance\nWeather map,Ops,Insurance\n');
    const pairs = page.getByRole('list', { name: 'Likely duplicates' });
    const pair = (name: string) => pairs.getByRole('listitem').filter({ hasText: name });
    await pair('Fraud scorings').getByText(/\d+\s?% alike: similar name in the same team/).waitFor();
    await eventually(async () => { expect(await pair('Fraud scorings').getByRole('link', { name: 'Fraud scoring' }).getAttribute('href')).toMatch(/\/workloads\/FRAUD-SCORING$/); });
    await eventually(async () => { expect(await pairs.getByRole('listitem').count()).toBe(3); });
    await expectAccessible(page, 'import with likely duplicates');
    await pair('Fraud scorings').getByText('It is this one').click();
    await pair('Invoice readers').getByText('Leave the row out').click();
    await page.getByText('Changed, not checked yet').waitFor();
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('2 rows are taken as the workloads you named, or left out, as you decided.').waitFor();
    await eventually(async () => { expect(await figures(page)).toEqual({ created: 2, updated: 1, unchanged: 0, merged: 1, rejected: 0 }); });
    await page.getByRole('button', { name: 'Import 3 workloads' }).click();
    await page.getByRole('heading', { name: 'What this import did' }).waitFor();
    await page.getByText('can be undone until').waitFor();
    await expectAccessible(page, 'import with duplicates, done');
    const { items } = await grace.api.must<{ items: { key: string; name: string; businessUnit: string | null }[] }>(200, 'GET', '/workloads?limit=50&sort=key');
    expect(items.map(({ key, name, businessUnit }) => [key, name, businessUnit])).toEqual([
      ['FRAUD-SCORING', 'Fraud scorings', 'Insurance'], ['INVOICE-READER', 'Invoice reader', null], ['LETTER-WRITER', 'Letter writer', null], ['LETTER-WRITERS', 'Letter writers', 'Insurance'], ['WEATHER-MAP', 'Weather map', 'Insurance'],
    ]);
    await grace.leave();
  }, MINUTE);

  it('tells who may not import which permission is missing', async () => {
    const grace = await ada.invite('viewer');
    const page = await grace.page('/inventory/import');
    await page.getByText('Needs the permission inventory:import:run.').first().waitFor();
    await eventually(async () => { expect(await page.getByRole('button', { name: 'Choose a file' }).isDisabled()).toBe(true); });
    await expectAccessible(page, 'import, forbidden');
    await grace.leave();
  }, MINUTE);
});
