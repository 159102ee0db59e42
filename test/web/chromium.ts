import { execFile } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { promisify } from 'node:util';
import { chromium, type Browser } from 'playwright-core';

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
