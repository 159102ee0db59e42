import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { usingInventory, visitInventory } from './inventory-page.js';
import { tabTo } from './keyboard.js';
import { settled } from './settled.js';

describe('registering a workload', () => {
  const here = usingInventory();

  it('registers a workload by keyboard alone; the draft survives a reload; a likely duplicate is named with its score', async () => {
    const page = await visitInventory(here.ada);
    await page.keyboard.press('c');
    await page.waitForURL('**/inventory/register');
    await page.getByRole('heading', { name: 'Register a workload' }).waitFor();
    await settled(page);
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
    await eventually(async () => { expect(await page.getByRole('textbox', { name: 'Purpose' }).inputValue()).toBe('Scores claims'); });
    await tabTo(page, page.getByRole('textbox', { name: 'Name', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByText('This is needed to register it').first().waitFor();
    await expectAccessible(page, 'registration with errors');
    // The first missing answer has the focus.
    await page.waitForFunction(() => document.activeElement?.getAttribute('aria-invalid') === 'true');
    await tabTo(page, page.getByRole('combobox', { name: 'Risk owner' }));
    await page.keyboard.type(here.ada.email);
    await page.keyboard.press('Escape');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space');
    await page.keyboard.press('Enter');
    await page.getByText('Fraud scorings is registered as FRAUD-SCORINGS, and may be the same as:').waitFor();
    await expectAccessible(page, 'registered with duplicates');
    await eventually(async () => { expect(await here.read('FRAUD-SCORINGS')).toMatchObject({ name: 'Fraud scorings', team: 'Fraud' }); });
    await eventually(async () => { expect(await page.evaluate(() => Object.keys(sessionStorage).filter((name) => name.includes('register')))).toEqual([]); });
  });
});
