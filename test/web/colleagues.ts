import { afterEach, beforeAll } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { usingBrowser } from './using-browser.js';
import { WebPerson } from './web-person.js';

/** Two members of one organization, with a browser; there while the tests of a suite run. */
export interface Colleagues {
  readonly browser: Browser;
  /** Signed up: an admin. */
  readonly ada: WebPerson;
  readonly grace: WebPerson;
}

/**
 * Prepares two colleagues for the suite it is called in. After each test their pages are closed, and whatever a page complained about fails it.
 * @param role of the second one, as in POST /invitations
 * @returns who they are, once the suite runs
 */
export function colleagues(role: string): Colleagues {
  const browser = usingBrowser();
  let made: Colleagues | null = null;
  const there = (): Colleagues => {
    if (made === null) throw new Error('The colleagues are there once the tests of the suite run');
    return made;
  };
  beforeAll(async () => {
    const ada = await WebPerson.signUp(browser());
    made = { browser: browser(), ada, grace: await ada.invite(role) };
  }, 60_000);
  afterEach(async () => {
    await there().ada.leave();
    await there().grace.leave();
  });
  return { get browser() { return there().browser; }, get ada() { return there().ada; }, get grace() { return there().grace; } };
}
