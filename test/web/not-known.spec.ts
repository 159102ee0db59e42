import { beforeAll, describe, expect, it } from '@jest/globals';
import { eventually } from './eventually.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

describe('what the page of a workload does not know', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    const grace = await ada.invite('admin', 'Grace Hopper');
    await ada.api.must(201, 'POST', '/workloads', { key: 'SEEN-BOT', name: 'Seen bot', kind: 'agent', purpose: 'Answers customers', team: 'Support', processesRealData: 'no', executesTools: 'no', riskOwner: ada.email });
    await ada.api.must(200, 'PUT', '/workloads/SEEN-BOT/domain-owners/psf-1.1/PSF-7', { email: grace.email, position: 'owner' });
  });

  it('is a stage that could not be read, and is not told as "not classified"', async () => {
    const page = await ada.page('/');
    await page.route(/\/api\/v1\/workloads\/SEEN-BOT\/classification$/, (route) => route.fulfill({ status: 200, contentType: 'text/plain', body: 'not an answer' }));
    await page.goto(new URL('/workloads/SEEN-BOT/classification', page.url()).href);
    await page.getByText('The classification could not be read').waitFor();
    await page.getByText('Stage could not be read').waitFor();
    await eventually(async () => { expect(await page.getByText(/Not classified/).count()).toBe(0); });
    await page.unroute(/\/api\/v1\/workloads\/SEEN-BOT\/classification$/);
    await page.getByRole('button', { name: 'Try again' }).first().click();
    await page.getByRole('button', { name: /Stage:/ }).waitFor();
    await ada.leave();
  });

  it('is said on paper: what was answered, and what had not been read; also where a browser never tells that it is idle', async () => {
    const page = await ada.page('/');
    await page.addInitScript(() => { Reflect.deleteProperty(window, 'requestIdleCallback'); });
    await page.route(/\/api\/v1\/workloads\/SEEN-BOT\/coverage/, () => undefined);
    await page.goto(new URL('/workloads/SEEN-BOT', page.url()).href);
    await page.getByRole('button', { name: 'More about SEEN-BOT' }).waitFor();
    await page.emulateMedia({ media: 'print' });
    const sheet = page.getByTestId('print-sheet');
    await sheet.getByText('Not on this sheet: it had not been read').waitFor();
    await sheet.getByRole('row', { name: /PSF-7 \w+.*Grace Hopper.*Asked/ }).waitFor();
    await ada.leave();
  });
});
