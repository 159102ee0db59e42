import { describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { colleagues } from './colleagues.js';
import { eventually } from './eventually.js';
import { focusInside } from './keyboard.js';
import { Relay } from './relay.js';
import { webUrl } from './web-person.js';

describe('home and inbox', () => {
  const here = colleagues('risk_owner');
  let made = 0;

  /** A workload of which somebody is asked to be the risk owner. */
  const workload = async (riskOwner: string): Promise<string> => {
    made += 1;
    const key = `HOME-${made}`;
    await here.ada.api.must(201, 'POST', '/workloads', { key, name: `Home bot ${made}`, kind: 'agent', purpose: 'Answers', team: 'Support', riskOwner, processesRealData: 'yes', handlesPii: 'no', executesTools: 'no', riskTier: 'low', riskTierRationale: 'Small' });
    return key;
  };

  it('tells somebody who owns nothing that nothing waits, and that the figures are everybody\'s', async () => {
    const page = await here.ada.page('/');
    await page.getByText('Nothing waits for you.').waitFor();
    await page.getByText('You answer for no workload').waitFor();
    await page.getByText('Nothing was due yet').waitFor();
    await expectAccessible(page, 'home of a newcomer');
  }, 60_000);

  it('asks an owner for their answer, and is about their workloads from then on', async () => {
    const key = await workload(here.grace.email);
    const page = await here.grace.page('/');
    await page.getByRole('heading', { name: /You are asked to answer for/ }).waitFor();
    await expectAccessible(page, 'home with something to answer');
    await page.getByRole('button', { name: `Accept for ${key}: Risk owner` }).click();
    await page.getByText(`You answer for ${key} now.`).waitFor();
    await page.getByText('About the workloads you answer for.').waitFor();
    await here.grace.api.must(201, 'POST', `/workloads/${key}/classification`);
    await page.reload();
    const block = page.getByRole('region', { name: /On the way to the next stage/ });
    await block.getByText('Missing: somebody who has accepted to be').first().waitFor();
    await block.getByRole('link', { name: /On the way to the next stage/ }).click();
    await page.waitForURL('**/gaps**');
    await page.getByRole('link', { name: new RegExp(`^${key}`) }).first().waitFor();
    await page.getByText('Missing: somebody who has accepted to be').first().waitFor();
    await expectAccessible(page, 'gaps of my workloads');
  });

  /** Ada completes a review with a finding for Grace, who is told. @returns its title */
  const finding = async (title: string): Promise<string> => {
    const key = await workload(here.ada.email);
    const review = await here.ada.api.must<{ id: string }>(201, 'POST', '/reviews', { workload: key, reason: 'The vendor changed its terms' });
    const started = await here.ada.api.must<{ template: { questions: { id: string }[] } }>(200, 'POST', `/reviews/${review.id}/start`);
    await here.ada.api.must(200, 'POST', `/reviews/${review.id}/submit`, {
      answers: started.template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' })), changes: ['New terms'], outcome: 'continue',
      findings: [{ severity: 'high', title, ownerMemberId: (await here.grace.api.get<{ member: { id: string } }>('/me')).member.id, dueAt: new Date(Date.now() + 86_400_000).toISOString() }],
    });
    return title;
  };

  it('shows what arrives while one looks, without anything being pressed', async () => {
    await here.grace.api.must(200, 'POST', '/notifications/read-all');
    const page = await here.grace.page('/inbox');
    await page.getByText('Nothing unread').waitFor();
    await page.getByRole('button', { name: 'Inbox', exact: true }).waitFor();
    const title = await finding('Read the new terms');
    await page.getByRole('button', { name: 'Inbox, 1 unread' }).waitFor();
    await page.getByRole('list', { name: 'Notifications' }).getByRole('link', { name: new RegExp(title) }).waitFor();
    await page.getByRole('button', { name: 'Mark all as read' }).click();
    await page.getByText('Nothing unread').waitFor();
    await page.getByRole('button', { name: 'Inbox', exact: true }).waitFor();
  }, 60_000);

  it('opens the newest from the bar by keys, which reads it and leads to what it is about', async () => {
    await here.grace.api.must(200, 'POST', '/notifications/read-all');
    const title = await finding('Ask for the new key');
    const page = await here.grace.page('/actions');
    await page.getByRole('button', { name: 'Inbox, 1 unread' }).focus();
    await page.keyboard.press('Enter');
    const menu = page.getByRole('dialog', { name: 'Inbox' });
    await menu.getByRole('link', { name: new RegExp(`Unread: .*${title}`) }).waitFor();
    await focusInside(menu);
    await expectAccessible(page, 'inbox menu');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'hidden' });
    await focusInside(page.getByRole('button', { name: 'Inbox, 1 unread' }));
    await page.keyboard.press('Enter');
    await menu.getByRole('link', { name: new RegExp(title) }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog', { name: 'Action' }).getByText(title, { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Inbox', exact: true, includeHidden: true }).waitFor({ state: 'attached' });
  }, 60_000);

  it('says that the connection is lost, and heals by itself with what was missed', async () => {
    const relay = await Relay.to(webUrl());
    try {
      await here.grace.api.must(200, 'POST', '/notifications/read-all');
      const page = await here.grace.page('/');
      await page.goto(`${relay.url}/inbox`);
      await page.getByText('Nothing unread').waitFor();
      await page.getByRole('button', { name: 'Inbox', exact: true }).waitFor();
      relay.pull();
      await page.getByText('Reconnecting').waitFor();
      const key = await workload(here.grace.email);
      await here.ada.api.must(200, 'PUT', `/workloads/${key}/owners/on_call`, { memberId: (await here.grace.api.get<{ member: { id: string } }>('/me')).member.id });
      relay.plug();
      await page.getByText('Reconnecting').waitFor({ state: 'hidden' });
      // She is told a moment after she was asked: once that has come, the page knows it without being asked.
      await eventually(async () => {
        const { total } = await here.grace.api.get<{ total: number }>('/notifications?filter[read]=false&count=true&limit=1');
        expect(total).toBeGreaterThan(0);
        expect(await page.getByRole('button', { name: `Inbox, ${total} unread`, exact: true }).count()).toBe(1);
      });
      // What the pulled cable interrupted is reported by the browser, and is the subject here.
      await page.context().close();
      expect(here.grace.complaints.splice(0).filter((complaint) => !/net::ERR_|\[vite\]|WebSocket/.test(complaint))).toEqual([]);
    } finally {
      await relay.close();
    }
  }, 60_000);
});
