import { describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { focused, grid, lastRow, rows, usingInventory, visitInventory } from './inventory-page.js';

describe('columns of the inventory', () => {
  const here = usingInventory();

  it('arranges columns by keyboard, menu and mouse; the address keeps it', async () => {
    const page = await visitInventory(here.ada);
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
    await eventually(async () => { expect((await heads()).slice(0, 3)).toEqual(['Key', 'Stage', 'Name']); });
    await page.waitForFunction(() => document.activeElement?.getAttribute('role') === 'columnheader');
    await eventually(async () => { expect(await focused(page)).toMatchObject({ text: expect.stringContaining('Stage') }); });
    await page.getByRole('button', { name: 'Columns' }).click();
    const dialog = page.getByRole('dialog', { name: 'Columns' });
    await dialog.getByRole('checkbox', { name: 'Kind' }).uncheck();
    await dialog.getByRole('textbox', { name: 'Find a column' }).fill('lifecycle');
    await dialog.getByRole('checkbox', { name: 'Lifecycle' }).check();
    await dialog.getByText('Roomy').click();
    await expectAccessible(page, 'columns');
    await page.keyboard.press('Escape');
    await eventually(async () => { expect(await heads()).not.toContain('Kind'); });
    await eventually(async () => { expect((await rows(page).first().boundingBox())?.height).toBe(40); });
    const name = grid(page).getByRole('columnheader', { name: 'Name' });
    const before = await name.boundingBox();
    if (before === null) throw new Error('the head of Name has no box');
    await page.mouse.move(before.x + before.width, before.y + 16);
    await page.mouse.down();
    await page.mouse.move(before.x + before.width + 60, before.y + 16, { steps: 4 });
    await page.mouse.up();
    await page.waitForURL(new RegExp(`name-${Math.round(before.width + 60)}`));
    await page.reload();
    await lastRow(page).waitFor();
    await eventually(async () => { expect((await grid(page).getByRole('columnheader', { name: 'Name' }).boundingBox())?.width).toBeCloseTo(before.width + 60, 0); });
    await eventually(async () => { expect((await rows(page).first().boundingBox())?.height).toBe(40); });
  });

  it('pins a column: it stays where it is while the others scroll', async () => {
    const page = await here.ada.page('/inventory?sort=key', { viewport: { width: 900, height: 700 } });
    await lastRow(page).waitFor();
    const head = (name: string): Locator => grid(page).getByRole('columnheader', { name, exact: false }).first();
    await grid(page).getByRole('rowheader').first().focus();
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp', 'Alt+ArrowDown']) await page.keyboard.press(key);
    await page.getByRole('menuitem', { name: 'Pin to the start' }).press('Enter');
    await page.waitForURL(/columns=key\*,stage\*,name|columns=key\*,name\*?,stage\*/);
    const left = async (name: string): Promise<number> => (await head(name).boundingBox())?.x ?? Number.NaN;
    const before = { stage: await left('Stage'), kind: await left('Kind') };
    await grid(page).evaluate((element) => { element.scrollLeft = 200; });
    await page.waitForFunction((was) => { const box = [...document.querySelectorAll('[role="columnheader"]')].find((one) => one.textContent?.includes('Kind'))?.getBoundingClientRect(); return box !== undefined && box.x < was - 100; }, before.kind);
    await eventually(async () => { expect(await left('Stage')).toBeCloseTo(before.stage, 0); });
    await page.reload();
    await lastRow(page).waitFor();
    await grid(page).evaluate((element) => { element.scrollLeft = 200; });
    await eventually(async () => { expect(await left('Stage')).toBeCloseTo(before.stage, 0); });
  });
});
