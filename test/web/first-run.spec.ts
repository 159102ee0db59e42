import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { tabTo } from './keyboard.js';
import { settled } from './settled.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

const MINUTE = 60_000;
const FIVE_MINUTES = 5 * MINUTE;
const ROWS = 'Name\tTeam\tPurpose\tHandles PII\tProcesses real data\nSupport bot\tSupport\tAnswers customers\tno\tyes\nQuiz writer\tMarketing\tWrites quizzes\tno\tno';

const stepOf = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });

/** The checklist is computed from what is there; the classification comes a moment after the import. */
async function untilDone(page: Page, name: string): Promise<void> {
  for (let attempt = 0; attempt < 60; attempt += 1) {
    await stepOf(page, name).first().waitFor();
    if (await stepOf(page, name).getByText('Done').count() > 0) return;
    await page.waitForResponse((answer) => answer.url().endsWith('/api/v1/onboarding'), { timeout: 1_000 }).catch(() => undefined);
    await page.reload();
  }
  throw new Error(`"${name}" was never done`);
}

describe('the first run', () => {
  const browser = usingBrowser();

  it('leads from nothing to the first classified workload within five minutes, by keyboard alone', async () => {
    const started = Date.now();
    const newcomer = WebPerson.stranger(browser());
    const page = await newcomer.page('/sign-up');
    await tabTo(page, page.getByRole('textbox', { name: 'Name of the organization' }));
    await page.keyboard.type('Northwind');
    await page.keyboard.press('Tab');
    await eventually(async () => { expect(await page.getByRole('combobox', { name: 'Time zone' }).inputValue()).toMatch(/^Europe\/Berlin \(UTC\+0[12]:00\)$/); });
    await tabTo(page, page.getByRole('textbox', { name: 'Your name' }));
    await page.keyboard.type('Ada Lovelace');
    await tabTo(page, page.getByRole('textbox', { name: 'E-mail' }));
    await page.keyboard.type(`ada-${randomUUID().slice(0, 8)}@example.com`);
    await tabTo(page, page.getByRole('textbox', { name: 'Password' }));
    await page.keyboard.type('quiet');
    await page.getByText('7 more to go').waitFor();
    await page.keyboard.type(' lamps dancing');
    await page.getByText('Strong').waitFor();
    await expectAccessible(page, 'sign-up, filled');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'First steps' }).waitFor();
    await expectAccessible(page, 'home of a newcomer');

    await tabTo(page, page.getByRole('link', { name: 'Import a file' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('textbox', { name: 'Paste rows' }));
    await page.keyboard.insertText(ROWS);
    await tabTo(page, page.getByRole('button', { name: 'Check 2 pasted rows' }));
    await page.keyboard.press('Enter');
    await tabTo(page, page.getByRole('button', { name: 'Import 2 workloads' }));
    await page.keyboard.press('Enter');
    await page.getByText('What this import did').waitFor();
    await tabTo(page, page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Home' }));
    await page.keyboard.press('Enter');
    await untilDone(page, 'Classify it');
    expect(Date.now() - started).toBeLessThan(FIVE_MINUTES);
    await eventually(async () => { expect(await stepOf(page, 'Register or import a workload').getByText('Ada Lovelace').count()).toBe(1); });
    await eventually(async () => { expect(await stepOf(page, 'Have somebody answer for it').getByRole('link', { name: 'Name an owner' }).count()).toBe(1); });
    await expectAccessible(page, 'home with a checklist half done');
    await newcomer.leave();
  }, FIVE_MINUTES);

  it('shows what the service says about a field beside the field, and keeps what was typed over a reload', async () => {
    const newcomer = WebPerson.stranger(browser());
    const page = await newcomer.page('/sign-up');
    await page.getByRole('textbox', { name: 'Name of the organization' }).fill('Northwind');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Ada Lovelace');
    await page.getByRole('textbox', { name: 'E-mail' }).fill('ada@example.com');
    await page.getByRole('combobox', { name: 'Time zone' }).fill('Tokyo');
    await page.getByRole('option', { name: /Asia\/Tokyo/ }).click();
    const password = page.getByRole('textbox', { name: 'Password' });
    await password.fill('password1234');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await page.waitForFunction(() => document.activeElement?.getAttribute('type') === 'password' && document.activeElement.getAttribute('aria-invalid') === 'true');
    await expectAccessible(page, 'sign-up, refused');
    await page.reload();
    await page.getByRole('textbox', { name: 'Name of the organization' }).waitFor();
    await eventually(async () => { expect([await page.getByRole('textbox', { name: 'Your name' }).inputValue(), await page.getByRole('combobox', { name: 'Time zone' }).inputValue(), await password.inputValue()]).toEqual(['Ada Lovelace', 'Asia/Tokyo (UTC+09:00)', '']); });
    await newcomer.leave();
  }, MINUTE);

  it('brings sample data with one click, takes it away with one click, and asks about what was worked on', async () => {
    const ada = await WebPerson.signUp(browser());
    const page = await ada.page('/');
    await page.getByRole('button', { name: 'Add sample data' }).click();
    await page.getByRole('link', { name: '12 made-up workloads' }).waitFor({ timeout: 60_000 });
    await eventually(async () => { expect(await page.getByText('0 of 5 done.').count()).toBe(1); });
    await expectAccessible(page, 'home with sample data');
    const { items } = await ada.api.must<{ items: { stage: string | null }[] }>(200, 'GET', '/workloads?limit=50');
    expect(new Set(items.map(({ stage }) => stage))).toEqual(new Set(['experiment', 'pilot', 'production']));

    await ada.api.must(200, 'PATCH', '/workloads/SAMPLE-LABEL-READER', { purpose: 'Reads our own labels' }, { 'if-match': '*' });
    await page.getByRole('button', { name: 'Remove sample data' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove the sample data?' });
    await dialog.getByText('SAMPLE-LABEL-READER').waitFor();
    await expectAccessible(page, 'what to do with changed sample workloads');
    await dialog.getByRole('radio', { name: 'Remove them too' }).check();
    await dialog.getByRole('button', { name: 'Remove sample data' }).click();
    await page.getByRole('button', { name: 'Add sample data' }).waitFor({ timeout: 60_000 });
    await eventually(async () => { expect((await ada.api.must<{ items: unknown[] }>(200, 'GET', '/workloads')).items).toEqual([]); });
    await eventually(async () => { expect((await ada.api.must<{ items: unknown[] }>(200, 'GET', '/evidence')).items).toEqual([]); });
    await ada.leave();
  }, 2 * MINUTE);

  it('is put away by each member and can be brought back', async () => {
    const ada = await WebPerson.signUp(browser());
    const page = await ada.page('/');
    await page.getByRole('button', { name: 'Put the first steps away' }).click();
    await page.getByText('First steps: 0 of 5 done').waitFor();
    // It is shown before it is saved.
    await settled(page);
    await page.reload();
    await page.getByRole('button', { name: 'Show them' }).click();
    await page.getByRole('heading', { name: 'First steps' }).waitFor();
    await ada.leave();
  }, MINUTE);

  it('is one line once everything is done, until that is put away', async () => {
    const ada = await WebPerson.signUp(browser());
    const { key } = await ada.api.must<{ key: string }>(201, 'POST', '/workloads', { name: 'Support bot', kind: 'agent', purpose: 'Answers', team: 'Ops', riskOwner: ada.email, processesRealData: 'yes', handlesPii: 'yes', executesTools: 'no', riskTier: 'low', riskTierRationale: 'Drafts' });
    await ada.api.must(200, 'POST', `/workloads/${key}/owners/risk_owner/accept`, {});
    await ada.api.must(201, 'POST', '/evidence', { kind: 'link', title: 'Model card', url: 'https://wiki.example/card', links: [{ workload: key }] });
    await ada.api.send('POST', `/workloads/${key}/classification`, {});
    await ada.api.must(201, 'POST', '/reviews', { workload: key, reason: 'First look' });
    const page = await ada.page('/');
    await page.getByText('First steps: all 5 done.').waitFor();
    await eventually(async () => { expect([await page.getByRole('heading', { name: 'First steps' }).count(), await page.getByRole('button', { name: 'Add sample data' }).count()]).toEqual([0, 0]); });
    await expectAccessible(page, 'home with every first step done');
    await page.getByRole('button', { name: 'Put the first steps away' }).click();
    await page.getByText('First steps: all 5 done.').waitFor({ state: 'detached' });
    await ada.leave();
  }, MINUTE);

  it('lets an invited person in with a password of their own, once', async () => {
    const ada = await WebPerson.signUp(browser(), { organization: 'Northwind Insurance' });
    const email = `grace-${randomUUID().slice(0, 8)}@example.com`;
    const { token } = await ada.api.must<{ token: string }>(201, 'POST', '/invitations', { email, role: 'contributor' });
    const guest = WebPerson.stranger(browser());
    const page = await guest.page(`/invitations/${token}`);
    await page.getByRole('heading', { name: 'Join Northwind Insurance' }).waitFor();
    await page.getByText(email).waitFor();
    await expectAccessible(page, 'invitation');
    await page.getByRole('textbox', { name: 'Your name' }).fill('Grace Hopper');
    await page.getByRole('textbox', { name: 'Choose a password' }).fill('slow rivers humming');
    await page.getByRole('button', { name: 'Accept the invitation' }).click();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    await page.goto(page.url().replace(/\/[^/]*$/, `/invitations/${token}`));
    await page.getByRole('heading', { name: 'This invitation is not valid any more' }).waitFor();
    await expectAccessible(page, 'used invitation');
    await guest.leave();
    await ada.leave();
  }, MINUTE);

  it('says why a sign-in failed, and ends every session with "Sign out everywhere"', async () => {
    const ada = await WebPerson.signUp(browser());
    const page = await WebPerson.stranger(browser()).page('/sign-in');
    await page.getByRole('textbox', { name: 'E-mail' }).fill(ada.email);
    await page.getByRole('textbox', { name: 'Password' }).fill('not the password');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await eventually(async () => { expect(await page.getByRole('textbox', { name: 'E-mail' }).inputValue()).toBe(ada.email); });
    await expectAccessible(page, 'sign-in, refused');
    await page.getByRole('textbox', { name: 'Password' }).fill(ada.password);
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Account' }).click();
    await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
    await page.waitForURL('**/sign-in');
    await eventually(async () => { expect((await ada.api.send('GET', '/me')).status).toBe(401); });
    await page.context().close();
    await ada.leave();
  }, MINUTE);
});
