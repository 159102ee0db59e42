import { afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { waitFor } from '@roster/testing';
import { form } from '../e2e/person.js';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

interface Portfolio { readonly funnel: readonly { readonly stage: string | null; readonly hardening: boolean; readonly count: number }[]; readonly unowned: { readonly count: number } }
const DAY = 86_400_000;

describe('the portfolio', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let grace: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    grace = await ada.invite('admin');
    for (const [index, key] of ['ALPHA', 'BRAVO', 'CHARLIE', 'DELTA'].entries()) {
      await ada.api.must(201, 'POST', '/workloads', {
        key, name: `Workload ${key.toLowerCase()}`, kind: 'agent', purpose: 'Answers customers', team: 'Support', processesRealData: index === 3 ? 'no' : 'yes', riskOwner: ada.email, riskTier: index === 0 ? 'high' : 'low',
      });
    }
    const { id } = await ada.api.must<{ id: string }>(201, 'POST', '/evidence', form('runbook.txt', 'text/plain', `Runbook ${ada.email}\n`, {
      kind: 'document', title: 'Runbook of alpha', expiresAt: new Date(Date.now() + 20 * DAY).toISOString(), links: [{ workload: 'ALPHA', criterion: 'psf-1.1/PSF-1.1' }],
    }));
    await grace.api.must(200, 'POST', `/evidence/${id}/versions/1/decision`, { decision: 'accept' });
    await waitFor(async () => (await ada.api.get<Portfolio>('/portfolio')).funnel.every(({ stage }) => stage !== null), { timeout: 60_000, interval: 200, what: 'every workload to be classified' });
  }, 90_000);
  afterEach(async () => { await ada.leave(); });

  it('opens the rows behind a figure: the funnel and the inventory agree', async () => {
    const { funnel } = await ada.api.get<Portfolio>('/portfolio');
    const pilots = funnel.filter(({ stage, hardening }) => stage === 'pilot' && !hardening).reduce((sum, { count }) => sum + count, 0);
    expect(pilots).toBe(3);
    const page = await ada.page('/portfolio');
    const steps = page.getByRole('list', { name: 'Workloads by stage' });
    await steps.getByText('3', { exact: true }).waitFor();
    await page.getByRole('grid', { name: 'Coverage by workload and domain' }).waitFor();
    await expectAccessible(page, 'portfolio');
    await steps.getByRole('link').filter({ hasText: /^3/ }).first().click();
    await page.waitForURL(({ pathname, searchParams }) => pathname === '/inventory' && searchParams.get('filter[stage]') === 'pilot' && searchParams.get('filter[hardening]') === 'false');
    const table = page.getByRole('grid', { name: 'Inventory' }).or(page.getByRole('grid')).first();
    await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
    await table.getByText('Workload alpha').first().waitFor();
    await table.getByText('Workload delta').first().waitFor({ state: 'detached' });
  }, 60_000);

  it('shows who moved beside the page, and comes back', async () => {
    const page = await ada.page('/portfolio');
    await page.getByRole('link', { name: '3 new' }).click();
    await page.waitForURL('**/portfolio?moved=none.pilot');
    const peek = page.getByRole('complementary', { name: 'Preview' });
    await peek.getByRole('link', { name: 'Workload bravo' }).waitFor();
    await eventually(async () => { expect(await peek.getByRole('listitem').count()).toBe(3); });
    await expectAccessible(page, 'movement');
    await page.keyboard.press('Escape');
    await peek.waitFor({ state: 'detached' });
    expect(new URL(page.url()).search).toBe('');
  }, 60_000);

  it('walks the heatmap by keyboard: arrows say the cell, Enter shows its criteria and evidence', async () => {
    const page = await ada.page('/portfolio?sort=name');
    const grid = page.getByRole('grid', { name: 'Coverage by workload and domain' });
    const first = grid.getByRole('gridcell').first();
    await first.waitFor();
    const columns = await grid.getByRole('columnheader').count() - 1;
    await first.focus();
    await eventually(async () => { expect(await first.locator('.r-visually-hidden').textContent()).toMatch(/^PSF-1 .+: Missing, 1 of \d required$/); });
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('ArrowDown');
    await eventually(async () => { expect(await grid.getByRole('gridcell').nth(columns + 1).evaluate((cell) => cell === document.activeElement)).toBe(true); });
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    const peek = page.getByRole('complementary', { name: 'Preview' });
    await peek.getByRole('link', { name: 'Runbook of alpha' }).waitFor();
    await expectAccessible(page, 'heatmap cell');
    await page.getByLabel('Risk tier').selectOption('high');
    await page.waitForURL('**riskTier=high**');
    await grid.getByText('1 of 1 workloads').or(page.getByText('1 of 1 workloads')).first().waitFor();
  }, 60_000);

  it('keeps the columns of the heatmap on the way back from a workload, and every letter of a fast search', async () => {
    const page = await ada.page('/portfolio?sort=name');
    const grid = page.getByRole('grid', { name: 'Coverage by workload and domain' });
    await grid.getByRole('gridcell').first().waitFor();
    const columns = await grid.getByRole('columnheader').count();
    expect(columns).toBeGreaterThan(5);
    await grid.getByRole('link', { name: /Workload bravo/ }).click();
    await page.waitForURL('**/workloads/BRAVO/evidence');
    await page.goBack();
    await grid.getByRole('rowheader').first().waitFor();
    await eventually(async () => { expect(await grid.getByRole('columnheader').count()).toBe(columns); });
    await eventually(async () => { expect(await grid.getByRole('gridcell').count()).toBe(4 * (columns - 1)); });

    const search = page.getByRole('textbox', { name: 'Search workloads' });
    await search.click();
    const before = await page.evaluate(() => history.length);
    await page.keyboard.type('workload charlie');
    await page.waitForURL(({ searchParams }) => searchParams.get('q') === 'workload charlie');
    await page.getByText('1 of 1 workloads').waitFor();
    await eventually(async () => { expect([await search.inputValue(), await search.evaluate((field) => field === document.activeElement), await page.evaluate(() => history.length)]).toEqual(['workload charlie', true, before]); });
  }, 60_000);

  it('foresees what expires, week by week, with the way to renew it', async () => {
    const page = await ada.page('/portfolio');
    const weeks = page.getByRole('group', { name: 'Weeks of the next 90 days' });
    const busy = weeks.getByRole('button', { name: /: 1 evidence expiring/ });
    await busy.waitFor();
    await busy.focus();
    await page.keyboard.press('Enter');
    await eventually(async () => { expect(await busy.getAttribute('aria-pressed')).toBe('true'); });
    const expiries = page.getByRole('region', { name: 'Evidence that expires' });
    await expiries.getByText('Runbook of alpha').waitFor();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    await expiries.getByText('None.').waitFor();
    await page.keyboard.press('Escape');
    await expiries.getByRole('link', { name: 'Renew Runbook of alpha' }).click();
    await page.waitForURL(/\/evidence\/[0-9a-f-]{36}$/);
  }, 60_000);

  it('asks for the chosen week, however much comes before it', async () => {
    const page = await ada.page('/portfolio');
    // The service lists only the first to expire and to fall; what is beyond them is asked for by its days.
    await page.route(/\/portfolio\/decay\?days=90$/, async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...await response.json() as object, next: [] } });
    });
    await page.reload();
    const expiries = page.getByRole('region', { name: 'Evidence that expires' });
    await expiries.getByText('0 of 1.').waitFor();
    const asked = page.waitForRequest(/\/api\/v1\/forecast\?.*fallsAt/);
    await page.getByRole('group', { name: 'Weeks of the next 90 days' }).getByRole('button', { name: /: 1 evidence expiring/ }).click();
    await expiries.getByText('Runbook of alpha').waitFor();
    const { searchParams } = new URL((await asked).url());
    expect(Date.parse(searchParams.get('filter[fallsAt][lt]') ?? '') - Date.parse(searchParams.get('filter[fallsAt][gte]') ?? '')).toBeGreaterThan(6 * DAY);
  }, 60_000);

  it('gives every chart as a table too', async () => {
    const page = await ada.page('/portfolio');
    await page.getByRole('slider', { name: /Workloads by stage over time/ }).waitFor();
    const choices = page.getByRole('radiogroup');
    // Each chart comes with its own data.
    await choices.nth(4).waitFor();
    const count = await choices.count();
    for (let index = 0; index < count; index += 1) await choices.nth(index).getByText('Table').click();
    await eventually(async () => { expect(await page.getByRole('table').count()).toBeGreaterThanOrEqual(count); });
    await page.getByRole('table', { name: 'Workloads by stage', exact: true }).getByRole('link', { name: 'Pilot', exact: true }).waitFor();
    await page.getByRole('table', { name: 'Expiring evidence and falling workloads by day' }).getByRole('cell', { name: '1', exact: true }).first().waitFor();
    await expectAccessible(page, 'portfolio as tables');
  }, 60_000);

  it('reads a line out by the arrow keys', async () => {
    const page = await ada.page('/portfolio');
    const line = page.getByRole('slider', { name: /Workloads by stage over time/ });
    await line.focus();
    await eventually(async () => { expect(await line.getAttribute('aria-valuetext')).toContain('Pilot: 3'); });
    await page.keyboard.press('Home');
    await eventually(async () => { expect(await line.getAttribute('aria-valuetext')).toContain('Pilot: 0'); });
  }, 60_000);

  it('fits a phone', async () => {
    const page = await ada.page('/portfolio', { viewport: { width: 390, height: 844 }, scheme: 'dark' });
    await page.getByRole('grid', { name: 'Coverage by workload and domain' }).waitFor();
    await eventually(async () => { expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390); });
    await expectAccessible(page, 'portfolio on a phone');
  }, 60_000);
});
