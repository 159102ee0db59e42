import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { launchChromium } from './chromium.js';
import { WebPerson, webUrl } from './web-person.js';

describe('the frame', () => {
  let browser: Browser;
  let ada: WebPerson;
  beforeAll(async () => {
    browser = await launchChromium();
    ada = await WebPerson.signUp(browser);
  });
  afterAll(async () => { await browser.close(); });

  it('asks who is not known to sign in, and brings them back to where they wanted to go', async () => {
    const stranger = WebPerson.stranger(browser);
    const page = await stranger.page('/settings/profile');
    await page.waitForURL('**/sign-in?returnTo=**');
    // Whichever request was refused first: of the page that was there, or of the one that was asked for.
    const returnTo = new URL(page.url()).searchParams.get('returnTo') ?? '';
    expect(returnTo).toMatch(/^\/(inventory\?filter|evidence)/);
    await expectAccessible(page, 'sign-in');
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(ada.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/settings/profile');
    await stranger.leave();
  });

  it('finds every act with Ctrl-K, and moves by keys', async () => {
    const page = await ada.page('/');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inventory' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search and commands' }).fill('dark');
    await page.getByRole('button', { name: 'Dark colours' }).waitFor();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => document.documentElement.dataset.mantineColorScheme === 'dark');
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL('**/inventory');
    await page.keyboard.press('?');
    await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor();
    await expectAccessible(page, 'shortcut sheet');
    await ada.leave();
  });

  it('tints the frame in the past, names the zone, and comes back', async () => {
    const page = await ada.page('/');
    await page.getByRole('button', { name: 'Look at the past' }).click();
    await page.getByLabel('As known on').fill('2026-06-30T09:00');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.getByText('As known on 30 Jun 2026, 09:00 Europe/Berlin.').waitFor();
    expect(new URL(page.url()).searchParams.get('asOf')).toBe('2026-06-30T07:00:00Z');
    await expectAccessible(page, 'the past');
    await page.getByRole('button', { name: 'Return to now' }).first().click();
    await page.waitForFunction(() => !location.search.includes('asOf'));
    await ada.leave();
  });

  it('is served under a policy without inline scripts and with a fresh nonce, and asks nobody else for anything', async () => {
    const [first, second] = await Promise.all([fetch(webUrl()), fetch(`${webUrl()}/inventory`)]);
    const policyOf = (response: Response): string => response.headers.get('content-security-policy') ?? '';
    expect(policyOf(first)).toMatch(/default-src 'none'; script-src 'self' 'nonce-[A-Za-z0-9+/=]{24}'; style-src 'self' 'nonce-/);
    expect(policyOf(first)).not.toContain('unsafe');
    expect(policyOf(first)).not.toBe(policyOf(second));
    const page = await ada.page('about:blank'.slice(0, 0));
    const asked = new Set<string>();
    page.on('request', (request) => { if (!/^(data|blob):/.test(request.url())) asked.add(new URL(request.url()).origin); });
    await page.reload();
    await page.getByRole('navigation', { name: 'Main' }).waitFor();
    expect([...asked]).toEqual([new URL(webUrl()).origin]);
    expect(await page.evaluate(() => Object.entries(localStorage).filter(([, value]) => /session|token|roster_[a-z0-9]+_/i.test(value)))).toEqual([]);
    await ada.leave();
  });

  it('leads to the sign-in when the session has ended, and back to the same page afterwards', async () => {
    const grace = await ada.invite('contributor');
    const page = await grace.page('/inventory?filter[stage]=pilot');
    await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
    await grace.api.must(204, 'DELETE', '/sessions/current');
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await page.waitForURL('**/sign-in?returnTo=**');
    // Whichever request was refused first: of the page that was there, or of the one that was asked for.
    const returnTo = new URL(page.url()).searchParams.get('returnTo') ?? '';
    expect(returnTo).toMatch(/^\/(inventory\?filter|evidence)/);
    await page.getByLabel('E-mail').fill(grace.email);
    await page.getByRole('textbox', { name: 'Password' }).fill(grace.password);
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === new URL(returnTo, webUrl()).pathname);
    await page.getByRole('heading', { name: /^(Inventory|Evidence)$/, level: 1 }).waitFor();
    await grace.leave();
  });

  it('answers an unknown address with a way back', async () => {
    const page = await ada.page('/no/such/place');
    await page.getByText('There is nothing at this address').waitFor();
    expect((await fetch(`${webUrl()}/api/v1/nothing`)).headers.get('content-type')).toContain('problem+json');
    expect((await fetch(`${webUrl()}/assets/nothing.js`)).status).toBe(404);
    await ada.leave();
  });
});
