import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { cell, focused, foot, grid, keys, lastRow, usingInventory, visit, visitInventory } from './inventory-page.js';
import { WebPerson } from './web-person.js';

describe('the inventory', () => {
  const here = usingInventory();

  it('is a keyboard grid with one tab stop: moves, selects a range, peeks, opens', async () => {
    const page = await visitInventory(here.ada);
    await eventually(async () => { expect(await keys(page)).toEqual(['CLAIMS-TRIAGE', 'FRAUD-SCORING', 'INVOICE-READER', 'LETTER-WRITER', 'SUPPORT-BOT', 'TARIFF-FINDER']); });
    await expectAccessible(page, 'inventory');
    await page.getByRole('button', { name: 'Columns' }).focus();
    await page.keyboard.press('Tab');
    await eventually(async () => { expect(await focused(page)).toMatchObject({ row: 'CLAIMS-TRIAGE', role: 'rowheader' }); });
    await page.keyboard.press('Tab');
    await eventually(async () => { expect(await grid(page).evaluate((element) => element.contains(document.activeElement))).toBe(false); });
    await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('x');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Shift+X');
    await foot(page, '3 rows selected').waitFor();
    await eventually(async () => { expect(await grid(page).locator('[aria-selected="true"]').count()).toBe(3); });
    await page.keyboard.press('Space');
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('heading', { name: 'Letter writer' }).waitFor();
    await page.keyboard.press('ArrowUp');
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('heading', { name: 'Invoice reader' }).waitFor();
    await page.getByText('Does it process real user').first().waitFor();
    await expectAccessible(page, 'peek');
    await page.keyboard.press('Control+End');
    await eventually(async () => { expect(await focused(page)).toMatchObject({ row: 'TARIFF-FINDER', role: 'gridcell' }); });
    await page.keyboard.press('Home');
    await page.keyboard.press('o');
    await page.waitForURL('**/workloads/TARIFF-FINDER*');
  });

  it('explains what a viewer may not do, and writes nothing in the past', async () => {
    const viewer = await here.ada.invite('viewer', 'Vera Rubin');
    const page = await visitInventory(viewer);
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
    await eventually(async () => { expect(await grid(page).getByRole('combobox').count()).toBe(0); });
    await viewer.leave();
    const past = await visit(here.ada, '/inventory?sort=key&asOf=2020-01-01T00:00:00Z');
    await past.getByText('Nothing was registered then').waitFor();
    await expectAccessible(past, 'the past');
  });

  it('says that it cannot read, and reads again', async () => {
    const page = await visit(here.ada, '/');
    await page.route('**/api/v1/workloads?**', (route) => route.fulfill({ status: 400, contentType: 'application/problem+json', body: JSON.stringify({ title: 'The request is not valid', status: 400, code: 'PLATFORM_REQUEST_INVALID', detail: 'Some filters are not valid.' }) }));
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inventory' }).click();
    await page.getByText('Some filters are not valid.').waitFor();
    await expectAccessible(page, 'failed list');
    await page.unroute('**/api/v1/workloads?**');
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await lastRow(page).waitFor();
    expect(here.ada.complaints.splice(0).every((complaint) => complaint.includes('400'))).toBe(true);
  });

  it('teaches a newcomer what first', async () => {
    const newcomer = await WebPerson.signUp(here.browser);
    const page = await visit(newcomer, '/inventory');
    await page.getByText('No workloads yet').waitFor();
    await expectAccessible(page, 'empty inventory');
    await page.getByRole('link', { name: 'Register a workload' }).click();
    await page.waitForURL('**/inventory/register');
    await newcomer.leave();
  });
});
