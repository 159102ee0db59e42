import type { Page } from 'playwright-core';
import { firstOf, type Screen } from '../screen.js';

/** The first workload of the demo organization, by key, that these filters find. */
const first = (filters: string, tab = '') => firstOf(`/workloads/$key${tab}`, `/workloads?sort=key&limit=1&${filters}`, 'key');
const tasks = (page: Page) => page.getByRole('heading', { name: /^To reach / }).first().waitFor();

export const screens: readonly Screen[] = [
  { name: 'workload-frozen', path: first('filter[stage]=pilot&filter[hardening]=true&filter[frozen]=true'), ready: async (page) => { await page.getByTestId('freeze-banner').waitFor(); await tasks(page); } },
  { name: 'workload-production', path: first('filter[stage]=production&filter[lifecycle]=active'), ready: tasks },
  { name: 'workload-undetermined', path: first('filter[stage]=experiment&filter[undetermined]=true'), ready: tasks },
  { name: 'workload-retired', path: first('filter[lifecycle]=retired'), ready: (page) => page.getByRole('heading', { name: 'Decommissioned' }).waitFor() },
  { name: 'workload-classification', path: first('filter[stage]=pilot&filter[hardening]=true&filter[frozen]=true', '/classification'), ready: async (page) => { await tasks(page); await page.getByText('The first result.').waitFor(); } },
  { name: 'workload-what-if', path: first('filter[stage]=pilot&filter[hardening]=true&filter[frozen]=true', '/classification?view=what-if'), ready: (page) => page.getByTestId('stage-shift').waitFor() },
  { name: 'workload-unknown', path: '/workloads/NO-SUCH-WORKLOAD', ready: (page) => page.getByText('There is no workload with this key').waitFor() },
];
