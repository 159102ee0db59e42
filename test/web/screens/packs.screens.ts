import type { Page } from 'playwright-core';
import type { Person } from '../../e2e/person.js';
import type { Screen } from '../screen.js';

const heading = (name: string) => (page: Page): Promise<unknown> => page.getByRole('heading', { level: 1, name }).waitFor();

/** A pack of two workloads as they were known the day before, built once. */
async function built(api: Person): Promise<string> {
  const { items: [first] } = await api.get<{ items: { id: string }[] }>('/packs?limit=1');
  const { id } = first ?? (await api.must<{ id: string }>(202, 'POST', '/packs', { scope: { workloads: ['CLAIMS-CHAT', 'CHURN-SCORE'] }, asOf: '2026-06-29T10:00:00.000Z' }));
  await api.finished(`/packs/${id}`);
  return `/packs/${id}`;
}

/** Screens of evidence packs. */
export const screens: readonly Screen[] = [
  { name: 'pack', path: { route: '/packs/$id', find: built }, mask: ['time'], ready: (page) => page.getByRole('link', { name: /Download/ }).first().waitFor() },
  { name: 'packs', path: { route: '/packs', find: async (api) => { await built(api); return '/packs'; } }, mask: ['time'], ready: (page) => page.getByRole('grid').getByRole('link').first().waitFor() },
  { name: 'packs-empty', path: '/packs', who: 'newcomer', mirrored: true, ready: (page) => page.getByText('No pack yet').waitFor() },
  { name: 'packs-new', path: '/packs/new', ready: async (page) => { await heading('What should the pack prove?')(page); await page.locator('[aria-busy="false"] dl').waitFor(); } },
  {
    name: 'packs-new-filter', path: '/packs/new', mirrored: true,
    act: async (page) => {
      await page.getByRole('radio', { name: 'Those that match' }).click();
      await page.getByRole('checkbox', { name: 'Production' }).check();
    },
    ready: (page) => page.locator('[aria-busy="false"] dl').waitFor(),
  },
  { name: 'packs-verify', path: '/packs/verify', who: 'stranger', mirrored: true, ready: heading('Is this evidence pack genuine?') },
  {
    name: 'packs-verify-refused', path: '/packs/verify', who: 'stranger',
    act: (page) => page.getByLabel('Choose a pack to check').setInputFiles({ name: 'notes.zip', mimeType: 'application/zip', buffer: Buffer.from('This is no archive, and no pack.') }),
    ready: (page) => page.locator('[data-verdict="refused"]').waitFor(),
  },
];
