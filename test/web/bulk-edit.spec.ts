import { describe, expect, it } from '@jest/globals';
import { waitFor } from '@roster/testing';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { cell, foot, rows, usingInventory, visit } from './inventory-page.js';

describe('changing many workloads at once', () => {
  const here = usingInventory();

  it('changes all that match: preview of the difference, result per row, undo', async () => {
    const page = await visit(here.ada, '/inventory?filter[riskTier]=low&filter[riskTier]=high&sort=key');
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
    await eventually(async () => { expect(await table.locator('[data-row]').filter({ hasText: 'INVOICE-READER' }).innerText()).toMatch(/Will change\s+Risk tier Low → High/); });
    await expectAccessible(page, 'bulk preview');
    await dialog.getByRole('button', { name: 'Change 2 workloads' }).click();
    // A row says so as it is done; the others may still be on their way.
    await table.getByText('Changed', { exact: true }).first().waitFor();
    await eventually(async () => { expect((await here.read('INVOICE-READER')).riskTier).toBe('high'); });
    await dialog.getByRole('button', { name: 'Undo all of it' }).click();
    await table.getByText('Restored', { exact: true }).first().waitFor();
    await eventually(async () => { expect((await here.read('INVOICE-READER')).riskTier).toBe('low'); });
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
  });

  it('goes on when its dialog is closed: tells the end, and takes it back from the message', async () => {
    const page = await visit(here.ada, '/inventory?filter[team]=Sales&sort=key');
    await rows(page).first().getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Change selected' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Choose what to change' }).click();
    await dialog.getByRole('combobox', { name: 'Risk tier' }).selectOption('medium');
    // What was chosen survives a reload.
    await page.reload();
    await rows(page).first().getByRole('checkbox').click();
    await page.getByRole('button', { name: 'Change selected' }).click();
    await eventually(async () => { expect(await dialog.getByRole('combobox', { name: 'Risk tier' }).inputValue()).toBe('medium'); });
    await dialog.getByRole('button', { name: 'Preview the changes' }).click();
    await dialog.getByRole('button', { name: 'Change 1 workload', exact: true }).click();
    // The button that had the focus goes as the work begins: a key pressed in that very moment may meet nothing.
    await waitFor(async () => { await page.keyboard.press('Escape'); return (await dialog.count()) === 0; }, { what: 'the dialog to close' });
    await page.getByText('1 workload changed').waitFor();
    await cell(page, 'TARIFF-FINDER', 'Medium').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText('1 workload restored').waitFor();
    await cell(page, 'TARIFF-FINDER', 'Medium').waitFor({ state: 'detached' });
    await eventually(async () => { expect((await here.read('TARIFF-FINDER')).riskTier).toBeNull(); });
  });

  it('sets fields of the organization for many at once, each by its type, shows the difference and takes it back', async () => {
    for (const field of [{ key: 'cost', label: 'Yearly cost', type: 'number' }, { key: 'regions', label: 'Regions', type: 'choices', choices: ['EU', 'US'] }, { key: 'renewal', label: 'Contract renewal', type: 'date' }, { key: 'bureau', label: 'Bureau', type: 'text' }]) await here.ada.api.must(201, 'POST', '/custom-fields', field);
    await here.ada.api.must(200, 'PATCH', '/workloads/LETTER-WRITER', { team: 'Claims', custom: { bureau: 'Post' } }, { 'if-match': '*' });
    const page = await visit(here.ada, '/inventory?filter[team]=Claims&sort=key');
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
    await eventually(async () => { expect(await preview.isDisabled()).toBe(true); });
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
    await eventually(async () => { expect(await preview.isDisabled()).toBe(true); });
    await dialog.getByRole('checkbox', { name: 'Clear Bureau' }).check();
    await expectAccessible(page, 'bulk edit of own fields');
    await preview.click();
    const table = dialog.getByRole('grid', { name: 'Rows of the bulk edit' });
    const difference = async (key: string): Promise<string> => table.locator('[data-row]').filter({ hasText: key }).innerText();
    await table.getByText('Will change').first().waitFor();
    await eventually(async () => { expect(await difference('CLAIMS-TRIAGE')).toMatch(/Yearly cost Unknown → 1,200\s*Regions Unknown → EU, US\s*Contract renewal Unknown → Sep 1, 2026$|Contract renewal Unknown → 1 Sept? 2026$/); });
    await eventually(async () => { expect(await difference('LETTER-WRITER')).toMatch(/Bureau Post → Unknown/); });
    await dialog.getByRole('button', { name: 'Change 2 workloads' }).click();
    await table.getByText('Changed', { exact: true }).first().waitFor();
    await eventually(async () => { expect(await here.read('LETTER-WRITER')).toMatchObject({ custom: { cost: 1200, regions: ['EU', 'US'], renewal: '2026-09-01' } }); });
    await dialog.getByRole('button', { name: 'Undo all of it' }).click();
    await table.getByText('Restored', { exact: true }).first().waitFor();
    await eventually(async () => { expect(await here.read('LETTER-WRITER')).toMatchObject({ custom: { bureau: 'Post' } }); });
    await eventually(async () => { expect(await here.read('CLAIMS-TRIAGE')).toMatchObject({ custom: {} }); });
    await dialog.getByRole('button', { name: 'Done' }).click();
    await dialog.waitFor({ state: 'detached' });
  });
});
