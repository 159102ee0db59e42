import { afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { once } from 'node:events';
import { text as textOf } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { waitFor } from '@roster/testing';
import type { Locator, Page } from 'playwright-core';
import { open, type Entry, type Options, type ZipFile } from 'yauzl';
import { expectAccessible } from './axe.js';
import { tabTo } from './keyboard.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson, webUrl } from './web-person.js';

// Walks with several accessibility scans each; on a machine that does other things too they need their time.
jest.setTimeout(180_000);

interface Workload { readonly key: string; readonly name: string; readonly team: string | null; readonly riskTier: string | null; readonly version: number }

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Workloads' });
const rows = (page: Page): Locator => grid(page).locator('[data-row]');
const cell = (page: Page, row: string, text: string | RegExp): Locator => rows(page).filter({ hasText: row }).getByRole('gridcell').filter({ hasText: text }).first();
const keys = async (page: Page): Promise<string[]> => (await grid(page).getByRole('rowheader').allInnerTexts()).map((text) => text.trim());
const foot = (page: Page, text: string | RegExp): Locator => page.getByText(text).first();
/** The cell that has the focus: its row's key and its own text. */
const focused = (page: Page): Promise<{ row: string; text: string; role: string | null }> => page.evaluate(() => {
  const cellElement = document.activeElement;
  return { row: cellElement?.parentElement?.querySelector('[role="rowheader"]')?.textContent ?? '', text: cellElement?.textContent ?? '', role: cellElement?.getAttribute('role') ?? null };
});

/** A page which says what it waits for before the test as a whole runs out of time. */
async function visit(person: WebPerson, path: string): Promise<Page> {
  const page = await person.page(path);
  page.setDefaultTimeout(20_000);
  return page;
}

const openArchive = promisify<string, Options, ZipFile>(open);

/** The text of the entries of a ZIP archive whose names fit. */
async function entryOf(path: string, wanted: RegExp): Promise<string> {
  const archive = await openArchive(path, { autoClose: false, lazyEntries: false });
  const texts: Promise<string>[] = [];
  archive.on('entry', (entry: Entry) => {
    if (wanted.test(entry.fileName)) texts.push(promisify(archive.openReadStream.bind(archive) as (of: Entry, done: (error: Error | null, stream: NodeJS.ReadableStream) => void) => void)(entry).then((stream) => textOf(stream)));
  });
  await once(archive, 'end');
  const found = await Promise.all(texts);
  archive.close();
  return found.join('\n');
}

describe('the inventory', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  const register = (person: WebPerson, name: string, more: object = {}): Promise<Workload> =>
    person.api.must(201, 'POST', '/workloads', { name, kind: 'agent', purpose: `${name} helps`, team: 'Claims', riskOwner: person.email, processesRealData: 'unknown', ...more });
  const read = (key: string): Promise<Workload> => ada.api.get(`/workloads/${key}`);

  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    await register(ada, 'Claims triage', { riskTier: 'high', handlesPii: 'yes' });
    await register(ada, 'Fraud scoring', { riskTier: 'critical', kind: 'classical_ml', team: 'Fraud' });
    await register(ada, 'Invoice reader', { riskTier: 'low', kind: 'vision', team: 'Finance' });
    await register(ada, 'Letter writer', { riskTier: 'low', team: 'Claims' });
    await register(ada, 'Support bot', { executesTools: 'yes', team: 'Support' });
    await register(ada, 'Tariff finder', { team: 'Sales' });
  });
  afterEach(async () => { await ada.leave(); });

  it('is a keyboard grid with one tab stop: moves, selects a range, peeks, opens', async () => {
    const page = await visit(ada, '/inventory?sort=key');
    await rows(page).nth(5).waitFor();
    expect(await keys(page)).toEqual(['CLAIMS-TRIAGE', 'FRAUD-SCORING', 'INVOICE-READER', 'LETTER-WRITER', 'SUPPORT-BOT', 'TARIFF-FINDER']);
    await expectAccessible(page, 'inventory');
    await page.getByRole('button', { name: 'Columns' }).focus();
    await page.keyboard.press('Tab');
    expect(await focused(page)).toMatchObject({ row: 'CLAIMS-TRIAGE', role: 'rowheader' });
    await page.keyboard.press('Tab');
    expect(await grid(page).evaluate((element) => element.contains(document.activeElement))).toBe(false);
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+X');
    await foot(page, '3 rows selected').waitFor();
    expect(await grid(page).locator('[aria-selected="true"]').count()).toBe(3);
    await page.keyboard.press('Space');
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('heading', { name: 'Letter writer' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('heading', { name: 'Invoice reader' }).waitFor();
    await page.getByText('Does it process real user').first().waitFor();
    await expectAccessible(page, 'peek');
    await page.keyboard.press('Control+End');
    expect(await focused(page)).toMatchObject({ row: 'TARIFF-FINDER', role: 'gridcell' });
    await page.keyboard.press('Home');
    await page.keyboard.press('o');
    await page.waitForURL('**/workloads/TARIFF-FINDER*');
  });

  it('filters with typed operators; the address is the query of the API; `/` searches', async () => {
    const page = await visit(ada, '/inventory?sort=key');
    await rows(page).nth(5).waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Find a field' }).fill('risk tier');
    await page.keyboard.press('Enter');
    await dialog.getByText('Critical', { exact: true }).waitFor();
    await dialog.locator('label', { hasText: 'Low' }).getByText('2', { exact: true }).waitFor();
    await expectAccessible(page, 'filter editor');
    await dialog.getByLabel('How it compares').selectOption('is at least');
    await dialog.getByRole('radio', { name: /High/ }).check();
    await rows(page).nth(2).waitFor({ state: 'detached' });
    expect(await keys(page)).toEqual(['CLAIMS-TRIAGE', 'FRAUD-SCORING']);
    await page.keyboard.press('Escape');
    expect(page.url()).toContain('filter[riskTier][gte]=high');
    const { items } = await ada.api.get<{ items: Workload[] }>(`/workloads${new URL(page.url()).search}`);
    expect(items.map((item) => item.key)).toEqual(await keys(page));
    await page.getByRole('button', { name: /Remove the filter Risk tier is at least High/ }).click();
    await rows(page).nth(5).waitFor();
    await grid(page).getByRole('rowheader').first().focus();
    await page.keyboard.press('/');
    await page.keyboard.type('fraud');
    await rows(page).nth(1).waitFor({ state: 'detached' });
    expect(await keys(page)).toEqual(['FRAUD-SCORING']);
    await page.waitForURL(/q=fraud/);
    await page.reload();
    await rows(page).first().waitFor();
    expect(await page.getByRole('searchbox', { name: 'Search workloads' }).inputValue()).toBe('fraud');
    await page.goto(page.url().replace('q=fraud', 'filter[riskTier]=unknown&filter[fallsAt][empty]=yes'));
    await page.getByRole('button', { name: 'Risk tier is Unknown', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stage falls is unknown', exact: true }).waitFor();
    expect((await keys(page)).toSorted()).toEqual(['SUPPORT-BOT', 'TARIFF-FINDER']);
    await page.goto(page.url().replace('filter[riskTier]=unknown', 'filter[team]=Nobody'));
    await page.getByText('No workload matches').waitFor();
    await expectAccessible(page, 'nothing matches');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await rows(page).nth(5).waitFor();
  });

  it('keeps views: saved, shared with a colleague, changed with a dot, reset, deleted', async () => {
    const page = await visit(ada, '/inventory?filter[team]=Claims&sort=key&columns=key*,name-300,team&density=roomy');
    await rows(page).nth(1).waitFor();
    expect(await grid(page).getByRole('columnheader').count()).toBe(4);
    await page.getByRole('button', { name: 'Save as' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Claims only');
    await page.getByRole('checkbox', { name: 'Share it with the organization' }).check();
    await page.getByRole('button', { name: 'Save view' }).click();
    const views = page.getByRole('navigation', { name: 'Views' });
    await views.getByRole('button', { name: /Claims only/ }).and(page.locator('[aria-current]')).waitFor();
    await page.waitForURL(/\/inventory\?view=[0-9a-f-]{36}$/);
    const colleague = await ada.invite('viewer');
    const theirs = await visit(colleague, new URL(page.url()).pathname + new URL(page.url()).search);
    await rows(theirs).nth(1).waitFor();
    expect(await keys(theirs)).toEqual(['CLAIMS-TRIAGE', 'LETTER-WRITER']);
    expect(await grid(theirs).getByRole('columnheader').count()).toBe(4);
    await colleague.leave();
    await grid(page).getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: 'Name', exact: true }).click();
    await views.getByText('changed, not saved').waitFor({ state: 'attached' });
    await page.getByRole('button', { name: 'Reset' }).click();
    await views.getByText('changed, not saved').waitFor({ state: 'detached' });
    await grid(page).getByRole('columnheader', { name: 'Name' }).getByRole('button', { name: 'Name', exact: true }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await views.getByText('changed, not saved').waitFor({ state: 'detached' });
    const { items } = await ada.api.get<{ items: { name: string; sort: string; kind: string; query: string }[] }>('/saved-views');
    expect(items.find(({ name }) => name === 'Claims only')).toMatchObject({ sort: 'name', kind: 'shared', query: 'filter[team]=Claims' });
    await page.getByRole('button', { name: 'This view' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByText('Everybody in the organization loses this view.').waitFor();
    await page.getByRole('button', { name: 'Delete the view' }).click();
    await views.getByRole('button', { name: /Claims only/ }).waitFor({ state: 'detached' });
    await rows(page).nth(5).waitFor();
  });

  it('renames a view, makes a shared one personal after asking, shares it again, and brings a deleted one back', async () => {
    const grace = await ada.invite('risk_owner', 'Grace Hopper');
    const vera = await ada.invite('viewer', 'Vera Rubin');
    await ada.api.must(201, 'POST', '/saved-views', { name: 'Claims desk', query: 'filter[team]=Claims', sort: 'key', shared: true });
    const seenBy = async (person: WebPerson): Promise<string[]> => (await person.api.get<{ items: { name: string; kind: string }[] }>('/saved-views')).items.filter(({ kind }) => kind !== 'built_in').map(({ name, kind }) => `${kind} ${name}`);
    const menu = async (page: Page): Promise<void> => {
      await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name: /Claims desk/ }).click();
      await page.getByRole('button', { name: 'This view' }).click();
    };
    const hers = await visit(vera, '/inventory');
    await menu(hers);
    await hers.getByRole('menuitem', { name: 'Make it personal' }).getByText('Needs the permission inventory:view:share').waitFor();
    await hers.getByRole('menuitem', { name: 'Delete' }).getByText('Needs the permission inventory:view:share').waitFor();
    await expectAccessible(hers, 'menu of a shared view without the permission');
    await vera.leave();
    const graces = await visit(grace, '/inventory');
    await menu(graces);
    await graces.getByRole('menuitem', { name: /Make it personal/ }).getByText(/^Only .+, who made it, can make it personal\.$/).waitFor();
    await grace.leave();

    const page = await visit(ada, '/inventory');
    await menu(page);
    await page.getByRole('menuitem', { name: 'Rename' }).click();
    await page.getByRole('textbox', { name: 'Name' }).fill('Claims desk 2');
    await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
    await page.getByText('The view is called Claims desk 2 now').waitFor();
    await menu(page);
    await page.getByRole('menuitem', { name: 'Make it personal' }).click();
    await page.getByRole('dialog').getByText('Everybody else loses this view').waitFor();
    await expectAccessible(page, 'making a view personal');
    await page.getByRole('dialog').getByRole('button', { name: 'Make it personal' }).click();
    await page.getByText('Claims desk 2 is yours alone now').waitFor();
    expect([await seenBy(ada), await seenBy(vera)]).toEqual([['personal Claims desk 2'], []]);
    await menu(page);
    await page.getByRole('menuitem', { name: 'Share with the organization' }).click();
    await page.getByText('Everybody in the organization sees Claims desk 2 now').waitFor();
    expect(await seenBy(vera)).toEqual(['shared Claims desk 2']);
    await menu(page);
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('button', { name: 'Delete the view' }).click();
    await page.getByText('View Claims desk 2 deleted').waitFor();
    expect(await seenBy(ada)).toEqual([]);
    await page.getByRole('alert').filter({ hasText: 'View Claims desk 2 deleted' }).getByRole('button', { name: 'Undo' }).click();
    await page.getByText('View Claims desk 2 is back').waitFor();
    expect([await seenBy(ada), await seenBy(vera)]).toEqual([['shared Claims desk 2'], ['shared Claims desk 2']]);
    await rows(page).nth(1).waitFor();
    expect(await keys(page)).toEqual(['CLAIMS-TRIAGE', 'LETTER-WRITER']);
  });

  it('arranges columns by keyboard, menu and mouse; the address keeps it', async () => {
    const page = await visit(ada, '/inventory?sort=key');
    await rows(page).nth(5).waitFor();
    const heads = async (): Promise<string[]> => (await grid(page).getByRole('columnheader').allInnerTexts()).map((text) => text.trim()).filter((text) => text !== '');
    await grid(page).getByRole('rowheader').first().focus();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Alt+ArrowDown');
    await page.getByRole('menuitem', { name: 'Move towards the start' }).waitFor();
    await expectAccessible(page, 'column menu');
    await page.getByRole('menuitem', { name: 'Move towards the start' }).press('Enter');
    await page.waitForURL(/columns=key\*,stage,name/);
    expect((await heads()).slice(0, 3)).toEqual(['Key', 'Stage', 'Name']);
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'columnheader');
    expect(await focused(page)).toMatchObject({ text: expect.stringContaining('Stage') });
    await page.getByRole('button', { name: 'Columns' }).click();
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByRole('checkbox', { name: 'Kind' }).uncheck();
    await dialog.getByRole('textbox', { name: 'Find a column' }).fill('lifecycle');
    await dialog.getByRole('checkbox', { name: 'Lifecycle' }).check();
    await dialog.getByText('Roomy').click();
    await expectAccessible(page, 'columns');
    await page.keyboard.press('Escape');
    expect(await heads()).not.toContain('Kind');
    expect((await rows(page).first().boundingBox())?.height).toBe(40);
    const name = grid(page).getByRole('columnheader', { name: 'Name' });
    const before = await name.boundingBox();
    if (before === null) throw new Error('the head of Name has no box');
    await page.mouse.move(before.x + before.width, before.y + 16);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width + 60, before.y + 16, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(new RegExp(`name-${Math.round(before.width + 60)}`));
    await page.reload();
    await rows(page).nth(5).waitFor();
    expect((await grid(page).getByRole('columnheader', { name: 'Name' }).boundingBox())?.width).toBeCloseTo(before.width + 60, 0);
    expect((await rows(page).first().boundingBox())?.height).toBe(40);
  });

  it('pins a column: it stays where it is while the others scroll', async () => {
    const page = await ada.page('/inventory?sort=key', { viewport: { width: 900, height: 700 } });
    await rows(page).nth(5).waitFor();
    const head = (name: string): Locator => grid(page).getByRole('columnheader', { name, exact: false }).first();
    await grid(page).getByRole('rowheader').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Alt+ArrowDown']) await page.keyboard.press(key);
    await page.getByRole('menuitem', { name: 'Pin to the start' }).press('Enter');
    await page.waitForURL(/columns=key\*,stage\*,name|columns=key\*,name\*?,stage\*/);
    const left = async (name: string): Promise<number> => (await head(name).boundingBox())?.x ?? Number.NaN;
    const before = { stage: await left('Stage'), kind: await left('Kind') };
    await grid(page).evaluate((element) => { element.scrollLeft = 200; });
    await page.waitForFunction((was) => { const box = [...document.querySelectorAll('[role="columnheader"]')].find((one) => one.textContent?.includes('Kind'))?.getBoundingClientRect(); return box !== undefined && box.x < was - 100; }, before.kind);
    expect(await left('Stage')).toBeCloseTo(before.stage, 0);
    await page.reload();
    await rows(page).nth(5).waitFor();
    await grid(page).evaluate((element) => { element.scrollLeft = 200; });
    expect(await left('Stage')).toBeCloseTo(before.stage, 0);
  });

  it('takes relative dates: days from now, days ago, as the address and the API read them', async () => {
    const page = await visit(ada, '/inventory?sort=key');
    await rows(page).nth(5).waitFor();
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Find a field' }).fill('registered');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('How it compares').selectOption('is on or after');
    await dialog.getByLabel('Kind of time').selectOption('days ago');
    await dialog.getByRole('textbox', { name: 'Days' }).fill('3');
    await page.waitForURL((url) => url.searchParams.get('filter[registeredAt][gte]') === 'now-3d');
    await rows(page).nth(5).waitFor();
    await dialog.getByLabel('How it compares').selectOption('is before');
    await page.getByText('No workload matches').waitFor();
    const query = new URL(page.url()).search;
    expect((await ada.api.get<{ items: Workload[] }>(`/workloads${query}`)).items).toEqual([]);
    await page.reload();
    await page.getByRole('button', { name: 'Registered is before 3 days ago', exact: true }).waitFor();
    await page.getByText('No workload matches').waitFor();
  });

  it('shows in each built-in view the rows that the API gives for it', async () => {
    const { items: views } = await ada.api.get<{ items: { id: string; name: string; query: string; sort: string; owner: unknown }[] }>('/saved-views');
    const builtIn = views.filter(({ owner }) => owner === null);
    expect(builtIn.length).toBe(7);
    const page = await visit(ada, '/inventory');
    let filled = 0;
    for (const view of builtIn) {
      const { items } = await ada.api.get<{ items: Workload[] }>(`/workloads?${view.query}${view.query === '' ? '' : '&'}sort=${view.sort}`);
      filled += items.length > 0 ? 1 : 0;
      await page.goto(`${webUrl()}/inventory?view=${encodeURIComponent(view.id)}`);
      if (items.length === 0) await page.getByText('No workload matches').waitFor();
      else {
        await rows(page).nth(items.length - 1).waitFor();
        expect([view.id, await keys(page)]).toEqual([view.id, items.map(({ key }) => key)]);
      }
    }
    expect(filled).toBeGreaterThan(1);
  });

  it('edits in place: at once, undone, refused with the reason at the cell', async () => {
    const page = await visit(ada, '/inventory?sort=key');
    await rows(page).nth(5).waitFor();
    await cell(page, 'INVOICE-READER', 'Low').click();
    const editor = grid(page).getByRole('combobox', { name: 'Risk tier' });
    await editor.selectOption('medium');
    await editor.press('Enter');
    await page.getByText('Risk tier of INVOICE-READER changed').waitFor();
    await cell(page, 'INVOICE-READER', 'Medium').waitFor();
    expect((await read('INVOICE-READER')).riskTier).toBe('medium');
    await page.getByRole('button', { name: 'Undo' }).click();
    await cell(page, 'INVOICE-READER', 'Low').waitFor();
    expect((await read('INVOICE-READER')).riskTier).toBe('low');
    await cell(page, 'INVOICE-READER', 'Invoice reader').focus();
    await page.keyboard.press('e');
    await page.keyboard.type('Never saved');
    await page.keyboard.press('Escape');
    await cell(page, 'INVOICE-READER', 'Invoice reader').waitFor();
    await page.route('**/api/v1/workloads/INVOICE-READER', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ type: 'about:blank', title: 'The scope of the workload is frozen', status: 409, code: 'INVENTORY_WORKLOAD_FROZEN', detail: 'Close the gaps first.' }) }));
    await page.keyboard.press('Enter');
    await page.keyboard.type('Other name');
    await page.keyboard.press('Enter');
    await cell(page, 'INVOICE-READER', 'Invoice reader').getByText('Not saved. The scope of the workload is frozen').waitFor({ state: 'attached' });
    expect(await focused(page)).toMatchObject({ row: 'INVOICE-READER' });
    await expectAccessible(page, 'refused edit');
  });

  it('shows both versions when two people change the same field, and keeps both when they change different ones', async () => {
    const grace = await ada.invite('contributor');
    const mine = await visit(ada, '/inventory?sort=key');
    const theirs = await visit(grace, '/inventory?sort=key');
    await Promise.all([rows(mine).nth(5).waitFor(), rows(theirs).nth(5).waitFor()]);
    const edit = async (page: Page, text: string, value: string): Promise<void> => {
      await cell(page, 'LETTER-WRITER', text).click();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(value);
      await page.keyboard.press('Enter');
    };
    await edit(theirs, 'Claims', 'Correspondence');
    await theirs.getByText('Owning team of LETTER-WRITER changed').waitFor();
    // Another field: both stay.
    await edit(mine, 'Letter writer', 'Letter writer 2');
    await mine.getByText('Name of LETTER-WRITER changed').waitFor();
    await cell(mine, 'LETTER-WRITER', 'Correspondence').waitFor();
    // The same field: a choice.
    await edit(theirs, 'Letter writer', 'Post writer');
    const question = theirs.getByRole('dialog', { name: 'LETTER-WRITER was changed meanwhile' });
    await question.getByText('Letter writer 2').waitFor();
    await question.getByText('Post writer').waitFor();
    await expectAccessible(theirs, 'conflict');
    await question.getByRole('radio', { name: /^Keep yours/ }).check();
    await question.getByRole('button', { name: 'Save what I chose' }).click();
    await cell(theirs, 'LETTER-WRITER', 'Post writer').waitFor();
    await question.waitFor({ state: 'detached' });
    expect(await read('LETTER-WRITER')).toMatchObject({ name: 'Post writer', team: 'Correspondence' });
    // And again, keeping what is saved.
    await edit(mine, 'Letter writer 2', 'Third name');
    await mine.getByRole('dialog').getByRole('button', { name: 'Drop my change' }).click();
    await cell(mine, 'LETTER-WRITER', 'Post writer').waitFor();
    expect(await read('LETTER-WRITER')).toMatchObject({ name: 'Post writer' });
    await grace.leave();
  });

  it('changes all that match: preview of the difference, result per row, undo', async () => {
    const page = await visit(ada, '/inventory?filter[riskTier]=low&filter[riskTier]=high&sort=key');
    await rows(page).nth(2).waitFor();
    await rows(page).first().getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Select all 3 that match' }).click();
    await foot(page, '3 rows selected').waitFor();
    await page.getByRole('button', { name: 'Change selected' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Choose what to change' }).click();
    await dialog.getByRole('combobox', { name: 'Risk tier' }).selectOption('high');
    await dialog.getByRole('textbox', { name: 'Why' }).fill('They decide about money');
    await expectAccessible(page, 'bulk edit');
    await dialog.getByRole('button', { name: 'Preview the changes' }).click();
    const table = dialog.getByRole('grid', { name: 'Rows of the bulk edit' });
    await table.getByText('Is so already').first().waitFor();
    expect(await table.locator('[data-row]').filter({ hasText: 'INVOICE-READER' }).innerText()).toMatch(/Will change\s+Risk tier Low → High/);
    await expectAccessible(page, 'bulk preview');
    await dialog.getByRole('button', { name: 'Change 2 workloads' }).click();
    await table.getByText('Changed', { exact: true }).first().waitFor();
    expect((await read('INVOICE-READER')).riskTier).toBe('high');
    await dialog.getByRole('button', { name: 'Undo all of it' }).click();
    await table.getByText('Restored', { exact: true }).first().waitFor();
    expect((await read('INVOICE-READER')).riskTier).toBe('low');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('goes on when its dialog is closed: tells the end, and takes it back from the message', async () => {
    const page = await visit(ada, '/inventory?filter[team]=Sales&sort=key');
    await rows(page).first().getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Change selected' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Choose what to change' }).click();
    await dialog.getByRole('combobox', { name: 'Risk tier' }).selectOption('medium');
    // What was chosen survives a reload.
    await page.reload();
    await rows(page).first().getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Change selected' }).click();
    expect(await dialog.getByRole('combobox', { name: 'Risk tier' }).inputValue()).toBe('medium');
    await dialog.getByRole('button', { name: 'Preview the changes' }).click();
    await dialog.getByRole('button', { name: 'Change 1 workload', exact: true }).click();
    // The button that had the focus goes as the work begins: a key pressed in that very moment may meet nothing.
    await waitFor(async () => { await page.keyboard.press('Escape'); return (await dialog.count()) === 0; }, { what: 'the dialog to close' });
    await page.getByText('1 workload changed').waitFor();
    await cell(page, 'TARIFF-FINDER', 'Medium').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 workload restored').waitFor();
    await cell(page, 'TARIFF-FINDER', 'Medium').waitFor({ state: 'detached' });
    expect((await read('TARIFF-FINDER')).riskTier).toBeNull();
  });

  it('sets fields of the organization for many at once, each by its type, shows the difference and takes it back', async () => {
    for (const field of [{ key: 'cost', label: 'Yearly cost', type: 'number' }, { key: 'regions', label: 'Regions', type: 'choices', choices: ['EU', 'US'] }, { key: 'renewal', label: 'Contract renewal', type: 'date' }, { key: 'bureau', label: 'Bureau', type: 'text' }]) await ada.api.must(201, 'POST', '/custom-fields', field);
    await ada.api.must(200, 'PATCH', '/workloads/LETTER-WRITER', { team: 'Claims', custom: { bureau: 'Post' } }, { 'if-match': '*' });
    const page = await visit(ada, '/inventory?filter[team]=Claims&sort=key');
    await rows(page).nth(1).waitFor();
    await rows(page).first().getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Select all 2 that match' }).click();
    await page.getByRole('button', { name: 'Change selected' }).click();
    const dialog = page.getByRole('dialog');
    const preview = dialog.getByRole('button', { name: 'Preview the changes' });
    const another = async (label: string): Promise<void> => {
      await dialog.getByRole('button', { name: /^(Choose what to change|Change another field too)$/ }).click();
      await dialog.getByRole('combobox', { name: 'What to change' }).last().selectOption({ label });
    };
    await another('Yearly cost');
    await dialog.getByRole('textbox', { name: 'Yearly cost' }).fill('a lot');
    await dialog.getByText('A number, like 12.5').waitFor();
    expect(await preview.isDisabled()).toBe(true);
    await dialog.getByRole('textbox', { name: 'Yearly cost' }).fill('1200');
    await another('Regions');
    await dialog.getByRole('combobox', { name: 'Regions' }).click();
    await page.getByRole('option', { name: 'EU', exact: true }).click();
    await page.getByRole('option', { name: 'US', exact: true }).click();
    await page.keyboard.press('Escape');
    await another('Contract renewal');
    await dialog.getByLabel('Contract renewal', { exact: true }).fill('2026-09-01');
    await another('Bureau');
    // Passing through a field states nothing; clearing it is said.
    await dialog.getByRole('textbox', { name: 'Bureau' }).focus();
    await page.keyboard.press('Tab');
    expect(await preview.isDisabled()).toBe(true);
    await dialog.getByRole('checkbox', { name: 'Clear Bureau' }).check();
    await expectAccessible(page, 'bulk edit of own fields');
    await preview.click();
    const table = dialog.getByRole('grid', { name: 'Rows of the bulk edit' });
    const difference = async (key: string): Promise<string> => table.locator('[data-row]').filter({ hasText: key }).innerText();
    await table.getByText('Will change').first().waitFor();
    expect(await difference('CLAIMS-TRIAGE')).toMatch(/Yearly cost Unknown → 1,200\s*Regions Unknown → EU, US\s*Contract renewal Unknown → Sep 1, 2026$|Contract renewal Unknown → 1 Sept? 2026$/);
    expect(await difference('LETTER-WRITER')).toMatch(/Bureau Post → Unknown/);
    await dialog.getByRole('button', { name: 'Change 2 workloads' }).click();
    await table.getByText('Changed', { exact: true }).first().waitFor();
    expect(await read('LETTER-WRITER')).toMatchObject({ custom: { cost: 1200, regions: ['EU', 'US'], renewal: '2026-09-01' } });
    await dialog.getByRole('button', { name: 'Undo all of it' }).click();
    await table.getByText('Restored', { exact: true }).first().waitFor();
    expect(await read('LETTER-WRITER')).toMatchObject({ custom: { bureau: 'Post' } });
    expect(await read('CLAIMS-TRIAGE')).toMatchObject({ custom: {} });
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('exports what is shown: its rows, order and columns', async () => {
    const page = await visit(ada, '/inventory?filter[team]=Fraud&filter[team]=Finance&sort=-key&columns=key*,name,riskTier');
    await rows(page).nth(1).waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'CSV for scripts and other systems' }).click();
    const stream = await (await waiting).createReadStream();
    const parts: Buffer[] = [];
    for await (const part of stream) parts.push(part as Buffer);
    expect(Buffer.concat(parts).toString('utf8').replace('\uFEFF', '').trim().split(/\r?\n/)).toEqual(['key,name,riskTier', 'INVOICE-READER,Invoice reader,low', 'FRAUD-SCORING,Fraud scoring,critical']);
    await page.getByText('2 rows are in the file').waitFor();
  });

  it('exports for Excel: a workbook of the same rows', async () => {
    const page = await visit(ada, '/inventory?filter[team]=Fraud&filter[team]=Finance&sort=-key&columns=key*,name,riskTier');
    await rows(page).nth(1).waitFor();
    const waiting = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'XLSX for Excel' }).click();
    const file = await waiting;
    expect(file.suggestedFilename()).toMatch(/\.xlsx$/);
    const text = await entryOf(await file.path(), /^xl\/(worksheets\/sheet1|sharedStrings)\.xml$/);
    expect(text).toContain('INVOICE-READER');
    expect(text.indexOf('INVOICE-READER')).toBeLessThan(text.indexOf('FRAUD-SCORING'));
    expect(text).not.toContain('CLAIMS-TRIAGE');
  });

  it('explains what a viewer may not do, and writes nothing in the past', async () => {
    const viewer = await ada.invite('viewer', 'Vera Rubin');
    const page = await visit(viewer, '/inventory?sort=key');
    await rows(page).nth(5).waitFor();
    await page.getByRole('button', { name: 'Register a workload' }).hover();
    await page.getByText('Needs the permission inventory:workload:create').waitFor();
    await cell(page, 'INVOICE-READER', 'Low').click();
    const refusal = page.locator('[role="status"]').getByText('Needs the permission inventory:workload:update');
    await refusal.waitFor({ state: 'visible' });
    // Asked again, it is said again: a new element is announced, an unchanged one is not.
    const said = await refusal.elementHandle();
    await page.keyboard.press('e');
    await page.waitForFunction((element) => element?.isConnected === false, said);
    await refusal.waitFor({ state: 'visible' });
    await expectAccessible(page, 'refused cell');
    await page.keyboard.press('ArrowDown');
    await refusal.waitFor({ state: 'detached' });
    expect(await grid(page).getByRole('combobox').count()).toBe(0);
    await viewer.leave();
    const past = await visit(ada, '/inventory?sort=key&asOf=2020-01-01T00:00:00Z');
    await past.getByText('Nothing was registered then').waitFor();
    await expectAccessible(past, 'the past');
  });

  it('says that it cannot read, and reads again', async () => {
    const page = await visit(ada, '/');
    await page.route('**/api/v1/workloads?**', (route) => route.fulfill({ status: 400, contentType: 'application/problem+json', body: JSON.stringify({ title: 'The request is not valid', status: 400, code: 'PLATFORM_REQUEST_INVALID', detail: 'Some filters are not valid.' }) }));
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inventory' }).click();
    await page.getByText('Some filters are not valid.').waitFor();
    await expectAccessible(page, 'failed list');
    await page.unroute('**/api/v1/workloads?**');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await rows(page).nth(5).waitFor();
    expect(ada.complaints.splice(0).every((complaint) => complaint.includes('400'))).toBe(true);
  });

  it('registers a workload by keyboard alone; the draft survives a reload; a likely duplicate is named with its score', async () => {
    const page = await visit(ada, '/inventory');
    await rows(page).nth(5).waitFor();
    await page.keyboard.press('c');
    await page.waitForURL('**/inventory/register');
    await page.getByRole('heading', { name: 'Register a workload' }).waitFor();
    await page.keyboard.press('Tab');
    await page.keyboard.type('Fraud scorings');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Agent');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Scores claims');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Fraud');
    await page.getByText('It may already be on the inventory').waitFor();
    await page.getByText(/\d+\s?% alike/).waitFor();
    await expectAccessible(page, 'registration with a likely duplicate');
    await page.reload();
    await page.getByText('This is the draft you left').waitFor();
    expect(await page.getByRole('textbox', { name: 'Purpose' }).inputValue()).toBe('Scores claims');
    await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByText('This is needed to register it').first().waitFor();
    await expectAccessible(page, 'registration with errors');
    // The first missing answer has the focus.
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
    await tabTo(page, page.getByRole('combobox', { name: 'Risk owner' }));
    await page.keyboard.type(ada.email);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('Fraud scorings is registered as FRAUD-SCORINGS, and may be the same as:').waitFor();
    await expectAccessible(page, 'registered with duplicates');
    expect(await read('FRAUD-SCORINGS')).toMatchObject({ name: 'Fraud scorings', team: 'Fraud' });
    expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes('register')))).toEqual([]);
  });

  it('teaches a newcomer what first', async () => {
    const newcomer = await WebPerson.signUp(browser());
    const page = await visit(newcomer, '/inventory');
    await page.getByText('No workloads yet').waitFor();
    await expectAccessible(page, 'empty inventory');
    await page.getByRole('link', { name: 'Register a workload' }).click();
    await page.waitForURL('**/inventory/register');
    await newcomer.leave();
  });
});
