import { describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Download, Page } from 'playwright-core';
import type { Operation } from '../e2e/person.js';
import { form } from '../e2e/person.js';
import { expectAccessible } from './axe.js';
import { colleagues } from './colleagues.js';
import { eventually } from './eventually.js';
import { focusInside } from './keyboard.js';

const ROWS = 430;
const LARGEST_PAGE = 200;
const FORMULA = '=HYPERLINK("http://evil.example","Open")';

describe('an export of what is seen', () => {
  const here = colleagues('viewer');
  let importId = '';

  /** The rows of an import: more than two of the largest pages, one of them a formula and every tenth without a name. */
  const imported = async (): Promise<string> => {
    if (importId !== '') return importId;
    const lines = Array.from({ length: ROWS }, (_, at) => [at === 0 ? `"${FORMULA.replaceAll('"', '""')}"` : at % 10 === 9 ? '' : `Bot ${at + 1}`, 'Support', 'Answers'].join(','));
    const { id } = await here.ada.api.must<Operation>(202, 'POST', '/workload-imports', form('bots.csv', 'text/csv', ['name,team,purpose', ...lines].join('\n'), { options: { dryRun: true, formulas: 'text' } }));
    await here.ada.api.finished(`/workload-imports/${id}`);
    importId = id;
    return id;
  };
  const openRows = async (): Promise<Page> => {
    const page = await here.ada.page(`/inventory/imports/${await imported()}`);
    await page.getByRole('button', { name: 'Show the rows' }).click();
    await page.getByRole('grid', { name: 'Rows of the import' }).getByRole('gridcell', { name: 'Bot 2', exact: true }).waitFor();
    return page;
  };
  const openExport = async (page: Page): Promise<ReturnType<Page['getByRole']>> => {
    await page.getByRole('button', { name: 'Export', exact: true }).click();
    const dialog = page.getByRole('dialog', { name: /^Export: / });
    await focusInside(dialog);
    return dialog;
  };
  const cellsOf = async (file: Download): Promise<string[][]> => {
    const bytes = await readFile(await file.path());
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    expect(bytes.toString('utf8').replaceAll('\r\n', '')).not.toContain('\r');
    return parse(bytes, { bom: true, record_delimiter: '\r\n' });
  };
  const saved = async (page: Page): Promise<{ name: string; cells: string[][] }> => {
    const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Save the CSV' }).click()]);
    return { name: file.suggestedFilename(), cells: await cellsOf(file) };
  };

  it('holds every row that matches, read page by page, with a formula made a text', async () => {
    const page = await openRows();
    const limits: string[] = [];
    page.on('request', (request) => { const asked = new URL(request.url()); if (asked.pathname.endsWith('/rows')) limits.push(asked.searchParams.get('limit') ?? ''); });
    const dialog = await openExport(page);
    await dialog.getByText('At most 50,000 rows fit').waitFor();
    await expectAccessible(page, 'what an export says before it begins');
    const { name, cells } = await saved(page);
    expect(name).toMatch(/^import-rows-\d{4}-\d{2}-\d{2}\.csv$/);
    expect(cells[0]).toEqual(['Line', 'Name in the file', 'Outcome', 'Why', 'Workload']);
    expect(cells).toHaveLength(ROWS + 1);
    expect(cells.slice(1).map(([line]) => Number(line))).toEqual(Array.from({ length: ROWS }, (_, at) => at + 2));
    expect(cells[1]?.[1]).toBe(`'${FORMULA}`);
    expect(new Set(cells.slice(1).map(([, , outcome]) => outcome))).toEqual(new Set(['created', 'rejected']));
    expect(limits.filter((limit) => limit === String(LARGEST_PAGE))).toHaveLength(Math.ceil(ROWS / LARGEST_PAGE));
    await page.getByText(`${ROWS} rows are in the file`).waitFor();
    await dialog.waitFor({ state: 'detached' });
  }, 60_000);

  it('respects the filter, and the columns that are shown in their order, which the address keeps', async () => {
    const page = await openRows();
    await page.getByRole('group', { name: 'Outcome' }).getByRole('button', { name: 'Rejected' }).click();
    await page.getByRole('gridcell', { name: 'Rejected' }).first().waitFor();
    await page.getByRole('gridcell', { name: 'New' }).first().waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    const menu = page.getByRole('dialog', { name: 'Columns' });
    await menu.getByRole('checkbox', { name: 'Name in the file' }).uncheck();
    await menu.getByRole('button', { name: 'Move Why up' }).click();
    await page.waitForURL((url) => url.searchParams.get('columns') === 'line*,why,outcome,workload');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await openExport(page);
    const { cells } = await saved(page);
    expect(cells[0]).toEqual(['Line', 'Why', 'Outcome', 'Workload']);
    expect(cells).toHaveLength(ROWS / 10 + 1);
    expect(new Set(cells.slice(1).map((row) => row[2]))).toEqual(new Set(['rejected']));
    await page.reload();
    await page.getByRole('button', { name: 'Show the rows' }).click();
    await eventually(async () => { expect(await page.getByRole('grid', { name: 'Rows of the import' }).getByRole('columnheader').evaluateAll((heads) => heads.map((head) => head.textContent))).toEqual(['Line', 'Why', 'Outcome', 'Workload']); });
  }, 60_000);

  it('can be given up, and saves nothing then; nor when a page fails, which can be tried again', async () => {
    const page = await openRows();
    const files: string[] = [];
    page.on('download', (file) => files.push(file.suggestedFilename()));
    const secondPage = (url: URL): boolean => url.pathname.endsWith('/rows') && url.searchParams.get('limit') === String(LARGEST_PAGE) && url.searchParams.has('cursor');
    let hold: () => void = () => undefined;
    const held = new Promise<void>((resolve) => { hold = resolve; });
    await page.route(secondPage, async (route) => { await held; await route.abort().catch(() => undefined); });
    const dialog = await openExport(page);
    await page.keyboard.press('Enter');
    await dialog.getByText(`${LARGEST_PAGE} rows done`).waitFor();
    await expectAccessible(page, 'an export on its way');
    const stopped = page.waitForEvent('requestfailed', (request) => secondPage(new URL(request.url())));
    // What can be done meanwhile has the focus.
    await eventually(async () => { expect(await dialog.getByRole('button', { name: 'Stop, save nothing' }).evaluate((button) => button === document.activeElement)).toBe(true); });
    await page.keyboard.press('Enter');
    await stopped;
    await dialog.waitFor({ state: 'detached' });
    hold();
    await page.unroute(secondPage);

    await page.route(secondPage, (route) => route.fulfill({ status: 422, contentType: 'application/problem+json', body: JSON.stringify({ title: 'The rows cannot be read', status: 422, code: 'PLATFORM_REQUEST_INVALID', detail: 'Not now.' }) }));
    const again = await openExport(page);
    await page.keyboard.press('Enter');
    await again.getByText('The rows cannot be read').waitFor();
    await again.getByText('No file was saved.').waitFor();
    await expectAccessible(page, 'an export that failed');
    expect(files).toEqual([]);
    await page.unroute(secondPage);
    const [file] = await Promise.all([page.waitForEvent('download'), again.getByRole('button', { name: 'Try again' }).click()]);
    expect(await cellsOf(file)).toHaveLength(ROWS + 1);
  }, 60_000);

  it('leaves unknown unknown and instants exact, says of which past it is, and is for everybody who may read', async () => {
    const register = (key: string, more: Record<string, unknown>) => here.ada.api.must(201, 'POST', '/workloads', { key, name: `Bot ${key}`, kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner: here.ada.email, processesRealData: 'yes', ...more });
    await register('NO-TIER', {});
    await register('LOW-TIER', { riskTier: 'low', riskTierRationale: 'As stated' });
    for (const workload of ['NO-TIER', 'LOW-TIER']) await here.ada.api.must(201, 'POST', '/reviews', { workload, reason: 'The vendor changed its terms', dueAt: '2030-05-14T23:30:00Z' });
    const page = await here.grace.page('/reviews?filter[kind]=out_of_cycle');
    await page.getByRole('grid', { name: 'Reviews' }).getByRole('link', { name: /NO-TIER/ }).waitFor();
    const dialog = await openExport(page);
    await dialog.getByText('2 rows match and go into the file').waitFor();
    const { name, cells } = await saved(page);
    expect(name).toMatch(/^reviews-\d{4}-\d{2}-\d{2}\.csv$/);
    const [heads = [], ...rows] = cells;
    const byHead = rows.map((row) => Object.fromEntries(heads.map((head, at) => [head, row[at]])));
    expect(byHead).toHaveLength(2);
    expect(byHead).toContainEqual(expect.objectContaining({ 'Workload': 'NO-TIER Bot NO-TIER', 'Risk tier': 'unknown', 'Due': '2030-05-14T23:30:00.000Z', 'Kind': 'out_of_cycle', 'Owed by': here.ada.name, 'Outcome': '' }));
    expect(byHead).toContainEqual(expect.objectContaining({ 'Workload': 'LOW-TIER Bot LOW-TIER', 'Risk tier': 'low' }));
    // The next full second: what was made in this one is known by then.
    const then = new Date(Math.ceil(Date.now() / 1_000) * 1_000).toISOString().replace(/\.\d+Z$/, 'Z');
    await new Promise((resolve) => { setTimeout(resolve, Date.parse(then) - Date.now() + 50); });
    await page.goto(new URL(`/reviews?filter[kind]=out_of_cycle&asOf=${then}`, page.url()).href);
    await page.getByRole('grid', { name: 'Reviews' }).getByRole('link', { name: /NO-TIER/ }).waitFor();
    await (await openExport(page)).getByText('The name of the file says so.').waitFor();
    await eventually(async () => { expect((await saved(page)).name).toBe(`reviews-as-known-on-${then.replaceAll(':', '-')}.csv`); });
  }, 60_000);
});
