import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

interface Listed { items: { action: string; reason: string | null; actor: { name: string }; object: { id: string }; payload: Record<string, unknown> }[] }

describe('the proof of a trail entry', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    await ada.api.must(201, 'POST', '/workloads', { key: 'TRAIL-BOT', name: 'Trail bot', kind: 'agent', purpose: 'Answers customers', team: 'Support', riskOwner: ada.email, processesRealData: 'no', executesTools: 'no' });
  });

  it('covers every byte that the page shows: payload, actor, reason and object', async () => {
    for (const purpose of ['Answers', 'Answers and asks', 'Answers nobody']) await ada.api.must(200, 'PATCH', '/workloads/TRAIL-BOT', { purpose }, { 'if-match': '*' });
    const page = await ada.page('/workloads/TRAIL-BOT/trail');
    const registered = page.getByRole('button', { name: /inventory\.workload\.registered/ });
    await registered.getByText(/^#\d+$/).waitFor();
    await registered.click();
    await page.getByText('Proven in this browser').waitFor();
    await eventually(async () => { expect(await page.getByRole('region', { name: 'Proof' }).getByText('passed').count()).toBe(6); });

    // Authentic proofs beside entries of which the list shows something else, one thing each, newest first.
    const forgeries: readonly ((entry: Listed['items'][number]) => Listed['items'][number])[] = [
      (shown) => ({ ...shown, payload: JSON.parse(JSON.stringify(shown.payload).replace('nobody', 'nobodz')) as Record<string, unknown> }),
      (shown) => ({ ...shown, actor: { ...shown.actor, name: `${shown.actor.name.slice(0, -1)}~` } }),
      (shown) => ({ ...shown, reason: 'because' }),
      (shown) => ({ ...shown, object: { ...shown.object, id: `${shown.object.id.slice(0, -1)}x` } }),
    ];
    await page.route(/\/api\/v1\/trail\?/, async (route) => {
      const response = await route.fetch();
      const list = await response.json() as Listed;
      const about = list.items.filter(({ action }) => action.startsWith('inventory.workload.'));
      expect(about).toHaveLength(forgeries.length);
      await route.fulfill({ response, json: { ...list, items: about.map((shown, index) => forgeries[index]?.(shown) ?? shown) } });
    });
    await page.reload();
    const rows = page.getByRole('button', { name: /inventory\.workload\./ });
    await registered.getByText(/^#\d+$/).waitFor();
    for (let index = 0; index < forgeries.length; index += 1) {
      await rows.nth(index).click();
      const proof = page.getByRole('region', { name: 'Proof' }).nth(index);
      await proof.getByText('The proof does not hold').waitFor();
      await eventually(async () => { expect([await proof.getByText('failed').count(), await proof.getByText('passed').count()]).toEqual([1, 5]); });
    }
    await ada.leave();
  });
});
