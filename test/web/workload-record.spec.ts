import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { usingBots } from './bots.js';
import { eventually } from './eventually.js';

describe('what is recorded of a workload', () => {
  const here = usingBots();

  it('history tells what changed field by field, and leads to the past, where nothing can be changed', async () => {
    await here.ada.api.must(200, 'PATCH', '/workloads/SALES-BOT', { purpose: 'Sells more', handlesPii: 'yes' }, { 'if-match': '*' });
    const page = await here.ada.page('/workloads/SALES-BOT/history');
    const row = page.getByRole('row', { name: /Purpose.*Answers customers.*Sells more/ });
    await row.waitFor();
    await eventually(async () => { expect([await row.locator('del').innerText(), await row.locator('ins').innerText()]).toEqual(['Answers customers', 'Sells more']); });
    await expectAccessible(page, 'history');
    await page.getByRole('article').last().getByRole('button', { name: 'Look at this moment' }).click();
    await page.getByText(/later changes were not known then/).waitFor();
    await eventually(async () => { expect(await page.getByRole('row', { name: /Sells more/ }).count()).toBe(0); });
    await page.getByRole('navigation', { name: 'Parts of this workload' }).getByRole('link', { name: 'Components' }).click();
    const declare = page.getByRole('button', { name: 'Declare a component' });
    await declare.waitFor();
    await eventually(async () => { expect(await declare.getAttribute('aria-disabled')).toBe('true'); });
    await expectAccessible(page, 'components of the past');
    await here.ada.leave();
  });

  it('trail entries prove themselves in the browser, and a forged one does not', async () => {
    const page = await here.ada.page('/workloads/SALES-BOT/trail');
    const entry = page.getByRole('button', { name: /inventory\.workload\.registered/ });
    await entry.getByText(/^#\d+$/).waitFor();
    await entry.focus();
    await page.keyboard.press('Enter');
    await page.getByText('Proven in this browser').waitFor();
    await eventually(async () => { expect(await page.getByRole('region', { name: 'Proof' }).getByText('passed').count()).toBe(6); });
    await page.getByText('Signed checkpoint').waitFor();
    await expectAccessible(page, 'trail');

    await page.route('**/proof', async (route) => {
      const response = await route.fetch();
      const proof = await response.json() as { entry: string };
      await route.fulfill({ response, json: { ...proof, entry: proof.entry.replace('registered', 'withdrawn0') } });
    });
    await page.reload();
    await entry.click();
    await page.getByText('The proof does not hold').waitFor();
    await eventually(async () => { expect(await page.getByRole('region', { name: 'Proof' }).getByText('failed').count()).toBeGreaterThanOrEqual(2); });
    await here.ada.leave();
  });

  it('a review is asked for out of cycle, once', async () => {
    const page = await here.ada.page('/workloads/QUIET-BOT/reviews');
    await page.getByRole('button', { name: 'Ask for a review now' }).click();
    const dialog = page.getByRole('dialog', { name: 'Ask for a review out of cycle' });
    await dialog.getByLabel('Why now').fill('The vendor changed its terms');
    await expectAccessible(page, 'ask for a review');
    await dialog.getByRole('button', { name: 'Ask for the review' }).click();
    await page.getByRole('grid', { name: 'Reviews of this workload' }).getByText('The vendor changed its terms').waitFor();
    await eventually(async () => { expect(await page.getByRole('button', { name: 'Ask for a review now' }).getAttribute('aria-disabled')).toBe('true'); });
    await expectAccessible(page, 'reviews');
    await here.ada.leave();
  });
});
