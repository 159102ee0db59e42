import { expect } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Browser, BrowserContext, BrowserContextOptions, ConsoleMessage, Page } from 'playwright-core';
import { Person } from '../e2e/person.js';
import { openWindow } from './chromium.js';
import { settled } from './settled.js';

const PASSWORD = 'correct horse battery staple';

/** Where the Roster under test answers. */
export function webUrl(): string {
  const url = process.env.ROSTER_WEB_URL;
  if (!url) throw new Error('The web tests start Roster by themselves: run them with `node tools/test.mjs web`.');
  return url.replace(/\/$/, '');
}

/** What a browser complains about on its console. A refused request is an answer of the API and no fault of the page. */
const HARMLESS = /Failed to load resource: the server responded with a status of (401|403|404|409|412|422)|\[vite\]|React DevTools/;

/** Somebody with an account: an API session to prepare things quickly, and browser pages with the same session. */
export class WebPerson {
  private readonly contexts: BrowserContext[] = [];
  /** Errors the pages wrote to the console, policy violations included. Empty at the end of every test. */
  readonly complaints: string[] = [];

  private constructor(private readonly browser: Browser, readonly api: Person, readonly name: string) {}

  get email(): string { return this.api.email; }
  get password(): string { return this.api.password; }

  /** Creates an organization and its first member through the API. */
  static async signUp(browser: Browser, options: { name?: string; organization?: string; timeZone?: string } = {}): Promise<WebPerson> {
    const name = options.name ?? 'Ada Lovelace';
    const api = new Person(webUrl(), `ada-${randomUUID().slice(0, 8)}@example.com`, PASSWORD);
    await api.must(201, 'POST', '/sign-up', { organization: { name: options.organization ?? 'Northwind', timeZone: options.timeZone ?? 'Europe/Berlin' }, user: { name, email: api.email, password: PASSWORD } });
    return new WebPerson(browser, api, name);
  }

  /** Another member of the same organization. @param role as in POST /invitations */
  async invite(role: string, name = 'Grace Hopper'): Promise<WebPerson> {
    const email = `${name.split(' ')[0]?.toLowerCase() ?? 'member'}-${randomUUID().slice(0, 8)}@example.com`;
    const { token } = await this.api.must<{ token: string }>(201, 'POST', '/invitations', { email, role });
    const api = new Person(webUrl(), email, PASSWORD);
    await api.must(201, 'POST', `/invitations/${token}/accept`, { name, password: PASSWORD });
    if ((await api.send('GET', '/me')).status !== 200) await api.signIn();
    return new WebPerson(this.browser, api, name);
  }

  /** Somebody who has signed up or not, with a browser and nothing else. */
  static stranger(browser: Browser): WebPerson {
    return new WebPerson(browser, new Person(webUrl(), 'nobody@example.com', PASSWORD), 'Nobody');
  }

  /** A page with this person's session, at rest. @param path where it starts */
  async page(path = '/', options: BrowserContextOptions & { scheme?: 'light' | 'dark' } = {}): Promise<Page> {
    const { scheme = 'light', ...rest } = options;
    const context = await openWindow(this.browser, { colorScheme: scheme, ...rest });
    this.contexts.push(context);
    if (this.api.session) {
      const [name = '', ...value] = this.api.session.split('=');
      await context.addCookies([{ name, value: value.join('='), url: webUrl().replace(/^http:/, 'https:'), httpOnly: true, secure: true, sameSite: 'Lax' }]);
    }
    const page = await context.newPage();
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'error' && !HARMLESS.test(message.text())) this.complaints.push(`${page.url()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`${page.url()}: ${error.message}`));
    await page.goto(webUrl() + path);
    await settled(page);
    return page;
  }

  /** Closes the pages; fails when one of them complained. */
  async leave(): Promise<void> {
    await Promise.all(this.contexts.splice(0).map((context) => context.close()));
    expect(this.complaints.splice(0)).toEqual([]);
  }
}
