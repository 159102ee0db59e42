import { describe, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import { form } from '../e2e/person.js';
import { colleagues } from './colleagues.js';
import { eventually } from './eventually.js';
import { focusInside } from './keyboard.js';
import { settled } from './settled.js';

describe('drafts', () => {
  const here = colleagues('admin');
  const register = (key: string) => here.ada.api.must(201, 'POST', '/workloads', { key, name: `Bot ${key}`, kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner: here.ada.email, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', riskTier: 'low', riskTierRationale: 'Agreed' });
  const evidence = async (title: string): Promise<string> => {
    return (await here.ada.api.must<{ id: string }>(201, 'POST', '/evidence', form('report.txt', 'text/plain', title, { kind: 'document', title }))).id;
  };
  /** Types into a field of a dialog, loads the page again, opens the dialog again, and finds it. */
  const survives = async (page: Page, open: () => Promise<void>, field: Locator, words: string): Promise<void> => {
    await open();
    await field.fill(words);
    await page.reload();
    await open();
    await eventually(async () => { expect(await field.inputValue()).toBe(words); });
  };

  it('of a decision, of a version and of links survive a reload', async () => {
    const id = await evidence('Report of spring');
    const page = await here.grace.page(`/evidence/${id}`);
    await survives(page, () => page.getByRole('button', { name: 'Reject evidence' }).click(), page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }), 'It is about another system');
    const own = await here.ada.page(`/evidence/${id}`);
    await survives(own, () => own.getByRole('button', { name: 'New version' }).click(), own.getByRole('dialog').getByRole('textbox', { name: 'Notes for the reviewer' }), 'Now with the second half');
  });

  it('of a fact, an owner, a grant and a relation survive a reload', async () => {
    await register('DRAFT-BOT');
    await register('OTHER-BOT');
    const page = await here.ada.page('/workloads/DRAFT-BOT/components');
    await survives(page, () => page.getByRole('button', { name: 'Grant a tool' }).first().click(), page.getByRole('dialog').getByRole('textbox', { name: 'Tool' }), 'Refund API');
    await focusInside(page.getByRole('dialog'));
    await page.keyboard.press('Escape');
    await survives(page, () => page.getByRole('button', { name: 'Relate a workload' }).first().click(), page.getByRole('dialog').getByRole('textbox', { name: 'Note' }), 'Every night');
    await page.goto(new URL('/workloads/DRAFT-BOT/owners', page.url()).href);
    const open = async (): Promise<void> => {
      await page.getByRole('button', { name: /^Propose/ }).first().click();
      await page.getByRole('dialog').getByText('Somebody else, by e-mail').click();
    };
    await survives(page, open, page.getByRole('dialog').getByRole('textbox', { name: 'E-mail address' }), 'linus@example.com');
  });

  it('narrow reviews to a workload without losing a letter of its key', async () => {
    await register('NARROW-BOT');
    const page = await here.ada.page('/reviews');
    const field = page.getByRole('combobox', { name: 'Key of the workload' });
    await page.getByRole('grid', { name: 'Reviews' }).waitFor();
    await page.keyboard.press('/');
    // Slower than the pause after which a search is made.
    await page.keyboard.type('NARROW-BOT', { delay: 120 });
    await eventually(async () => { expect(await field.inputValue()).toBe('NARROW-BOT'); });
    await eventually(async () => { expect(await field.evaluate((element) => element === document.activeElement)).toBe(true); });
    await eventually(async () => { expect(await page.getByText('No workload has this key').count()).toBe(0); });
    await page.getByRole('option', { name: /NARROW-BOT/ }).click();
    await page.waitForURL((url) => url.searchParams.get('filter[workload]') === 'NARROW-BOT');
    await page.goBack();
    await page.goForward();
    await settled(page);
    await field.fill('NOBODY-BOT');
    await page.keyboard.press('Enter');
    await page.getByText('No workload has this key').waitFor();
    await field.fill('');
    await page.waitForURL((url) => !url.searchParams.has('filter[workload]'));
  });

  it('of an action keep what was touched, and merge what somebody else changed', async () => {
    await register('ACTION-BOT');
    await here.ada.api.must(200, 'POST', '/workloads/ACTION-BOT/owners/risk_owner/accept');
    await here.ada.api.must(201, 'POST', '/workloads/ACTION-BOT/classification');
    const { id } = await here.ada.api.must<{ id: string }>(201, 'POST', '/reviews', { workload: 'ACTION-BOT', reason: 'The vendor changed' });
    const review = await here.ada.api.must<{ template: { questions: { id: string }[] } }>(200, 'POST', `/reviews/${id}/start`);
    const me = (await here.ada.api.get<{ member: { id: string } }>('/me')).member.id;
    await here.ada.api.must(200, 'POST', `/reviews/${id}/submit`, { answers: review.template.questions.map((question) => ({ questionId: question.id, answer: 'yes' })), changes: ['Terms'], outcome: 'continue', findings: [{ severity: 'medium', title: 'Rotate the key', ownerMemberId: me, dueAt: '2030-01-01T00:00:00Z' }] });
    const find = async () => (await here.ada.api.get<{ items: { id: string; note: string | null; status: string; dueAt: string }[] }>('/actions?filter[workload]=ACTION-BOT')).items[0];
    const action = await find();
    const page = await here.ada.page('/actions');
    const dialog = page.getByRole('dialog', { name: 'Action' });
    const open = async (): Promise<void> => {
      await page.getByRole('row', { name: /Rotate the key/ }).getByText('Rotate the key').click();
      await page.keyboard.press('o');
      await dialog.getByLabel('Note').waitFor();
    };
    await open();
    await dialog.getByLabel('Note').fill('Half done');
    await here.ada.api.must(200, 'PATCH', `/actions/${action?.id}`, { status: 'in_progress' }, { 'if-match': '*' });
    // The address has the dialog: it opens by itself.
    await page.reload();
    await dialog.getByText('This is what you typed before').waitFor();
    await eventually(async () => { expect(await dialog.getByLabel('Note').inputValue()).toBe('Half done'); });
    await eventually(async () => { expect(await dialog.getByRole('combobox', { name: 'State' }).inputValue()).toBe('In progress'); });
    await dialog.getByRole('button', { name: 'Save the action' }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => { expect(await find()).toMatchObject({ note: 'Half done', status: 'in_progress' }); });
    // The same field: both versions are shown.
    await open();
    await dialog.getByLabel('Note').fill('All done');
    await here.ada.api.must(200, 'PATCH', `/actions/${action?.id}`, { note: 'Given to Grace' }, { 'if-match': '*' });
    await dialog.getByRole('button', { name: 'Save the action' }).click();
    await dialog.getByRole('table', { name: 'Both versions' }).getByText('Given to Grace').waitFor();
    await eventually(async () => { expect(await find()).toMatchObject({ note: 'Given to Grace' }); });
    await dialog.getByRole('button', { name: 'Keep mine' }).click();
    await dialog.getByRole('button', { name: 'Save the action' }).click();
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => { expect(await find()).toMatchObject({ note: 'All done' }); });
  });
});
