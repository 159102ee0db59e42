import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { eventually } from './eventually.js';
import { settled } from './settled.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

const PAGES = join(import.meta.dirname, '../../apps/web/src/pages/_app');
/** Every address behind the sign-in that needs no id. */
const ADDRESSES = readdirSync(PAGES).map((file) => `/${file.replace(/\.tsx$/, '').replace(/(^|\.)index$/, '').replaceAll('.', '/')}`).filter((path) => !path.includes('$') && path !== '/settings').sort();
/** Those that answer for the past; every other page has to say that it shows now. */
const KNOW_THE_PAST = ['/inventory', '/reviews', '/reviews/calendar'];
const PARTLY = ['/portfolio'];

const asOfOf = (page: Page): string | null => new URL(page.url()).searchParams.get('asOf');
/** Links inside the frame that would leave the past. */
const leaks = (page: Page): Promise<string[]> => page.evaluate(() => [...document.querySelectorAll<HTMLAnchorElement>('nav a[href^="/"], main a[href^="/"]')].map((link) => link.getAttribute('href') ?? '')
  .filter((href) => !href.startsWith('/api/') && !href.startsWith('/packs/verify') && !new URL(href, location.href).searchParams.has('asOf')));

describe('looking at the past', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let key: string;
  let then: string;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    const { member } = await ada.api.get<{ member: { id: string } }>('/me');
    const register = (name: string) => ada.api.must<{ key: string }>(201, 'POST', '/workloads', { name, purpose: `${name} for the past`, kind: 'agent', team: 'Claims', riskOwner: member.id, processesRealData: 'yes' });
    ({ key } = await register('Claims triage'));
    await register('Mail sorter');
    then = new Date().toISOString();
  });

  const expectPast = async (page: Page, path: string): Promise<void> => {
    const expected = KNOW_THE_PAST.includes(path) || path.startsWith('/workloads/') ? 'then' : PARTLY.includes(path) ? 'partly' : 'now';
    await page.getByRole('status').filter({ hasText: expected === 'now' ? 'This page shows now.' : expected === 'partly' ? 'where it says so' : /^As known on [^;]*\. Changing is off/ }).waitFor();
    await page.getByRole('heading', { level: 1 }).first().waitFor();
    // The page before stands until the next one is there.
    await settled(page);
    const tinted = (): Promise<boolean> => page.locator('main').evaluate((main) => getComputedStyle(main).backgroundColor !== 'rgba(0, 0, 0, 0)');
    await eventually(async () => { expect({ path, tinted: await tinted(), asOf: asOfOf(page), leaks: await leaks(page) }).toEqual({ path, tinted: expected !== 'now', asOf: then, leaks: [] }); });
  };

  it('holds on every page, and each says whether it shows then or now', async () => {
    expect(ADDRESSES.length).toBeGreaterThan(20);
    const page = await ada.page(`/inventory?asOf=${then}`);
    for (const path of [...ADDRESSES, ...['', '/owners', '/components', '/classification', '/evidence', '/reviews', '/incidents', '/history', '/trail'].map((tab) => `/workloads/${key}${tab}`)]) {
      await page.evaluate((address) => history.pushState({}, '', address), `${path}?asOf=${then}`);
      await page.waitForURL((url) => url.pathname === path);
      await expectPast(page, path);
    }
    await ada.leave();
  }, 240_000);

  it('stays while one moves by rail, keys, palette, table, peek and breadcrumb, until one returns', async () => {
    const page = await ada.page(`/inventory?asOf=${then}`);
    const rooms = page.getByRole('navigation', { name: 'Main' }).getByRole('link');
    await rooms.first().waitFor();
    for (const name of await rooms.allInnerTexts()) {
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name, exact: true }).click();
      const path = name === 'Home' ? '/' : name === 'Settings' ? '/settings/organization' : `/${name.toLowerCase()}`;
      await page.waitForURL((url) => url.pathname === path);
      await expectPast(page, path);
    }
    await page.keyboard.press('g');
    await page.keyboard.press('r');
    await page.waitForURL((url) => url.pathname === '/reviews');
    expect(asOfOf(page)).toBe(then);
    await settled(page);
    await page.keyboard.press('Control+k');
    await page.getByRole('textbox', { name: 'Search and commands' }).fill('mail sorter');
    await page.getByRole('button', { name: /Mail sorter/ }).click();
    await page.waitForURL((url) => url.pathname.startsWith('/workloads/'));
    await expectPast(page, '/workloads/');
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByRole('link', { name: 'Inventory' }).click();
    await page.waitForURL((url) => url.pathname === '/inventory');
    await page.getByRole('row', { name: /Claims triage/ }).getByRole('gridcell').last().click();
    await page.keyboard.press('Space');
    await page.getByRole('complementary', { name: 'Preview' }).getByRole('link', { name: 'Open' }).click();
    await page.waitForURL((url) => url.pathname === `/workloads/${key}`);
    await expectPast(page, `/workloads/${key}`);
    await page.getByRole('button', { name: 'Return to now' }).first().click();
    await page.waitForFunction(() => !location.search.includes('asOf'));
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Portfolio' }).click();
    await page.waitForURL((url) => url.pathname === '/portfolio');
    expect(asOfOf(page)).toBeNull();
    await ada.leave();
  }, 120_000);
});
