import { AxeBuilder } from '@axe-core/playwright';
import { expect } from '@jest/globals';
import type { Page } from 'playwright-core';

/** Without preloading: it would copy style sheets into inline elements, which the policy of the page refuses. */
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** Frames that show files of people: sandboxed, so that no script runs in them, axe's own included. */
const FILES = 'iframe[src*="/preview"]';

/**
 * Fails on every serious or critical finding of axe on the page as it is now. Axe runs in the page itself and details violations only: a
 * window of its own for the results (its other mode, for frames of foreign origins) costs as much again.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const axe = new AxeBuilder({ page: page as never }).setLegacyMode().exclude(FILES);
  // What is behind a modal dialog cannot be reached, and is half hidden by it: the dialog counts, with the lists and messages above it.
  if (await page.locator('[aria-modal="true"]').count() > 0) axe.include('[data-portal="true"]');
  const { violations } = await axe.options({ preload: false, resultTypes: ['violations'] }).withTags(TAGS).analyze();
  const wrong = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({ what, id, impact, nodes: nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary?.split('\n').slice(1, 3).join(' ').trim() ?? ''}`) }));
  expect(wrong).toEqual([]);
}
