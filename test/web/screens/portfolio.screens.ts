import type { Page } from 'playwright-core';
import type { Screen } from '../screen.js';

/** Every panel has its rows: until then what is below them moves. */
async function filled(page: Page): Promise<void> {
  await page.getByRole('grid', { name: 'Coverage by workload and domain' }).waitFor();
  await page.getByRole('group', { name: 'Weeks of the next 90 days' }).waitFor();
  await page.getByRole('slider', { name: /Overdue reviews over time/ }).waitFor();
}

/** Screens of the portfolio. */
export const screens: readonly Screen[] = [
  {
    name: 'portfolio', path: '/portfolio', mirrored: true,
    ready: filled,
  },
  {
    name: 'portfolio-cell', path: '/portfolio',
    act: async (page) => {
      await filled(page);
      await page.getByRole('grid', { name: 'Coverage by workload and domain' }).getByRole('gridcell').first().click();
    },
    ready: (page) => page.getByRole('complementary', { name: 'Preview' }).getByRole('link', { name: 'Attach or decide evidence' }).waitFor(),
  },
  { name: 'portfolio-empty', path: '/portfolio', who: 'newcomer', ready: (page) => page.getByText('No workload matches').waitFor() },
];
