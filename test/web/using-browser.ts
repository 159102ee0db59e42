import { afterAll, beforeAll, jest } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { launchChromium } from './chromium.js';

/** Journeys with several accessibility scans each: on a machine that does other things too they need their time. */
const PATIENCE_MS = 180_000;

/**
 * A browser of its own for the suite it is called in: started before the first test, closed after the last, also when preparing a test failed.
 * A test that does not say how long it may take has three minutes.
 * @returns the browser, once the suite runs
 */
export function usingBrowser(): () => Browser {
  jest.setTimeout(PATIENCE_MS);
  let started: Browser | null = null;
  beforeAll(async () => { started = await launchChromium(); }, 60_000);
  afterAll(async () => { await started?.close(); });
  return () => {
    if (started === null) throw new Error('The browser is there once the tests of the suite run');
    return started;
  };
}
