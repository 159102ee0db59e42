import { beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { waitFor } from '@roster/testing';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { settled } from './settled.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

describe('marks open their rows', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    const { member } = await ada.api.get<{ member: { id: string } }>('/me');
    await ada.api.must(201, 'POST', '/workloads', { name: 'Claims triage', purpose: 'Sorts claims', kind: 'agent', team: 'Claims', riskOwner: member.id, processesRealData: 'yes' });
    // Marks are counted of stages: the worker gives the first one a moment later.
    await eventually(async () => { expect(await ada.api.get<{ stage: string | null }>('/workloads/CLAIMS-TRIAGE')).toMatchObject({ stage: expect.any(String) }); });
  }, 60_000);

  const panel = (page: Page, title: string | RegExp) => page.getByRole('region', { name: title });
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
    await settled(page);
    await page.getByRole('slider', { name: /^Overdue reviews over time/ }).focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === '/reviews' && url.searchParams.get('filter[overdue]') === 'true' && url.searchParams.has('asOf'));
    await page.goBack();
    await settled(page);
    await asTable(page, 'Where do workloads move to?');
    const row = panel(page, 'Where do workloads move to?').getByRole('row').nth(1);
    await row.getByRole('link').nth(3).waitFor();
    const counts = await row.getByRole('link').allInnerTexts();
    expect(counts.toSorted()).toEqual(['0', '0', '0', '1']);
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

  it('figures of punctuality open the reviews they count: at home, on the portfolio and month by month', async () => {
    for (const key of ['DONE-ON-TIME', 'LEFT-UNDONE']) {
      await ada.api.must(201, 'POST', '/workloads', { key, name: key, purpose: 'Sorts', kind: 'agent', team: 'Claims', riskOwner: ada.email, processesRealData: 'yes', riskTier: 'low', riskTierRationale: 'Small' });
    }
    // Soon, but not before one of them is done.
    const soon = new Date(Date.now() + 8_000);
    const asked = async (key: string): Promise<string> => (await ada.api.must<{ id: string }>(201, 'POST', '/reviews', { workload: key, reason: 'The vendor changed its terms', dueAt: soon.toISOString() })).id;
    const [done, skipped] = [await asked('DONE-ON-TIME'), await asked('LEFT-UNDONE')];
    const { template } = await ada.api.must<{ template: { questions: { id: string }[] } }>(200, 'POST', `/reviews/${done}/start`);
    await ada.api.must(200, 'POST', `/reviews/${done}/submit`, { answers: template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' })), changes: ['New terms'], outcome: 'continue' });
    // A review that is skipped after it had fallen due was not done.
    await waitFor(async () => Date.now() > soon.getTime() && (await ada.api.get<{ punctuality: { onTime: number } }>('/portfolio')).punctuality.onTime === 1, { timeout: 30_000, what: 'the review to have been due' });
    await ada.api.must(200, 'POST', `/reviews/${skipped}/skip`, { reason: 'Answered by the vendor' });

    const lists = async (page: Page, open: Locator, verdict: string, key: string): Promise<void> => {
      await open.click();
      await page.waitForURL((url) => url.pathname === '/reviews' && url.searchParams.get('filter[punctuality]') === verdict && url.searchParams.has('filter[dueFrom]') && url.searchParams.has('filter[dueBefore]'));
      await page.getByRole('grid', { name: 'Reviews' }).getByRole('link', { name: new RegExp(`^${key}`) }).waitFor();
      await page.getByText('1 row', { exact: true }).waitFor();
    };
    for (const [address, title] of [['/', 'Reviews on time'], ['/portfolio', 'Are reviews done on time?'], ['/reviews/punctuality', 'The last 365 days']] as const) {
      const page = await ada.page(address);
      const place = panel(page, title);
      await lists(page, place.getByRole('link', { name: '1', exact: true }).first(), 'on_time', 'DONE-ON-TIME');
      await page.getByRole('list', { name: 'Conditions' }).getByText('Counts as: done on time').waitFor();
      await page.goBack();
      await lists(page, place.getByRole('link', { name: /^1( not done)?$/ }).last(), 'not_done', 'LEFT-UNDONE');
      await page.goBack();
      await place.getByRole('link', { name: '2', exact: true }).click();
      await page.waitForURL((url) => url.pathname === '/reviews' && url.searchParams.getAll('filter[punctuality]').length === 3);
      await page.getByText('2 rows', { exact: true }).waitFor();
    }
    const page = await ada.page('/reviews/punctuality');
    await asTable(page, 'Month by month');
    const counts = page.getByRole('table').getByRole('row').last().getByRole('link');
    await eventually(async () => { expect(await counts.allInnerTexts()).toEqual([expect.stringMatching(/\d{4}$/), '2', '1', '1']); });
    await expectAccessible(page, 'punctuality with figures that open');
    await lists(page, counts.last(), 'not_done', 'LEFT-UNDONE');
    // The same question over all time has a chip of its own.
    await page.getByRole('radiogroup', { name: 'Which reviews' }).getByText('Not done', { exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('filter[punctuality]') === 'not_done' && !url.searchParams.has('filter[dueFrom]'));
    await page.getByRole('grid', { name: 'Reviews' }).getByRole('link', { name: /^LEFT-UNDONE/ }).waitFor();
    await ada.leave();
  }, 90_000);

  it('what waits beyond the first few can be shown, all of it', async () => {
    const grace = await ada.invite('admin');
    const criteria = ['1.1', '1.2', '1.3', '2.1', '2.2', '2.3', '3.1'];
    for (const id of criteria) await grace.api.must(201, 'POST', '/exceptions', { workload: 'CLAIMS-TRIAGE', criterion: `psf-1.1/PSF-${id}`, reason: 'Later', compensatingControl: 'Watched', expiresAt: '2031-01-01T00:00:00Z' });
    const page = await ada.page('/');
    await page.getByRole('button', { name: /^Show all 7/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Exceptions to decide' });
    for (const id of criteria) await dialog.getByText(`psf-1.1/PSF-${id}`).waitFor();
    await expectAccessible(page, 'all exceptions');
    await ada.leave();
  }, 60_000);

  it('owners who left beyond the first few can be shown, all of them', async () => {
    const alan = await ada.invite('contributor', 'Alan Turing');
    const { member } = await alan.api.get<{ member: { id: string } }>('/me');
    for (const [index, role] of ['on_call', 'engineering_lead', 'accountable_executive', 'data_steward'].entries()) {
      for (const key of ['CLAIMS-TRIAGE', 'DONE-ON-TIME'].slice(0, index < 2 ? 2 : 1)) {
        await ada.api.must(200, 'PUT', `/workloads/${key}/owners/${role}`, { memberId: member.id });
        await alan.api.must(200, 'POST', `/workloads/${key}/owners/${role}/accept`);
      }
    }
    await ada.api.must(204, 'DELETE', `/members/${member.id}`, undefined, { 'if-match': '*' });
    const page = await ada.page('/');
    const block = panel(page, /^Owners who left/);
    await block.getByRole('listitem').nth(4).waitFor();
    await eventually(async () => { expect(await block.getByRole('listitem').count()).toBe(5); });
    await block.getByRole('button', { name: /^Show all 6/ }).click();
    const dialog = page.getByRole('dialog', { name: 'Owners who left' });
    await dialog.getByRole('listitem').nth(5).waitFor();
    await eventually(async () => { expect(await dialog.getByRole('listitem').count()).toBe(6); });
    await dialog.getByText('Data steward: Alan Turing left, nobody is asked').waitFor();
    await expectAccessible(page, 'all owners who left');
    await ada.leave();
  }, 60_000);
});
