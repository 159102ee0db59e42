import { afterAll, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.js';

/**
 * A browser of its own for the suite it is called in: started before the first test, closed after the last, also when preparing a test failed.
 * @returns the browser, once the suite runs
 */
export function usingBrowser(): () => Browser {
  let started: Browser | null = null;
  beforeAll(async () => { started = await launchChromium(); }, 60_000);
  afterAll(async () => { await started?.close(); });
  return () => {
    if (started === null) throw new Error('The browser is there once the tests of the suite run');
    return started;
  };
}
