import { beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { focusInside } from './keyboard.js';
import { settled } from './settled.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

const PAGES = join(import.meta.dirname, '../../apps/web/src/pages/_app');
/** Every address behind the sign-in that needs no id. */
const ADDRESSES = readdirSync(PAGES).map((file) => `/${file.replace(/\.tsx$/, '').replace(/(^|\.)index$/, '').replaceAll('.', '/')}`).filter((path) => !path.includes('$') && path !== '/settings').sort();
const TABS = ['', '/owners', '/components', '/classification', '/evidence', '/reviews', '/incidents', '/history', '/trail'];

const palette = (page: Page) => page.getByRole('dialog', { name: 'Search and commands' });
const words = (page: Page) => page.getByRole('textbox', { name: 'Search and commands' });

/** Names of the buttons of the page as assistive technology hears them: found by the browser, not by the page's own code. */
async function buttonsOf(page: Page): Promise<string[]> {
  const tree = await page.getByRole('main').ariaSnapshot();
  return [...tree.matchAll(/^\s*- (?:'|")?(?:button|tab) "((?:[^"\\]|\\.)*)"/gm)].map(([, name = '']) => name.replaceAll('\\"', '"').replaceAll("''", "'"));
}
async function offered(page: Page): Promise<string[]> {
  await page.keyboard.press('Control+k');
  await palette(page).getByText('Sign out everywhere').waitFor();
  const labels = await palette(page).locator('[data-command]').allInnerTexts();
  await page.keyboard.press('Escape');
  await palette(page).waitFor({ state: 'hidden' });
  return labels;
}
const bare = (text: string): string => text.replaceAll(/\s/g, '');
const has = (labels: readonly string[], name: string): boolean => labels.map(bare).some((label) => label === bare(name) || label.startsWith(`${bare(name)}·`));

describe('the palette', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  let key: string;
  beforeAll(async () => {
    ada = await WebPerson.signUp(browser());
    const { member } = await ada.api.get<{ member: { id: string } }>('/me');
    ({ key } = await ada.api.must<{ key: string }>(201, 'POST', '/workloads', { name: 'Claims triage', purpose: 'Sorts claims', kind: 'agent', team: 'Claims', riskOwner: member.id, processesRealData: 'yes' }));
  });

  it('can do everything that can be pressed on a page, on every page', async () => {
    const page = await ada.page('/inbox');
    const missing: Record<string, string[]> = {};
    let compared = 0;
    for (const path of [...ADDRESSES, ...TABS.map((tab) => `/workloads/${key}${tab}`)]) {
      await page.evaluate((address) => history.pushState({}, '', address), path);
      await page.waitForURL((url) => url.pathname === path);
      await page.getByRole('heading', { level: 1 }).first().waitFor();
      // The page may still be reading: looked at again until nothing came or went between the two looks.
      for (let before: string[] = [], after = ['']; before.join() !== after.join();) {
        await settled(page);
        before = await buttonsOf(page);
        const labels = await offered(page);
        after = await buttonsOf(page);
        missing[path] = after.filter((name) => !has(labels, name));
      }
      compared += (await buttonsOf(page)).length;
      if (missing[path]?.length === 0) delete missing[path];
    }
    expect(missing).toEqual({});
    expect(compared).toBeGreaterThan(80);
    await ada.leave();
  }, 240_000);

  it('can do what belongs to no page, and lead to every page', async () => {
    const page = await ada.page('/inbox');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const labels = await offered(page);
    for (const name of ['Home', 'Inventory', 'Evidence', 'Reviews', 'Actions', 'Packs', 'Portfolio', 'Settings', 'Inbox', 'Evidence to decide', 'Review calendar', 'Punctuality of reviews', 'Imports', 'Organization', 'Members', 'API keys', 'Policies', 'Framework editions', 'Custom fields', 'Trail',
      'Profile and notifications', 'Register a workload', 'Import workloads', 'Submit evidence', 'Build an evidence pack', 'Verify an evidence pack', 'Invite a member', 'Create an API key', 'Define a custom field', 'Look at the past', 'Print this page', 'Keyboard shortcuts', 'Sign out', 'Sign out everywhere']) expect({ name, offered: has(labels, name) }).toEqual({ name, offered: true });
    await page.keyboard.press('Control+k');
    await words(page).fill('invite a mem');
    await palette(page).getByRole('button', { name: 'Invite a member' }).click();
    await page.waitForURL((url) => url.pathname === '/settings/members');
    await focusInside(page.getByRole('dialog', { name: /Invite/ }));
    await page.keyboard.press('Escape');
    await page.getByRole('dialog', { name: /Invite/ }).waitFor({ state: 'hidden' });
    await page.keyboard.press('Control+k');
    await words(page).fill('look at');
    await palette(page).getByRole('button', { name: 'Look at the past' }).click();
    await page.getByLabel('As known on').waitFor();
    await ada.leave();
  }, 60_000);

  it('keeps what is typed before it is there, instead of taking it for keys of the page', async () => {
    const page = await ada.page('/inventory');
    let arrive: () => void = () => undefined;
    const arrived = new Promise<void>((resolve) => { arrive = resolve; });
    // Its script is slow.
    await page.route(/\/palette[-.][^/]*\.(js|tsx)/, async (route) => { await arrived; await route.continue(); });
    await page.keyboard.press('Control+k');
    await page.keyboard.type('cnx');
    await page.keyboard.press('Backspace');
    arrive();
    await eventually(async () => { expect(await words(page).inputValue()).toBe('cn'); });
    await page.keyboard.type('!');
    await eventually(async () => { expect([await words(page).inputValue(), new URL(page.url()).pathname]).toEqual(['cn!', '/inventory']); });
    await ada.leave();
  }, 60_000);

  it('says why something cannot be done, also to who presses its keys', async () => {
    const grace = await ada.invite('viewer');
    const page = await grace.page('/inventory');
    await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
    await page.keyboard.press('c');
    await page.getByRole('alert').getByText('inventory:workload:create').waitFor();
    expect(new URL(page.url()).pathname).toBe('/inventory');
    await page.keyboard.press('Control+k');
    await words(page).fill('register');
    const act = palette(page).getByRole('button', { name: /Register a workload/ });
    await act.getByText(/Needs the permission inventory:workload:create/).waitFor();
    await eventually(async () => { expect(await act.getAttribute('aria-disabled')).toBe('true'); });
    await expectAccessible(page, 'palette with refusals');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await palette(page).waitFor();
    expect(new URL(page.url()).pathname).toBe('/inventory');
    await grace.leave();
  }, 60_000);

  it('opens the first thing it found with Enter, or the one somebody went to', async () => {
    const page = await ada.page('/inbox');
    await page.getByRole('heading', { level: 1 }).waitFor();
    const chosen = palette(page).locator('[data-selected]');
    await page.keyboard.press('Control+k');
    await words(page).fill('claims');
    await chosen.filter({ hasText: key }).waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.pathname === `/workloads/${key}`);
    await page.keyboard.press('Control+k');
    await words(page).fill('review');
    await eventually(async () => { expect(await chosen.count()).toBe(1); });
    const first = await chosen.innerText();
    await page.keyboard.press('ArrowDown');
    await eventually(async () => { expect(await chosen.innerText()).not.toBe(first); });
    expect(await chosen.count()).toBe(1);
    await page.keyboard.press('Escape');
    await palette(page).waitFor({ state: 'hidden' });
  });

  it('leads to the person it found, and says when it could not search', async () => {
    const grace = await ada.invite('contributor', 'Katherine Johnson');
    const page = await ada.page('/inbox');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.keyboard.press('Control+k');
    await words(page).fill('katherine');
    await palette(page).getByRole('button', { name: /Katherine Johnson/ }).click();
    await page.waitForURL((url) => url.searchParams.get('q') === grace.email);
    await page.getByRole('region', { name: 'Members' }).getByRole('row').nth(1).getByText('Katherine Johnson').waitFor();
    await eventually(async () => { expect(await page.getByRole('region', { name: 'Members' }).getByRole('row').count()).toBe(2); });
    await eventually(async () => { expect(await page.getByLabel('Find people').inputValue()).toBe(grace.email); });
    await page.route('**/api/v1/search**', (route) => route.fulfill({ status: 400, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:x', title: 'The search is broken', status: 400, detail: 'Try it again.', code: 'PLATFORM_REQUEST_INVALID', requestId: 'x' }) }));
    await page.keyboard.press('Control+k');
    await words(page).fill('zzz nothing');
    await palette(page).getByText('The search is broken').waitFor();
    await eventually(async () => { expect(await palette(page).getByText('Nothing found.').count()).toBe(0); });
    await page.unroute('**/api/v1/search**');
    await palette(page).getByRole('button', { name: 'Try again' }).click();
    await palette(page).getByText('Nothing found.').waitFor();
    ada.complaints.splice(0, ada.complaints.length, ...ada.complaints.filter((text) => !text.includes('status of 400')));
    await ada.leave();
  }, 60_000);
});
