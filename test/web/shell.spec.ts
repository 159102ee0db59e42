import { beforeAll, describe, expect, it } from '@jest/globals';
import { expectAccessible } from './axe.js';
import { eventually } from './eventually.js';
import { settled } from './settled.js';
import { usingBrowser } from './using-browser.js';
import { WebPerson, webUrl } from './web-person.js';

describe('the frame', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => { ada = await WebPerson.signUp(browser()); });

  it('asks who is not known to sign in, and brings them back to where they wanted to go', async () => {
    const stranger = WebPerson.stranger(browser());
    const page = await stranger.page('/settings/profile');
    await page.waitForURL('**/sign-in?returnTo=**');
    expect(new URL(page.url()).searchParams.get('returnTo')).toBe('/settings/profile');
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
    // The key after it is for the page, which has the keys back once the palette is gone.
    await page.getByRole('dialog', { name: 'Search and commands' }).waitFor({ state: 'hidden' });
    await page.keyboard.press('g');
    await page.keyboard.press('i');
    await page.waitForURL('**/inventory');
    await settled(page);
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
    await eventually(async () => { expect(await page.evaluate(() => Object.entries(localStorage).filter(([, value]) => /session|token|roster_[a-z0-9]+_/i.test(value)))).toEqual([]); });
    await ada.leave();
  });

  it('names in the head of a page every script the page needs, so that nothing waits for the router to find out', async () => {
    for (const path of ['/', '/inventory', '/settings/policies']) {
      const page = await ada.page();
      const asked: string[] = [];
      // What a page shows is drawn by what its data say; until it asks for them, all it needs is known.
      let data = false;
      page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        data ||= pathname.startsWith('/api/v1/') && pathname !== '/api/v1/me';
        if (!data && request.resourceType() === 'script') asked.push(pathname);
      });
      const answer = await page.goto(webUrl() + path);
      const named = [...(await answer?.text() ?? '').matchAll(/(?:src|href)="(\/[^"]+\.js)"/g)].map(([, file]) => file);
      await page.locator('main h1').waitFor();
      expect(named.length).toBeGreaterThan(10);
      expect(asked.length).toBeGreaterThan(10);
      expect({ path, notNamed: asked.filter((file) => !named.includes(file)) }).toEqual({ path, notNamed: [] });
    }
    await ada.leave();
  });

  it('names the files of a page behind the sign-in, and asks who one is, only for somebody with a session', async () => {
    const page = async (path: string, headers = {}): Promise<string> => (await fetch(webUrl() + path, { headers })).text();
    const own = await page('/inventory', { cookie: ada.api.session });
    const strange = await page('/inventory');
    expect(own).toContain('href="/api/v1/me"');
    expect(strange).not.toContain('/api/v1/me');
    const files = (html: string): number => [...html.matchAll(/rel="modulepreload"/g)].length;
    expect(files(own)).toBeGreaterThan(files(strange));
    expect(files(await page('/nowhere/at-all', { cookie: ada.api.session }))).toBe(files(strange));
    expect(files(await page('/sign-up'))).toBeGreaterThan(files(strange));
    await eventually(async () => { expect((await fetch(`${webUrl()}/route-files.json`)).headers.get('content-type')).toContain('text/html'); });
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
    await eventually(async () => { expect((await fetch(`${webUrl()}/api/v1/nothing`)).headers.get('content-type')).toContain('problem+json'); });
    await eventually(async () => { expect((await fetch(`${webUrl()}/assets/nothing.js`)).status).toBe(404); });
    await ada.leave();
  });
});

describe('the frame, a second look', () => {
  const browser = usingBrowser();
  let ada: WebPerson;
  beforeAll(async () => { ada = await WebPerson.signUp(browser()); });

  it('names the time zone once, on the screen and on paper', async () => {
    const page = await ada.page('/inventory');
    await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
    const zone = page.getByText('All times in Europe/Berlin');
    await zone.waitFor();
    await eventually(async () => { expect(await zone.count()).toBe(1); });
    await page.emulateMedia({ media: 'print' });
    await eventually(async () => { expect(await zone.isVisible()).toBe(true); });
    await ada.leave();
  });

  it('says on a page that is not there, and on one that could not be read, where one is', async () => {
    const page = await ada.page('/workloads/NO-SUCH-KEY-HERE');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.goto(`${webUrl()}/inventory`);
    await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
    await page.evaluate(() => history.pushState({}, '', '/evidence/01920000-0000-7000-8000-000000000000'));
    await page.getByRole('heading', { level: 1, name: 'There is nothing at this address' }).waitFor();
    await eventually(async () => { expect(await page.title()).toBe('There is nothing at this address · Roster'); });
    await page.getByRole('navigation', { name: 'Breadcrumb' }).getByText('There is nothing at this address').waitFor();
    await page.route('**/api/v1/reviews/**', (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify({ type: 'urn:x', title: 'The review cannot be read', status: 409, detail: 'Try it again.', code: 'PLATFORM_REQUEST_INVALID', requestId: 'x' }) }));
    await page.evaluate(() => history.pushState({}, '', '/reviews/01920000-0000-7000-8000-000000000000'));
    await page.getByRole('heading', { level: 1, name: 'The review cannot be read' }).waitFor();
    await eventually(async () => { expect(await page.title()).toBe('The review cannot be read · Roster'); });
    await expectAccessible(page, 'a page that could not be read');
    // The library says on the console that an error was caught and shown: it is the subject here.
    expect(ada.complaints.splice(0).filter((complaint) => !/RosterProblem/.test(complaint))).toEqual([]);
    await ada.leave();
  });

  it('gives the focus back when a look beside the page is closed', async () => {
    const { member } = await ada.api.get<{ member: { id: string } }>('/me');
    await ada.api.must(201, 'POST', '/workloads', { name: 'Claims triage', purpose: 'Sorts claims', kind: 'agent', team: 'Claims', riskOwner: member.id, processesRealData: 'yes' });
    const page = await ada.page('/inventory');
    await page.getByRole('row', { name: /Claims triage/ }).getByRole('gridcell').last().click();
    await page.keyboard.press('Space');
    const close = page.getByRole('complementary', { name: 'Preview' }).getByRole('button', { name: 'Close preview' });
    await close.focus();
    await page.keyboard.press('Enter');
    await close.waitFor({ state: 'hidden' });
    await eventually(async () => { expect(await page.evaluate(() => document.activeElement?.closest('[role="row"]')?.textContent?.includes('Claims triage') ?? false)).toBe(true); });
    await ada.leave();
  });

  it('keeps the drafts of whose session ended for them, and shows them to nobody else who signs in', async () => {
    const [grace, katherine] = [await ada.invite('admin'), await ada.invite('admin', 'Katherine Johnson')];
    const page = await grace.page('/settings/organization');
    await page.getByLabel('Name', { exact: true }).fill('Only Grace typed this');
    await page.waitForFunction(() => Object.values(sessionStorage).some((value) => String(value).includes('Only Grace typed this')));
    const signIn = async (person: WebPerson): Promise<void> => {
      await page.waitForURL('**/sign-in**');
      await page.getByLabel('E-mail').fill(person.email);
      await page.getByRole('textbox', { name: 'Password' }).fill(person.password);
      await page.keyboard.press('Enter');
      await page.waitForURL((url) => url.pathname === '/settings/organization');
      await page.getByLabel('Name', { exact: true }).waitFor();
    };
    await grace.api.must(204, 'DELETE', '/sessions/current');
    await page.reload();
    await signIn(grace);
    await eventually(async () => { expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Only Grace typed this'); });
    await page.context().clearCookies();
    await page.reload();
    await signIn(katherine);
    await eventually(async () => { expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Northwind'); });
    await eventually(async () => { expect(await page.evaluate(() => Object.values(sessionStorage).some((value) => String(value).includes('Only Grace typed this')))).toBe(false); });
    await grace.leave();
  }, 60_000);

  it('leads to the sign-in when the stream of a session that ended is refused', async () => {
    const grace = await ada.invite('contributor');
    const page = await grace.page('/inbox');
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.context().clearCookies();
    // The connection is lost and tried again: only the refusal of the stream can tell that the session is over.
    await page.evaluate(() => dispatchEvent(new Event('online')));
    await page.waitForURL('**/sign-in**');
    await grace.leave();
  });

  for (const reducedMotion of ['reduce', 'no-preference'] as const) {
    it(reducedMotion === 'reduce' ? 'moves nothing for who asked for less motion' : 'moves a little for everybody else', async () => {
      const page = await ada.page('/inventory', { reducedMotion, viewport: { width: 800, height: 800 } });
      await page.getByRole('heading', { name: 'Inventory', level: 1 }).waitFor();
      const longest = await page.evaluateHandle(() => {
        const seen = { milliseconds: 0, watching: true };
        const look = (): void => {
          for (const animation of document.getAnimations()) seen.milliseconds = Math.max(seen.milliseconds, Number(animation.effect?.getComputedTiming().duration ?? 0));
          if (seen.watching) requestAnimationFrame(look);
        };
        look();
        return seen;
      });
      // The menu slides in, a dialog fades in, a menu drops down, a switch turns.
      await page.getByRole('button', { name: 'Menu', exact: true }).click();
      await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Inventory' }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Account' }).click();
      await page.getByRole('menuitem', { name: 'Keyboard shortcuts' }).click();
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByRole('switch').click();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).waitFor({ state: 'hidden' });
      const { milliseconds } = await longest.evaluate((seen) => ({ ...seen, watching: seen.watching = false }));
      if (reducedMotion === 'reduce') expect(milliseconds).toBeLessThanOrEqual(1);
      else expect(milliseconds).toBeGreaterThan(50);
      await ada.leave();
    });
  }
});
