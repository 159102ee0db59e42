import type { Screen } from '../screen.js';

/** Opens the palette over a page. @param words what is typed into it */
const palette = (words: string): NonNullable<Screen['act']> => async (page) => {
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Search and commands' }).fill(words);
};

/** Home, inbox and the palette. */
export const screens: readonly Screen[] = [
  { name: 'home', path: '/', mirrored: true, ready: (page) => page.getByRole('heading', { name: /Reviews due within a week|Overdue reviews/ }).first().waitFor() },
  { name: 'home-newcomer', path: '/', who: 'newcomer', ready: (page) => page.getByText('Nothing waits for you.').waitFor() },
  { name: 'palette', path: '/', act: palette(''), ready: (page) => page.getByText('Sign out everywhere').waitFor() },
  { name: 'palette-found', path: '/', act: palette('claims'), ready: (page) => page.getByRole('dialog', { name: 'Search and commands' }).getByText('CLAIMS', { exact: false }).first().waitFor() },
  { name: 'palette-nothing', path: '/', act: palette('zzzz'), ready: (page) => page.getByRole('dialog', { name: 'Search and commands' }).getByText(/Nothing/).first().waitFor() },
  { name: 'gaps', path: '/gaps', mirrored: true, ready: (page) => page.getByRole('button', { name: /^Only this one: / }).first().waitFor() },
  { name: 'gaps-none', path: '/gaps', who: 'newcomer', ready: (page) => page.getByText('Nothing stands in the way').waitFor() },
  { name: 'inbox', path: '/inbox?show=all', ready: (page) => page.getByRole('list', { name: 'Notifications' }).waitFor() },
  { name: 'inbox-empty', path: '/inbox', who: 'newcomer', ready: (page) => page.getByText('Nothing unread').waitFor() },
];
