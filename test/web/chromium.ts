import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { promisify } from 'node:util';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { watchTraffic } from './settled.js';

const run = promisify(execFile);
const PLACES = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome-stable', '/usr/bin/google-chrome', '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome'];
/** No sandbox: containers and root have none to give. Nothing but the pages under test is loaded, and nothing is asked of the network in the background. */
const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--font-render-hinting=none', '--force-color-profile=srgb'];

async function firstOf(places: readonly string[]): Promise<string | null> {
  for (const place of places) {
    if (await access(place, constants.X_OK).then(() => true, () => false)) return place;
  }
  return null;
}

/** A Chromium of this machine; installs Debian's where that is possible. @throws Error that says how to get one */
export async function findChromium(): Promise<string> {
  const known = await firstOf([...(process.env.CHROMIUM_PATH ? [process.env.CHROMIUM_PATH] : []), ...PLACES]);
  if (known) return known;
  if (process.getuid?.() === 0 && (await firstOf(['/usr/bin/apt-get']))) {
    await run('apt-get', ['update', '-qq']);
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }, maxBuffer: 64 * 1024 * 1024 });
    const installed = await firstOf(PLACES);
    if (installed) return installed;
  }
  throw new Error('The web tests need Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM_PATH.');
}

export const launchChromium = async (): Promise<Browser> => chromium.launch({ executablePath: await findChromium(), args: ARGUMENTS });

/**
 * A window as everybody has one here: in Berlin, without motion, 1440 by 900. Every wait in it ends after 20 seconds.
 * `ROSTER_WEB_LAG=800` holds each request for up to so many milliseconds, at random, on its way to the service: what a test does not wait for
 * comes too late then.
 */
export async function openWindow(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', timezoneId: 'Europe/Berlin', reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(20_000);
  context.on('page', watchTraffic);
  const lag = Number(process.env.ROSTER_WEB_LAG ?? 0);
  if (lag > 0) {
    await context.route('**/*', async (route) => {
      await sleep(Math.random() * lag);
      // The page may have taken the request back, or be closed.
      await route.continue().catch(() => undefined);
    });
  }
  return context;
}
