import type { Page } from 'playwright-core';
import { firstOf, type Screen } from '../screen.js';

const heading = (name: string | RegExp) => (page: Page): Promise<unknown> => page.getByRole('heading', { level: 1, name }).waitFor();
/** The frame of a file loads after the page around it. */
const preview = async (page: Page): Promise<void> => {
  const frame = await (await page.locator('iframe[src*="/preview"], img[src*="/preview"]').elementHandle())?.contentFrame();
  await frame?.waitForLoadState('load');
};
const withPreview = async (page: Page): Promise<void> => {
  await page.getByRole('list', { name: 'Versions, newest first' }).waitFor();
  await preview(page);
};

/** Screens of evidence. */
export const screens: readonly Screen[] = [
  { name: 'evidence', path: '/evidence', ready: async (page) => { await heading('Evidence')(page); await page.getByRole('grid', { name: 'Evidence' }).getByRole('link').first().waitFor(); } },
  { name: 'evidence-empty', path: '/evidence', who: 'newcomer', ready: (page) => page.getByText('There is no evidence yet').waitFor() },
  { name: 'evidence-no-match', path: '/evidence?q=zzzzzz', ready: (page) => page.getByText('No evidence fits').waitFor() },
  { name: 'evidence-new', path: '/evidence/new', ready: (page) => page.getByRole('form', { name: 'Attach evidence' }).waitFor() },
  { name: 'evidence-queue', path: '/evidence/queue', ready: async (page) => { await heading('Evidence to decide')(page); await preview(page); } },
  { name: 'evidence-queue-empty', path: '/evidence/queue', who: 'newcomer', ready: (page) => page.getByText('Nothing waits for your decision').waitFor() },
  { name: 'evidence-item', path: firstOf('/evidence/$id', '/evidence?limit=1&sort=createdAt&filter[status]=accepted&filter[kind]=document'), ready: withPreview },
  { name: 'evidence-item-undecided', path: firstOf('/evidence/$id', '/evidence?limit=1&sort=createdAt&filter[status]=submitted'), ready: withPreview },
];
