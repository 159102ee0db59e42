import type { Page } from 'playwright-core';
import type { Person } from '../../e2e/person.js';
import type { Screen } from '../screen.js';

const at = (path: string) => `/workloads/CLAIMS-CHAT/${path}`;
/** A criterion of the workload that has evidence, so that its details show some. */
const openCriterion = async (api: Person): Promise<string> => {
  const { domains } = await api.get<{ domains: { criteria: { key: string; evidence: unknown[] }[] }[] }>('/workloads/CLAIMS-CHAT/coverage');
  const found = domains.flatMap(({ criteria }) => criteria).find(({ evidence }) => evidence.length > 0);
  return at(`evidence?criterion=${encodeURIComponent(found?.key ?? 'psf-1.1/PSF-1.1')}`);
};
/** The newest moment before the last change. */
const past = async (api: Person): Promise<string> => {
  const { items } = await api.get<{ items: { at: string }[] }>('/workloads/CLAIMS-CHAT/history?limit=5');
  return at(`history?asOf=${encodeURIComponent(items.at(-1)?.at ?? '2026-01-01T00:00:00Z')}`);
};
const grid = (page: Page) => page.getByRole('grid', { name: 'Criteria by domain' }).waitFor();
const heading = (name: string) => (page: Page) => page.getByRole('heading', { name }).waitFor();

/** The panel comes into view as it opens; what stands above it may come later. */
const endOfCriterion = async (page: Page): Promise<void> => {
  await page.getByText('Evidence in place').waitFor();
  await page.getByText(/^Frozen/).first().waitFor();
  await page.evaluate(() => { scrollTo(0, document.documentElement.scrollHeight); });
};

export const screens: readonly Screen[] = [
  { name: 'workload-owners', path: at('owners'), ready: (page) => page.getByRole('heading', { name: 'PSF-8 Vendor Resilience' }).waitFor() },
  { name: 'workload-components', path: '/workloads/CHURN-SCORE/components', ready: (page) => page.getByRole('group', { name: /^Relations of/ }).waitFor() },
  { name: 'workload-components-empty', path: at('components'), ready: (page) => page.getByText('No component is declared').waitFor() },
  { name: 'workload-evidence', path: at('evidence'), ready: grid },
  { name: 'workload-evidence-criterion', path: { route: '/workloads/$key/evidence', find: openCriterion }, ready: endOfCriterion },
  { name: 'workload-reviews', path: at('reviews'), ready: (page) => page.getByRole('grid', { name: 'Reviews of this workload' }).waitFor() },
  { name: 'workload-drills', path: at('incidents'), ready: (page) => page.getByRole('grid', { name: 'Drills of this workload' }).waitFor() },
  { name: 'workload-history', path: at('history'), ready: (page) => page.getByRole('article').first().waitFor() },
  { name: 'workload-history-past', path: { route: '/workloads/$key/history', find: past }, ready: heading('What changed') },
  { name: 'workload-trail', path: at('trail'), ready: (page) => page.getByText('Signed checkpoint').waitFor(), mask: ['code'], pictures: false },
];
