import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { launchChromium } from './chromium.js';
import { DEMO_INSTANT, DemoStack } from './demo-stack.js';
import { expectPicture } from './picture.js';
import { Person } from '../e2e/person.js';
import type { Screen } from './screen.js';

const FOLDER = join(import.meta.dirname, 'screens');
const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
/** Half of a 1280 px window: what 200 % zoom leaves. */
const ZOOMED = { width: 640, height: 450 };

/** Screens whose pictures have been looked at and kept. `SCREENS=all` walks every screen of the folder, without pictures for the others. */
const PICTURED = new Set(['sign-up', 'home', 'inventory', 'import-checked', 'evidence', 'packs-verify']);

const areas = await Promise.all(readdirSync(FOLDER).filter((file) => file.endsWith('.screens.ts')).sort().map(async (file) => ((await import(join(FOLDER, file))) as { screens: readonly Screen[] }).screens));
const every = areas.flat();
const screens = process.env.SCREENS === 'all' ? every : every.filter(({ name }) => PICTURED.has(name));

/** WCAG 2.2, 1.4.10: nothing needs sideways scrolling but what is two-dimensional by nature, which scrolls inside itself. */
const expectReflow = async (page: Page, what: string): Promise<void> => {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect({ what, widerThanTheWindow: wider }).toEqual({ what, widerThanTheWindow: 0 });
};

describe('every screen', () => {
  let browser: Browser;
  let stack: DemoStack;
  const people = new Map<string, { api: Person; context: BrowserContext }>();

  async function contextOf(who: NonNullable<Screen['who']>): Promise<{ api: Person; context: BrowserContext }> {
    const known = people.get(who);
    if (known) return known;
    const api = who === 'demo' ? stack.ada : new Person(stack.url, 'newcomer@example.com', 'correct horse battery staple');
    if (who === 'newcomer') await api.must(201, 'POST', '/sign-up', { organization: { name: 'Blank Sheet Ltd', timeZone: 'Europe/Berlin' }, user: { name: 'Nina Newcomer', email: api.email, password: api.password } });
    const context = await browser.newContext({ viewport: WIDE, locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce' });
    context.setDefaultTimeout(20_000);
    await context.clock.setFixedTime(new Date(DEMO_INSTANT));
    const [name = '', ...value] = api.session.split('=');
    if (who !== 'stranger') await context.addCookies([{ name, value: value.join('='), url: stack.url.replace(/^http:/, 'https:'), httpOnly: true, secure: true, sameSite: 'Lax' }]);
    const made = { api, context };
    people.set(who, made);
    return made;
  }
  const settled = async (page: Page, screen: Screen): Promise<void> => {
    await screen.ready(page);
    await page.evaluate(async () => { await document.fonts.ready; });
  };

  beforeAll(async () => {
    [browser, stack] = await Promise.all([launchChromium(), DemoStack.start()]);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it('has a name of its own', () => {
    const names = every.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThan(20);
  });

  it.each(screens.map((screen) => [screen.name, screen] as const))('%s', async (name, screen) => {
    const { api, context } = await contextOf(screen.who ?? 'demo');
    const complaints: string[] = [];
    const path = typeof screen.path === 'string' ? screen.path : await screen.path(api);
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error' && !/status of (401|403|404)/.test(message.text())) complaints.push(message.text()); });
    const picture = (kind: string): Promise<void> => (screen.pictures === false || !PICTURED.has(name) ? Promise.resolve() : expectPicture(page, `${name}.${kind}`, screen.mask));
    try {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(stack.url + path);
      await settled(page, screen);
      await expectAccessible(page, `${name}, light, wide`);
      await picture('light.1440');
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture('dark.1440');
      await page.setViewportSize(ZOOMED);
      await expectReflow(page, `${name} at 200 %`);
      await page.setViewportSize(NARROW);
      await settled(page, screen);
      await expectReflow(page, `${name}, narrow`);
      await expectAccessible(page, `${name}, dark, narrow`);
      await picture('dark.390');
      await page.emulateMedia({ colorScheme: 'light' });
      await picture('light.390');
      expect(complaints).toEqual([]);
    } finally {
      await page.close();
    }
  }, 120_000);

  it.each(screens.filter(({ mirrored }) => mirrored).map((screen) => [screen.name, screen] as const))('%s, mirrored and stretched', async (name, screen) => {
    const { api, context } = await contextOf(screen.who ?? 'demo');
    const path = typeof screen.path === 'string' ? screen.path : await screen.path(api);
    const page = await context.newPage();
    try {
      for (const locale of ['pseudo', 'pseudo-rtl'] as const) {
        await page.setViewportSize(WIDE);
        await page.goto(`${stack.url}${path}${path.includes('?') ? '&' : '?'}locale=${locale}`);
        await page.locator('h1').first().waitFor();
        await page.waitForLoadState('networkidle');
        expect(await page.evaluate(() => document.documentElement.dir)).toBe(locale === 'pseudo-rtl' ? 'rtl' : 'ltr');
        await expectReflow(page, `${name}, ${locale}`);
      }
    } finally {
      await page.close();
    }
  }, 120_000);
});
