import { describe, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { colleagues } from './colleagues.js';
import { eventually } from './eventually.js';
import { focusInside, tabTo } from './keyboard.js';

interface Review { id: string; dueAt: string; template: { questions: { id: string; text: string }[] }; changesSinceLast: { digest: string } }

describe('reviews in the browser', () => {
  const here = colleagues('risk_owner');
  let made = 0;

  /** A review that somebody asked for, of a workload in a tier. */
  const asked = async (riskTier: 'low' | 'high'): Promise<{ key: string; id: string }> => {
    made += 1;
    const key = `REV-${made}`;
    await here.ada.api.must(201, 'POST', '/workloads', { key, name: `Review bot ${made}`, kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner: here.ada.email, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', riskTier, riskTierRationale: 'As stated' });
    await here.ada.api.must(200, 'POST', `/workloads/${key}/owners/risk_owner/accept`);
    // Classified first: what the service finds out later would be a change since the review was asked for.
    await here.ada.api.must(201, 'POST', `/workloads/${key}/classification`);
    const { id } = await here.ada.api.must<Review>(201, 'POST', '/reviews', { workload: key, reason: 'The vendor changed its terms' });
    return { key, id };
  };
  /** Answers every question with yes, by keys alone. */
  const answerAll = async (page: Page): Promise<void> => {
    const groups = page.getByRole('form', { name: 'Review' }).getByRole('radiogroup');
    const questions = (await groups.count()) - 1;
    for (let index = 0; index < questions; index += 1) {
      await tabTo(page, groups.nth(index).getByRole('radio').first());
      await page.keyboard.press('Space');
    }
  };

  it('are found, started, filled in and completed with the keyboard alone', async () => {
    const { key, id } = await asked('low');
    const page = await here.ada.page('/');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reviews' }).waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL('**/reviews');
    await tabTo(page, page.getByRole('grid', { name: 'Reviews' }).locator('[data-row="0"] [tabindex="0"]').first());
    // A look beside the list first: what one decides on, and the way to the page.
    await page.keyboard.press('Space');
    const peek = page.getByRole('complementary', { name: 'Preview' });
    await peek.getByText('The vendor changed its terms').waitFor();
    await peek.getByRole('link', { name: key }).waitFor();
    await eventually(async () => { expect(await peek.getByRole('link', { name: 'Open' }).getAttribute('href')).toBe(`/reviews/${id}`); });
    await expectAccessible(page, 'a review beside its list');
    await page.keyboard.press('Escape');
    await peek.waitFor({ state: 'detached' });
    await focusInside(page.getByRole('grid', { name: 'Reviews' }));
    await page.keyboard.press('o');
    await page.waitForURL(`**/reviews/${id}`);
    await tabTo(page, page.getByRole('button', { name: 'Start the review' }));
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'Review' });
    await form.waitFor();
    // Nothing is answered by itself: submitting says what is missing, and leads there.
    await tabTo(page, form.getByRole('button', { name: 'Complete the review' }));
    await page.keyboard.press('Enter');
    await page.getByRole('alert').getByText('14 things are missing').waitFor();
    await expectAccessible(page, 'a review with everything missing');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await tabTo(page, form.getByRole('checkbox', { name: /nothing changed since/ }));
    await page.keyboard.press('Space');
    await answerAll(page);
    await tabTo(page, form.getByRole('radio', { name: 'Continue', exact: true }));
    await page.keyboard.press('Space');
    await tabTo(page, form.getByRole('button', { name: 'Complete the review' }));
    await page.keyboard.press('Enter');
    await page.getByText('The review is completed. Its findings are actions now.').waitFor();
    const done = await here.ada.api.get<{ status: string; submission: { nothingChangedSince: string } }>(`/reviews/${id}`);
    expect(done).toMatchObject({ status: 'completed', submission: { nothingChangedSince: expect.stringMatching(/^sha256:/) as unknown } });
    await page.getByRole('heading', { level: 1, name: new RegExp(key) }).waitFor();
  }, 120_000);

  it('keep what was typed over a reload, refuse what the service refuses, and go to the second person', async () => {
    const { key, id } = await asked('high');
    await here.ada.api.must(200, 'POST', `/reviews/${id}/start`);
    const page = await here.ada.page(`/reviews/${id}`);
    const form = page.getByRole('form', { name: 'Review' });
    await form.getByLabel(/name what changed|What else changed/).fill('The vendor trains on our data now');
    for (const group of (await form.getByRole('radiogroup').all()).slice(0, -1)) await group.getByRole('radio', { name: 'Yes' }).check();
    await form.getByRole('radio', { name: 'Continue with conditions' }).check();
    await form.getByLabel('Why', { exact: false }).last().fill('Until the contract is settled');
    await form.getByRole('button', { name: 'Add a finding' }).click();
    await form.getByLabel('What was found and is to be done').fill('Settle the contract');
    await form.getByLabel('By the end of').fill('2030-06-28');
    await page.waitForFunction(() => Object.values(sessionStorage).some((value) => value.includes('Settle the contract')));
    await page.reload();
    await page.getByText('What you had typed is back.').waitFor();
    await form.getByRole('button', { name: 'Submit for sign-off' }).click();
    await page.getByText('Submitted. It waits for the second person.').waitFor();
    await page.getByText('You are the first pair of eyes').waitFor();
    await eventually(async () => { expect(await page.getByRole('button', { name: 'Sign off' }).getAttribute('aria-disabled')).toBe('true'); });

    const second = await here.grace.page('/reviews?filter[signOffBy]=me');
    await second.getByRole('link', { name: new RegExp(key) }).click();
    await second.getByRole('button', { name: 'Return it' }).click();
    await second.getByText('Say what is missing').waitFor();
    await second.getByLabel('Comment').fill('Name the clause');
    await second.getByRole('button', { name: 'Return it' }).click();
    await second.getByText('Returned. The reviewer is told.').waitFor();

    await page.reload();
    await page.getByText('Name the clause').waitFor();
    await form.getByLabel(/name what changed|What else changed/).fill('The vendor trains on our data now (clause 4)');
    await form.getByRole('button', { name: 'Submit for sign-off' }).click();
    await page.getByText('Submitted. It waits for the second person.').waitFor();
    await second.reload();
    await second.getByRole('button', { name: 'Sign off' }).click();
    await second.getByText('Signed off. The review is completed.').waitFor();
    const { items } = await here.ada.api.get<{ items: { title: string; dueAt: string }[] }>(`/actions?filter[workload]=${key}`);
    expect(items).toMatchObject([{ title: 'Settle the contract', dueAt: '2030-06-28T21:59:00.000Z' }]);
  }, 60_000);

  it('say what changed on record in words, for the reviewer to choose from and for whoever reads it later', async () => {
    const { key, id } = await asked('low');
    const startedAt = Date.now() - 600_000;
    await here.ada.api.must(201, 'POST', `/workloads/${key}/drills`, { kind: 'kill_switch', startedAt: new Date(startedAt).toISOString(), endedAt: new Date(startedAt + 181_000).toISOString(), result: 'passed', method: 'Flag off' });
    await here.ada.api.must(200, 'PATCH', `/workloads/${key}`, { dataClasses: ['internal'] }, { 'if-match': '*' });
    await here.ada.api.must(200, 'POST', `/reviews/${id}/start`);
    const page = await here.ada.page(`/reviews/${id}`);
    const drill = /^Drill: Kill switch, Passed in 3 mins? 1 sec$/;
    await page.getByRole('listitem').filter({ hasText: 'Data classes' }).getByText('Internal').waitFor();
    await page.getByRole('listitem').filter({ hasText: 'Kill switch' }).getByText(/^Passed in 3 min/).waitFor();
    const form = page.getByRole('form', { name: 'Review' });
    await form.getByRole('checkbox', { name: drill }).check();
    for (const group of (await form.getByRole('radiogroup').all()).slice(0, -1)) await group.getByRole('radio', { name: 'Yes' }).check();
    await form.getByRole('radio', { name: 'Continue', exact: true }).check();
    await form.getByRole('button', { name: 'Complete the review' }).click();
    await page.getByText('The review is completed. Its findings are actions now.').waitFor();
    await page.getByRole('listitem').filter({ hasText: drill }).waitFor();
    const codes = await page.getByText(/kill_switch|dataClasses|passed in 181/).count();
    expect(codes).toBe(0);

    await page.goto(new URL('/reviews?filter[status]=awaiting_sign_off&filter[status]=in_progress', page.url()).href);
    await page.getByRole('list', { name: 'Conditions' }).getByRole('button', { name: 'Remove: State: Awaiting sign-off, In progress' }).waitFor();
  }, 60_000);

  it('lead to actions, whose state is changed in the row and taken back', async () => {
    const { key, id } = await asked('low');
    const review = await here.ada.api.must<Review>(200, 'POST', `/reviews/${id}/start`);
    await here.ada.api.must(200, 'POST', `/reviews/${id}/submit`, { answers: review.template.questions.map((question) => ({ questionId: question.id, answer: 'yes' })), changes: ['Terms'], outcome: 'continue',
      findings: [{ severity: 'medium', title: `Rotate the key of ${key}`, ownerMemberId: (await here.ada.api.get<{ member: { id: string } }>('/me')).member.id, dueAt: '2030-01-01T00:00:00Z' }] });
    const page = await here.ada.page('/actions');
    const row = page.getByRole('row', { name: new RegExp(`Rotate the key of ${key}`) });
    await row.getByText(`Rotate the key of ${key}`).click();
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('e');
    await row.getByRole('combobox').selectOption({ label: 'Done' });
    await page.keyboard.press('Enter');
    await page.getByText(`Done: Rotate the key of ${key}`).waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await page.getByText(`Undone: Rotate the key of ${key}`).waitFor();
    await eventually(async () => { expect((await here.ada.api.get<{ items: { status: string }[] }>(`/actions?filter[workload]=${key}`)).items).toMatchObject([{ status: 'open' }]); });
    await row.getByText(`Rotate the key of ${key}`).click();
    await page.keyboard.press('Space');
    const peek = page.getByRole('complementary', { name: 'Preview' });
    await peek.getByRole('heading', { name: `Rotate the key of ${key}` }).waitFor();
    await peek.getByRole('link', { name: new RegExp(`^${key} `) }).waitFor();
    await expectAccessible(page, 'an action beside its list');
    await peek.getByRole('link', { name: 'Open' }).click();
    await page.getByRole('dialog', { name: 'Action' }).getByLabel('Note').waitFor();
    await page.getByRole('dialog', { name: 'Action' }).getByRole('button', { name: 'Close' }).first().click();
    await page.getByRole('dialog', { name: 'Action' }).waitFor({ state: 'detached' });
    await peek.getByRole('button', { name: 'Close preview' }).click();
    await peek.waitFor({ state: 'detached' });
    await row.getByText(`Rotate the key of ${key}`).click();
    await page.keyboard.press('o');
    await page.getByRole('dialog', { name: 'Action' }).getByLabel('Note').waitFor();
    await expectAccessible(page, 'an action');
  }, 60_000);

  it('stand in a calendar that is walked by keys, in the days of the organization', async () => {
    const { key, id } = await asked('low');
    // 23:30 in UTC is the next day in Berlin.
    await here.ada.api.must(200, 'POST', `/reviews/${id}/reschedule`, { dueAt: '2030-05-14T23:30:00Z', reason: 'Everybody is away' });
    const page = await here.ada.page('/reviews/calendar?month=2030-05');
    const grid = page.getByRole('grid', { name: 'May 2030' });
    await grid.getByRole('button', { name: /^15 May 2030, 1 due/ }).getByText(key).waitFor();
    await tabTo(page, grid.getByRole('button', { name: '1 May 2030, nothing due', exact: true }));
    for (const name of ['ArrowDown', 'ArrowDown']) await page.keyboard.press(name);
    await page.getByRole('region', { name: 'Agenda of the day' }).getByRole('link', { name: new RegExp(key) }).waitFor();
    await expectAccessible(page, 'review calendar');
    await page.keyboard.press('PageDown');
    await page.getByRole('grid', { name: 'June 2030' }).waitFor();
    await page.getByText('Nothing falls due on this day.').waitFor();
  }, 60_000);

  it('are moved, or skipped with a reason by somebody who may', async () => {
    const { id } = await asked('high');
    const page = await here.grace.page(`/reviews/${id}`);
    await page.getByRole('button', { name: 'Move it' }).click();
    await page.getByLabel('Due', { exact: false }).last().fill('2030-03-04T09:00');
    await page.getByLabel('Why it is moved').fill('Everybody is away');
    await page.getByRole('button', { name: 'Move the review' }).click();
    await page.getByText('Moved to 4 Mar 2030, 09:00 Europe/Berlin.').waitFor();
    await page.getByRole('button', { name: 'Skip it' }).click();
    await page.getByLabel('Why it is skipped').fill('The vendor answered');
    await expectAccessible(page, 'skipping a review');
    await page.getByRole('button', { name: 'Skip the review' }).click();
    await page.getByText('Skipped, with your reason on record.').waitFor();
    await page.getByText('The vendor answered').first().waitFor();
    // Whoever owes it cannot excuse themselves where four eyes are asked for.
    const own = await asked('high');
    const mine = await here.ada.page(`/reviews/${own.id}`);
    await mine.getByRole('button', { name: 'Skip it' }).click();
    await mine.getByLabel('Why it is skipped').fill('No time');
    await eventually(async () => { expect(await mine.getByRole('button', { name: 'Skip the review' }).getAttribute('aria-disabled')).toBe('true'); });
  }, 60_000);

  it('have their punctuality as a chart that is read by keys, and as a table', async () => {
    const page = await here.ada.page('/reviews/punctuality');
    await page.getByText('Nothing was due yet').waitFor();
    const chart = page.getByRole('slider', { name: /Share of reviews done on time/ });
    await chart.focus();
    await page.keyboard.press('Home');
    await eventually(async () => { expect(await chart.getAttribute('aria-valuetext')).toMatch(/nothing was due/); });
    await page.getByText('Table', { exact: true }).click();
    await eventually(async () => { expect(await page.getByRole('table').getByRole('row').count()).toBe(13); });
    await expectAccessible(page, 'punctuality as a table');
  }, 60_000);
});
