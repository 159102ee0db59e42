import type { Page } from 'playwright-core';
import type { Screen } from '../screen.js';

const heading = (name: string) => (page: Page): Promise<unknown> => page.getByRole('heading', { level: 1, name }).waitFor();

/** Screens of evidence packs. */
export const screens: readonly Screen[] = [
  { name: 'packs-empty', path: '/packs', who: 'newcomer', mirrored: true, ready: (page) => page.getByText('No pack yet').waitFor() },
  { name: 'packs-new', path: '/packs/new', ready: async (page) => { await heading('What should the pack prove?')(page); await page.locator('[aria-busy="false"] dl').waitFor(); } },
  {
    name: 'packs-new-filter', path: '/packs/new', mirrored: true,
    ready: async (page) => {
      await page.getByRole('radio', { name: 'Those that match' }).click();
      await page.getByRole('checkbox', { name: 'Production' }).check();
      await page.locator('[aria-busy="false"] dl').waitFor();
    },
  },
  { name: 'packs-verify', path: '/packs/verify', who: 'stranger', mirrored: true, ready: heading('Is this evidence pack genuine?') },
  {
    name: 'packs-verify-refused', path: '/packs/verify', who: 'stranger',
    ready: async (page) => {
      await page.getByLabel('Choose a pack to check').setInputFiles({ name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('This is no archive, and no pack.') });
      await page.locator('[data-verdict="refused"]').waitFor();
    },
  },
];
