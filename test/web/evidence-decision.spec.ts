import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { submit, usingEvidence, type Item } from './evidence-page.js';
import { focusInside } from './keyboard.js';
import { Relay } from './relay.js';
import { settled } from './settled.js';
import { WebPerson, webUrl } from './web-person.js';

/** States that have a screen in screens/evidence.screens.ts are looked at for barriers there; the others here. */
describe('deciding about evidence', () => {
  const here = usingEvidence();

  it('goes by keyboard alone: next, accept, reject with a reason; and says why one may not decide one\'s own', async () => {
    const colleague = await WebPerson.signUp(here.browser, { name: 'Ada Queue', organization: 'Queue' });
    const reviewer = await colleague.invite('admin', 'Grace Queue');
    await colleague.api.must(201, 'POST', '/workloads', { key: 'QUEUED', name: 'Queued', kind: 'agent', purpose: 'x', team: 'x', processesRealData: 'no', riskOwner: colleague.email });
    const first = await submit(colleague, 'First of three', { links: [{ workload: 'QUEUED', criterion: null }] });
    const second = await submit(colleague, 'Second of three');
    const third = await submit(colleague, 'Third of three');
    const own = await submit(reviewer, 'My own');
    const statusOf = async (id: string): Promise<string> => (await colleague.api.get<Item>(`/evidence/${id}`)).status;

    const page = await reviewer.page('/evidence/queue');
    await page.getByRole('heading', { name: 'First of three' }).waitFor();
    await page.getByRole('link', { name: /^Waiting for my decision\s*3$/ }).waitFor();
    await page.getByRole('row', { name: /The workload only/ }).waitFor();
    await page.keyboard.press('j');
    await page.getByRole('heading', { name: 'Second of three' }).waitFor();
    await page.getByRole('status').getByText('2 of 3: Second of three').waitFor({ state: 'attached' });
    await page.keyboard.press('k');
    await page.getByRole('heading', { name: 'First of three' }).waitFor();
    await page.keyboard.press('a');
    await focusInside(page.getByRole('dialog', { name: 'Accept version 1' }));
    await expectAccessible(page, 'acceptance');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Second of three' }).waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await eventually(async () => { expect(await statusOf(first)).toBe('accepted'); });
    await page.keyboard.press('r');
    const dialog = page.getByRole('dialog', { name: 'Reject version 1' });
    await focusInside(dialog);
    await page.keyboard.press('Control+Enter');
    await dialog.getByText('Say why it is rejected.').waitFor();
    await page.keyboard.type('It is about another system');
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: 'Third of three' }).waitFor();
    await dialog.waitFor({ state: 'detached' });
    await eventually(async () => { expect(await statusOf(second)).toBe('rejected'); });
    await page.keyboard.press('a');
    await focusInside(page.getByRole('dialog', { name: 'Accept version 1' }));
    await page.keyboard.press('Enter');
    await page.getByText('Nothing waits for your decision').waitFor();
    await eventually(async () => { expect(await statusOf(third)).toBe('accepted'); });

    await page.getByRole('link', { name: /^Submitted by me/ }).click();
    await page.getByRole('heading', { name: 'My own' }).waitFor();
    await page.getByText('You submitted this version. Four eyes: somebody else who may decide has to.').first().waitFor();
    await eventually(async () => { expect(await page.getByRole('button', { name: /^Accept evidence/ }).getAttribute('aria-disabled')).toBe('true'); });
    await page.keyboard.press('a');
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect(await statusOf(own)).toBe('submitted');
    await expectAccessible(page, 'my own in the queue');

    await colleague.api.must(201, 'POST', `/evidence/${third}/links`, { links: [{ workload: 'QUEUED' }] });
    await page.goto(page.url().replace(/\?.*/, '?list=links'));
    await page.getByRole('button', { name: 'Accept link QUEUED' }).click();
    await focusInside(page.getByRole('dialog', { name: 'Accept link' }));
    await page.keyboard.press('Enter');
    await page.getByText('No links wait for you').waitFor();

    const [link] = (await colleague.api.must<{ items: { id: string }[] }>(201, 'POST', `/evidence/${third}/links`, { links: [{ workload: 'QUEUED', criterion: `${here.edition}/PSF-1.1` }] })).items;
    await page.reload();
    await page.getByRole('button', { name: /^Reject link QUEUED/ }).click();
    const rejection = page.getByRole('dialog', { name: 'Reject link' });
    await rejection.getByRole('button', { name: 'Reject link' }).click();
    await rejection.getByText('Say why it is rejected.').waitFor();
    await expectAccessible(page, 'rejection of a link');
    await rejection.getByRole('textbox', { name: 'Reason' }).fill('It says nothing about inputs');
    await page.keyboard.press('Control+Enter');
    await page.getByText('No links wait for you').waitFor();
    const { links } = await colleague.api.get<{ links: { id: string; status: string; decision: { comment: string | null } | null }[] }>(`/evidence/${third}`);
    expect(links.find(({ id }) => id === link?.id)).toMatchObject({ status: 'rejected', decision: { comment: 'It says nothing about inputs' } });
    const theirs = await colleague.page(`/evidence/${third}`);
    await theirs.getByRole('row', { name: /PSF-1\.1.*Rejected by Grace Queue.*It says nothing about inputs/ }).waitFor();
    await colleague.leave();
    await reviewer.leave();
  }, 90_000);

  it('arrives although the page is closed right after the key, and is asked about where the browser can ask', async () => {
    const author = await WebPerson.signUp(here.browser, { name: 'Ada Slow', organization: 'Slow line' });
    const reviewer = await author.invite('admin', 'Grace Slow');
    const gone = await submit(author, 'Sent and gone');
    const kept = await submit(author, 'Sent and asked');
    const statusOf = async (id: string): Promise<string> => (await author.api.get<Item>(`/evidence/${id}`)).status;
    const relay = await Relay.to(webUrl());
    try {
      const page = await reviewer.page('/evidence/queue');
      const decide = async (title: string): Promise<void> => {
        relay.release();
        await page.goto(`${relay.url}/evidence/queue`);
        await page.getByRole('heading', { name: title }).waitFor();
        await settled(page);
        await page.keyboard.press('a');
        await page.getByRole('dialog', { name: 'Accept version 1' }).getByRole('button', { name: /^Accept evidence/ }).and(page.locator(':focus')).waitFor();
        relay.hold();
      };
      await decide('Sent and gone');
      const asked = page.waitForEvent('dialog');
      await page.keyboard.press('Enter');
      await page.close({ runBeforeUnload: true });
      const question = await asked;
      expect([question.type(), await statusOf(gone)]).toEqual(['beforeunload', 'submitted']);
      await question.dismiss();
      relay.release();
      await page.getByRole('heading', { name: 'Sent and asked' }).waitFor();
      await eventually(async () => { expect(await statusOf(gone)).toBe('accepted'); });

      await decide('Sent and asked');
      await page.keyboard.press('Enter');
      await page.close();
      expect(await statusOf(kept)).toBe('submitted');
      // Time for the browser to take back what it does not keep.
      await new Promise((resolve) => { setTimeout(resolve, 1_000); });
      relay.release();
      await eventually(async () => { expect(await statusOf(kept)).toBe('accepted'); });
      await reviewer.leave();
    } finally {
      await relay.close();
    }
  }, 60_000);

  it('shows both decisions when somebody else was faster', async () => {
    const id = await submit(here.ada, 'Decided by two');
    const second = await here.ada.invite('admin', 'Alan Turing');
    const page = await here.grace.page(`/evidence/${id}`);
    await page.getByRole('button', { name: 'Reject evidence' }).click();
    await page.getByRole('dialog').getByRole('textbox', { name: 'Reason' }).fill('Too old');
    await second.api.must(200, 'POST', `/evidence/${id}/versions/1/decision`, { decision: 'accept', comment: 'Read it' });
    await page.keyboard.press('Control+Enter');
    const both = page.getByRole('dialog', { name: 'Somebody else has decided already' });
    await both.getByRole('row', { name: /Decision Awaiting decision Accepted Rejected/ }).waitFor();
    await both.getByRole('row', { name: /Reason Read it Too old/ }).waitFor();
    await expectAccessible(page, 'both decisions');
    await both.getByRole('button', { name: 'Go on' }).click();
    await page.getByRole('list', { name: 'Versions, newest first' }).getByText('Accepted by Alan Turing').waitFor();
  });

  it('explains to who may not decide which permission is missing', async () => {
    await submit(here.ada, 'For somebody else');
    const contributor = await here.ada.invite('contributor', 'Con Tributor');
    const page = await contributor.page('/evidence/queue');
    await page.getByText('Needs the permission evidence:version:review.', { exact: false }).first().waitFor();
    await contributor.leave();
  });
});
