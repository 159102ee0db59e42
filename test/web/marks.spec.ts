import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { launchChromium } from './chromium.js';
import { WebPerson } from './web-person.js';

describe('marks open their rows', () => {
  let browser: Browser;
  let ada: WebPerson;
  beforeAll(async () => {
    browser = await launchChromium();
    ada = await WebPerson.signUp(browser);
    const { member } = await ada.api.get<{ member: { id: string } }>('/me');
    await ada.api.must(201, 'POST', '/workloads', { name: 'Claims triage', purpose: 'Sorts claims', kind: 'agent', team: 'Claims', riskOwner: member.id, processesRealData: 'yes' });
  });
  afterAll(async () => { await browser.close(); });

  const panel = (page: Page, title: string) => page.getByRole('region', { name: title });
  const asTable = async (page: Page, title: string): Promise<void> => { await panel(page, title).getByText('Table', { exact: true }).click(); };

  it('a week of the trend opens the inventory and the reviews as they were then, by mouse, keyboard and table', async () => {
    const page = await ada.page('/portfolio');
    const trend = page.getByRole('slider', { name: /^Workloads by stage over time/ });
    await trend.focus();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/inventory' && url.searchParams.has('asOf'));
    await page.getByText(/^As known on/).waitFor();
    await page.getByRole('link', { name: 'CLAIMS-TRIAGE' }).waitFor();
    await page.goBack();
    await page.getByRole('slider', { name: /^Overdue reviews over time/ }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/reviews' && url.searchParams.get('filter[overdue]') === 'true' && url.searchParams.has('asOf'));
    await page.goBack();
    await asTable(page, 'Where do workloads move to?');
    const row = panel(page, 'Where do workloads move to?').getByRole('row').nth(1);
    const counts = await row.getByRole('link').allInnerTexts();
    expect(counts).toHaveLength(4);
    await row.getByRole('link').nth(counts.indexOf('1')).click();
    await page.waitForURL((url) => url.pathname === '/inventory' && url.searchParams.has('filter[stage]') && url.searchParams.has('asOf'));
    await page.getByRole('link', { name: 'CLAIMS-TRIAGE' }).waitFor();
    await ada.leave();
  }, 60_000);

  it('a month of punctuality opens the reviews that fell due in it', async () => {
    const page = await ada.page('/reviews/punctuality');
    await page.getByRole('slider', { name: /^Share of reviews done on time/ }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/reviews/calendar' && /^\d{4}-\d{2}$/.test(url.searchParams.get('month') ?? ''));
    await page.goBack();
    await page.getByText('Table', { exact: true }).click();
    await page.getByRole('table').getByRole('link').first().click();
    await page.waitForURL((url) => url.pathname === '/reviews/calendar' && url.searchParams.has('month'));
    await ada.leave();
  }, 60_000);

  it('what waits beyond the first few can be shown, all of it', async () => {
    const grace = await ada.invite('admin');
    const criteria = ['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1'];
    for (const id of criteria) await grace.api.must(201, 'POST', '/exceptions', { workload: 'CLAIMS-TRIAGE', criterion: `psf-1.1/PSF-${id}`, reason: 'Later', compensatingControl: 'Watched', expiresAt: '2031-01-01T00:00:00Z' });
    const page = await ada.page('/');
    await page.getByRole('button', { name: 'Show all 7' }).click();
    const dialog = page.getByRole('dialog', { name: 'Exceptions to decide' });
    for (const id of criteria) await dialog.getByText(`psf-1.1/PSF-${id}`).waitFor();
    await expectAccessible(page, 'all exceptions');
    await ada.leave();
  }, 60_000);
});
