import type { Locator, Page } from 'playwright-core';
import { waitFor } from '@roster/testing';

const MOST_TABS = 120;

/**
 * Moves the focus with the Tab key alone until it stands on a place, as somebody without a mouse would.
 * @throws Error when the place cannot be reached
 */
export async function tabTo(page: Page, place: Locator): Promise<void> {
  await place.waitFor();
  for (let tabs = 0; tabs < MOST_TABS; tabs += 1) {
    if (await place.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`${String(place)} cannot be reached with the Tab key`);
}

/** Waits until a dialog has the focus: it takes it one turn after it is shown, and a key pressed before that meets the page behind it. */
export async function focusInside(dialog: Locator): Promise<void> {
  await waitFor(() => dialog.evaluate((element) => element.contains(document.activeElement)), { timeout: 30_000, what: `the focus inside ${String(dialog)}` });
}
