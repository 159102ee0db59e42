import type { Screen } from '../screen.js';

/** Home and inbox. */
export const screens: readonly Screen[] = [
  { name: 'home', path: '/', mirrored: true, ready: (page) => page.getByRole('heading', { name: /Reviews due within a week|Overdue reviews/ }).first().waitFor() },
  { name: 'home-newcomer', path: '/', who: 'newcomer', ready: (page) => page.getByText('Nothing waits for you.').waitFor() },
  { name: 'gaps', path: '/gaps', mirrored: true, ready: (page) => page.getByRole('button', { name: /^Only this one: / }).first().waitFor() },
  { name: 'gaps-none', path: '/gaps', who: 'newcomer', ready: (page) => page.getByText('Nothing stands in the way').waitFor() },
  { name: 'inbox', path: '/inbox?show=all', ready: (page) => page.getByRole('list', { name: 'Notifications' }).waitFor() },
  { name: 'inbox-empty', path: '/inbox', who: 'newcomer', ready: (page) => page.getByText('Nothing unread').waitFor() },
];
