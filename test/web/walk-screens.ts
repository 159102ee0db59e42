import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { expectAccessible } from './axe.js';
import { launchChromium, openWindow } from './chromium.js';
import { DEMO_INSTANT, DemoStack } from './demo-stack.js';
import { PictureBook } from './picture.js';
import { Person } from '../e2e/person.js';
import type { Screen } from './screen.js';
import { settled } from './settled.js';

const WIDE = { width: 1440, height: 900 };
const NARROW = { width: 390, height: 844 };
const HUGE = { width: 2560, height: 1440 };
/** Half of a 1280 px window: what 200 % zoom leaves. */
const ZOOMED = { width: 640, height: 450 };
/** Requests that are refused are answers of the API and no fault of the page. Files of people may run nothing: neither do the scripts that hold the clock of this suite. */
const HARMLESS = /status of (401|403|404)|^Blocked script execution in '[^']+\/preview'/;

/** WCAG 2.2, 1.4.10: nothing needs sideways scrolling but what is two-dimensional by nature, which scrolls inside itself. */
const expectReflow = async (page: Page, what: string): Promise<void> => {
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect({ what, widerThanTheWindow: wider }).toEqual({ what, widerThanTheWindow: 0 });
};

/**
 * Walks screens on a demo of their own: light and dark, wide, narrow and at 200 % zoom, with axe, without sideways scrolling, and against their pictures.
 * `SCREENS=packs,home` walks only those whose name begins so.
 * @param subject of the suite
 * @param every screens of some areas; those of one suite are walked in order and may build on what the demo was given before
 */
export function walkScreens(subject: string, every: readonly Screen[]): void {
  const wanted = process.env.SCREENS?.split(',') ?? [''];
  const screens = every.filter(({ name }) => wanted.some((start) => name.startsWith(start)));
  if (screens.length === 0) it('has none of the wanted screens', () => { expect(process.env.SCREENS).toBeDefined(); });
  else describe(subject, () => { walkAll(screens); });
}

function walkAll(screens: readonly Screen[]): void {
  let browser: Browser;
  let stack: DemoStack;
  let pictures: PictureBook;
  const people = new Map<string, Promise<{ api: Person; context: BrowserContext }>>();

  async function introduce(who: NonNullable<Screen['who']>): Promise<{ api: Person; context: BrowserContext }> {
    const api = who === 'demo' ? stack.ada : new Person(stack.url, 'newcomer@example.com', 'correct horse battery staple');
    if (who === 'newcomer') await api.must(201, 'POST', '/sign-up', { organization: { name: 'Blank Sheet Ltd', timeZone: 'Europe/Berlin' }, user: { name: 'Nina Newcomer', email: api.email, password: api.password } });
    const context = await openWindow(browser, { viewport: WIDE });
    await context.clock.setFixedTime(new Date(DEMO_INSTANT));
    const [name = '', ...value] = api.session.split('=');
    if (who !== 'stranger') await context.addCookies([{ name, value: value.join('='), url: stack.url.replace(/^http:/, 'https:'), httpOnly: true, secure: true, sameSite: 'Lax' }]);
    return { api, context };
  }
  const known = (who: NonNullable<Screen['who']>): Promise<{ api: Person; context: BrowserContext }> => {
    const person = people.get(who) ?? introduce(who);
    people.set(who, person);
    return person;
  };

  /** Opens the screen in a window of its own and hands it over; fails when the page complained on its console. */
  async function open(screen: Screen, look: (page: Page, path: string) => Promise<void>): Promise<void> {
    const { api, context } = await known(screen.who ?? 'demo');
    const path = typeof screen.path === 'string' ? screen.path : await screen.path.find(api);
    if (typeof screen.path !== 'string') expect(path).toMatch(new RegExp(`^${screen.path.route.replace(/\?.*$/, '').replace(/\$\w+/g, '[^/?]+')}(\\?|$)`));
    const complaints: string[] = [];
    const page = await context.newPage();
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('console', (message) => { if (message.type() === 'error' && !HARMLESS.test(message.text())) complaints.push(message.text()); });
    try {
      await look(page, path);
      expect(complaints).toEqual([]);
    } finally {
      await page.close();
    }
  }

  beforeAll(async () => {
    [browser, stack] = await Promise.all([launchChromium(), DemoStack.start()]);
    pictures = await PictureBook.open(browser);
  }, 300_000);
  afterAll(async () => {
    await browser?.close();
    await stack?.stop();
  });

  it.each(screens.map((screen) => [screen.name, screen] as const))('%s', async (name, screen) => {
    await open(screen, async (page, path) => {
      const ready = async (): Promise<void> => {
        await screen.ready(page);
        await settled(page);
      };
      const picture = async (kind: string): Promise<void> => { if (screen.pictures !== false) await pictures.expectPicture(page, `${name}.${kind}`, screen.mask); };
      await page.emulateMedia({ colorScheme: 'light' });
      await page.goto(stack.url + path);
      if (screen.act) {
        await settled(page);
        await screen.act(page);
      }
      await ready();
      await expectAccessible(page, `${name}, light, wide`);
      await picture('light.1440');
      await page.emulateMedia({ colorScheme: 'dark' });
      await picture('dark.1440');
      await page.setViewportSize(ZOOMED);
      await expectReflow(page, `${name} at 200 %`);
      await page.setViewportSize(NARROW);
      await ready();
      await expectReflow(page, `${name}, narrow`);
      await expectAccessible(page, `${name}, dark, narrow`);
      await picture('dark.390');
      await page.emulateMedia({ colorScheme: 'light' });
      await picture('light.390');
    });
  }, 120_000);

  for (const screen of screens.filter(({ mirrored }) => mirrored)) it(`${screen.name}, stretched, mirrored and very wide`, async () => {
    const { name } = screen;
    await open(screen, async (page, path) => {
      await page.emulateMedia({ colorScheme: 'light' });
      for (const locale of ['pseudo', 'pseudo-rtl'] as const) {
        await page.setViewportSize(WIDE);
        await page.goto(`${stack.url}${path}${path.includes('?') ? '&' : '?'}locale=${locale}`);
        await page.locator('h1').first().waitFor();
        await settled(page);
        expect(await page.evaluate(() => document.documentElement.dir)).toBe(locale === 'pseudo-rtl' ? 'rtl' : 'ltr');
        await pictures.expectPicture(page, `${name}.${locale}.1440`, screen.mask);
        await page.setViewportSize(NARROW);
        await expectReflow(page, `${name}, ${locale}, narrow`);
      }
      await page.setViewportSize(HUGE);
      await expectReflow(page, `${name}, very wide`);
    });
  }, 120_000);
}
