import type { Screen } from '../screen.js';

/** Screens of the portfolio. */
export const screens: readonly Screen[] = [
  {
    name: 'portfolio', path: '/portfolio', mirrored: true,
    ready: async (page) => {
      await page.getByRole('grid', { name: 'Coverage by workload and domain' }).waitFor();
      await page.getByRole('group', { name: 'Weeks of the next 90 days' }).waitFor();
      await page.getByRole('slider', { name: /Overdue reviews over time/ }).waitFor();
    },
  },
  {
    name: 'portfolio-cell', path: '/portfolio',
    act: (page) => page.getByRole('grid', { name: 'Coverage by workload and domain' }).getByRole('gridcell').first().click(),
    ready: (page) => page.getByRole('complementary', { name: 'Preview' }).getByRole('link', { name: 'Attach or decide evidence' }).waitFor(),
  },
  { name: 'portfolio-empty', path: '/portfolio', who: 'newcomer', ready: (page) => page.getByText('No workload matches').waitFor() },
];
