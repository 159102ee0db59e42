import { beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

describe('an export', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    const { member } = await ada.api.get<{ member: { id: string } }>('/me');
    await ada.api.must(201, 'POST', '/workloads', { name: 'Claims triage', purpose: 'Sorts claims', kind: 'agent', team: 'Claims', riskOwner: member.id, processesRealData: 'yes' });
  });

  it('reaches somebody who has gone on to another page while it was written', async () => {
    const page = await ada.page('/inventory');
    await page.getByRole('link', { name: 'CLAIMS-TRIAGE' }).waitFor();
    // The end of the work is told only after the page was left.
    let left: () => void = () => undefined;
    const gone = new Promise<void>((resolve) => { left = resolve; });
    await page.route('**/workload-exports/*/events*', async (route) => { await gone; await route.continue(); });
    await page.getByRole('button', { name: 'Export' }).click();
    const asked = page.waitForRequest('**/workload-exports/*/events*');
    await page.getByRole('menuitem', { name: /CSV/ }).click();
    await asked;
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reviews' }).click();
    await page.getByRole('heading', { name: 'Reviews', level: 1 }).waitFor();
    const file = page.waitForEvent('download');
    left();
    expect(await readFile(await (await file).path(), 'utf8')).toContain('Claims triage');
    await page.getByText('1 row is in the file').waitFor();
    await ada.leave();
  });
});
