import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { focused, grid, keys, lastRow, rows, usingInventory, visitInventory, type Workload } from './inventory-page.js';

describe('filters of the inventory', () => {
  const here = usingInventory();

  it('filters with typed operators; the address is the query of the API; `/` searches', async () => {
    const page = await visitInventory(here.ada);
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
    await eventually(async () => { expect(await keys(page)).toEqual(['CLAIMS-TRIAGE', 'FRAUD-SCORING']); });
    await page.keyboard.press('Escape');
    expect(page.url()).toContain('filter[riskTier][gte]=high');
    const { items } = await here.ada.api.get<{ items: Workload[] }>(`/workloads${new URL(page.url()).search}`);
    expect(items.map((item) => item.key)).toEqual(await keys(page));
    await page.getByRole('button', { name: /Remove the filter Risk tier is at least High/ }).click();
    await lastRow(page).waitFor();
    await grid(page).getByRole('rowheader').first().focus();
    await page.keyboard.press('/');
    await page.keyboard.type('fraud');
    await rows(page).nth(1).waitFor({ state: 'detached' });
    await eventually(async () => { expect(await keys(page)).toEqual(['FRAUD-SCORING']); });
    await page.waitForURL(/q=fraud/);
    await page.reload();
    await rows(page).first().waitFor();
    await eventually(async () => { expect(await page.getByRole('searchbox', { name: 'Search workloads' }).inputValue()).toBe('fraud'); });
    await page.goto(page.url().replace('q=fraud', 'filter[riskTier]=unknown&filter[fallsAt][empty]=yes'));
    await page.getByRole('button', { name: 'Risk tier is Unknown', exact: true }).waitFor();
    await page.getByRole('button', { name: 'Stage falls is unknown', exact: true }).waitFor();
    await eventually(async () => { expect((await keys(page)).toSorted()).toEqual(['SUPPORT-BOT', 'TARIFF-FINDER']); });
    await page.goto(page.url().replace('filter[riskTier]=unknown', 'filter[team]=Nobody'));
    await page.getByText('No workload matches').waitFor();
    await expectAccessible(page, 'nothing matches');
    await page.getByRole('button', { name: 'Clear the filters' }).click();
    await lastRow(page).waitFor();
  });

  it('takes relative dates: days from now, days ago, as the address and the API read them', async () => {
    const page = await visitInventory(here.ada);
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox', { name: 'Find a field' }).fill('registered');
    await page.keyboard.press('Enter');
    await dialog.getByLabel('How it compares').selectOption('is on or after');
    await dialog.getByLabel('Kind of time').selectOption('days ago');
    await dialog.getByRole('textbox', { name: 'Days' }).fill('3');
    await page.waitForURL((url) => url.searchParams.get('filter[registeredAt][gte]') === 'now-3d');
    await lastRow(page).waitFor();
    await dialog.getByLabel('How it compares').selectOption('is before');
    await page.getByText('No workload matches').waitFor();
    const query = new URL(page.url()).search;
    await eventually(async () => { expect((await here.ada.api.get<{ items: Workload[] }>(`/workloads${query}`)).items).toEqual([]); });
    await page.reload();
    await page.getByRole('button', { name: 'Registered is before 3 days ago', exact: true }).waitFor();
    await page.getByText('No workload matches').waitFor();
  });
});

describe('an inventory longer than its window', () => {
  const here = usingInventory();

  it('is read from its first row again when a filter or the order makes it another list, and stays where it is when a row changes', async () => {
    for (let number = 10; number < 50; number += 1) await here.register(`Unit ${number}`);
    const page = await visitInventory(here.ada);
    const top = (): Promise<number> => grid(page).evaluate((element) => element.scrollTop);
    const toTheEnd = async (): Promise<void> => {
      await grid(page).evaluate((element) => { element.scrollTop = element.scrollHeight; });
      await eventually(async () => { expect(await keys(page)).toContain('UNIT-49'); });
      expect(await top()).toBeGreaterThan(300);
    };
    await toTheEnd();
    await grid(page).getByRole('button', { name: 'Name', exact: true }).click();
    await page.waitForURL(/sort=name/);
    await eventually(async () => { expect(await top()).toBe(0); });
    await toTheEnd();
    await page.keyboard.press('/');
    await page.keyboard.type('unit');
    await page.waitForURL(/q=unit/);
    await eventually(async () => { expect({ top: await top(), first: (await keys(page))[0] }).toEqual({ top: 0, first: 'UNIT-10' }); });
    await toTheEnd();
    const before = await top();
    const last = rows(page).filter({ hasText: 'UNIT-49' });
    await last.getByRole('gridcell').filter({ hasText: 'Unit 49' }).first().click();
    await page.keyboard.type('Unit forty-nine');
    await page.keyboard.press('Enter');
    await last.getByText('Unit forty-nine').waitFor();
    await eventually(async () => { expect(await here.read('UNIT-49')).toMatchObject({ name: 'Unit forty-nine' }); });
    expect(await top()).toBe(before);
  });
});

describe('an inventory of which only the rows near the window are drawn', () => {
  const here = usingInventory();
  const LONG = 'Unit which reads the letters of everybody who ever wrote to the department and sorts them by what they ask for';

  it('draws the rows of another order into the elements of those before, from the first one, and nothing of what was there is left', async () => {
    for (let number = 100; number < 220; number += 1) await here.register(number === 110 ? LONG : `Unit ${number}`);
    const page = await visitInventory(here.ada);
    const sorted = async (order: string): Promise<void> => {
      await grid(page).getByRole('button', { name: 'Key', exact: true }).click();
      await page.waitForURL((url) => (url.searchParams.get('sort') ?? 'key') === order);
    };
    const first = rows(page).and(page.locator('[data-row="0"]'));
    await first.filter({ hasText: 'CLAIMS-TRIAGE' }).waitFor();
    // What React does not know of stays on the element for as long as that lives.
    await first.evaluate((element) => { element.dataset['kept'] = 'yes'; });

    await rows(page).filter({ hasText: 'FRAUD-SCORING' }).getByRole('checkbox').click();
    await sorted('-key');
    await first.filter({ hasText: 'UNIT-WHICH' }).waitFor();
    expect(await first.getAttribute('data-kept')).toBe('yes');
    expect(await rows(page).and(page.locator('[aria-selected="true"]')).count()).toBe(0);
    await page.getByText('1 row selected').first().waitFor();

    // A name which is cut off is told whole on hover, and only while it is that of its cell.
    const cut = first.getByRole('gridcell').filter({ hasText: LONG });
    await cut.hover();
    await eventually(async () => { expect(await cut.getAttribute('title')).toBe(LONG); });
    await grid(page).evaluate((element) => { element.scrollTop = element.scrollHeight; });
    await eventually(async () => { expect(await keys(page)).not.toContain('UNIT-219'); });
    await sorted('key');
    await eventually(async () => { expect({ top: await grid(page).evaluate((element) => element.scrollTop), keys: (await keys(page)).slice(0, 2) }).toEqual({ top: 0, keys: ['CLAIMS-TRIAGE', 'FRAUD-SCORING'] }); });
    await rows(page).filter({ hasText: 'FRAUD-SCORING' }).and(page.locator('[aria-selected="true"]')).waitFor();
    expect(await grid(page).locator(`[title="${LONG}"]`).count()).toBe(0);
  });

  it('gives the focus to the first row with the reading', async () => {
    const page = await visitInventory(here.ada);
    await rows(page).first().getByRole('rowheader').focus();
    await page.keyboard.press('ArrowDown');
    expect((await focused(page)).row).toBe('FRAUD-SCORING');
    await page.evaluate(() => history.pushState(null, '', '/inventory?sort=-key'));
    await rows(page).filter({ hasText: LONG }).waitFor();
    expect(await focused(page)).toMatchObject({ row: (await keys(page))[0], role: 'rowheader' });
  });
});
