import type { Screen } from '../screen.js';

const rows = (count: number) => (page: Parameters<Screen['ready']>[0]) => page.getByRole('grid', { name: 'Workloads' }).locator('[data-row]').nth(count - 1).waitFor();

/** The inventory and the registration, in their states. */
export const screens: readonly Screen[] = [
  { name: 'inventory', path: '/inventory?sort=key', ready: rows(15) },
  { name: 'inventory-view', path: '/inventory?view=pilot-pii-or-tools', ready: rows(1) },
  { name: 'inventory-filtered', path: '/inventory?filter[stage]=pilot&filter[riskTier][ne]=low&filter[nextReviewDueAt][lte]=now%2B90d&sort=key&columns=key*,name-320,stage,riskTier,team,lifecycle&density=roomy', ready: rows(1) },
  { name: 'inventory-selected', path: '/inventory?sort=key', act: (page) => page.getByRole('row').nth(2).getByRole('checkbox').check(), ready: (page) => page.getByText('1 row selected').first().waitFor() },
  {
    name: 'inventory-peek', path: '/inventory?sort=key',
    act: async (page) => {
      await page.getByRole('rowheader').first().focus();
      await page.keyboard.press('Space');
    },
    ready: (page) => page.getByRole('heading', { name: 'Why this stage' }).waitFor(),
  },
  { name: 'inventory-columns', path: '/inventory?sort=key', act: (page) => page.getByRole('button', { name: 'Columns', exact: true }).click(), ready: (page) => page.getByRole('textbox', { name: 'Find a column' }).waitFor() },
  { name: 'inventory-nothing-matches', path: '/inventory?filter[team]=No%20such%20team&sort=key', ready: (page) => page.getByText('No workload matches').waitFor() },
  { name: 'inventory-empty', path: '/inventory', who: 'newcomer', ready: (page) => page.getByText('No workloads yet').waitFor() },
  { name: 'inventory-register', path: '/inventory/register', who: 'newcomer', ready: (page) => page.getByRole('heading', { name: 'The six answers' }).waitFor() },
];
