import { describe, expect, it } from '@jest/globals';
import { waitFor } from '@roster/testing';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { cell, focused, grid, usingInventory, visitInventory } from './inventory-page.js';

describe('editing in the inventory', () => {
  const here = usingInventory();

  it('edits in place: at once, undone, refused with the reason at the cell', async () => {
    const page = await visitInventory(here.ada);
    await cell(page, 'INVOICE-READER', 'Low').click();
    const editor = grid(page).getByRole('combobox', { name: 'Risk tier' });
    await editor.selectOption('medium');
    await editor.press('Enter');
    await page.getByText('Risk tier of INVOICE-READER changed').waitFor();
    await cell(page, 'INVOICE-READER', 'Medium').waitFor();
    await eventually(async () => { expect((await here.read('INVOICE-READER')).riskTier).toBe('medium'); });
    await page.getByRole('button', { name: 'Undo' }).click();
    await cell(page, 'INVOICE-READER', 'Low').waitFor();
    await waitFor(async () => (await here.read('INVOICE-READER')).riskTier === 'low', { timeout: 30_000, what: 'the change to be taken back' });
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
    await eventually(async () => { expect(await focused(page)).toMatchObject({ row: 'INVOICE-READER' }); });
    await expectAccessible(page, 'refused edit');
  });

  it('shows both versions when two people change the same field, and keeps both when they change different ones', async () => {
    const grace = await here.ada.invite('contributor');
    const mine = await visitInventory(here.ada);
    const theirs = await visitInventory(grace);
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
    await question.waitFor({ state: 'detached' });
    // The cell shows it before it is saved.
    await waitFor(async () => (await here.read('LETTER-WRITER')).name === 'Post writer', { timeout: 30_000, what: 'the choice to be saved' });
    await cell(theirs, 'LETTER-WRITER', 'Post writer').waitFor();
    await eventually(async () => { expect(await here.read('LETTER-WRITER')).toMatchObject({ name: 'Post writer', team: 'Correspondence' }); });
    // And again, keeping what is saved.
    await edit(mine, 'Letter writer 2', 'Third name');
    await mine.getByRole('dialog').getByRole('button', { name: 'Drop my change' }).click();
    await cell(mine, 'LETTER-WRITER', 'Post writer').waitFor();
    await eventually(async () => { expect(await here.read('LETTER-WRITER')).toMatchObject({ name: 'Post writer' }); });
    await grace.leave();
  });
});
