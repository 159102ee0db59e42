import type { Screen } from '../screen.js';

/** The settings of the demo organization, and of one that has just begun. */
export const screens: readonly Screen[] = [
  { name: 'settings-organization', path: '/settings/organization', ready: (page) => page.getByLabel('Time zone').first().waitFor() },
  { name: 'settings-members', path: '/settings/members', ready: async (page) => { await page.getByRole('rowheader').first().waitFor(); await page.getByRole('heading', { name: 'Open invitations' }).waitFor(); }, mirrored: true },
  { name: 'settings-api-keys-empty', path: '/settings/api-keys', who: 'newcomer', ready: (page) => page.getByText('No keys yet').waitFor() },
  { name: 'settings-policies', path: '/settings/policies', ready: (page) => page.getByLabel('Longest time to disable').waitFor(), mirrored: true },
  { name: 'settings-editions', path: '/settings/editions', ready: (page) => page.getByRole('button', { name: /Data Protection/ }).waitFor() },
  { name: 'settings-custom-fields-empty', path: '/settings/custom-fields', who: 'newcomer', ready: (page) => page.getByText('No fields of your own yet').waitFor() },
  { name: 'settings-trail', path: '/settings/trail', ready: (page) => page.getByRole('listitem').filter({ hasText: '.' }).first().waitFor(), pictures: false },
  { name: 'settings-profile', path: '/settings/profile', ready: (page) => page.getByLabel('At once, a mail each').waitFor() },
];
