import type { Page } from 'playwright-core';
import { firstOf, type Screen } from '../screen.js';

const heading = (name: string | RegExp) => (page: Page): Promise<unknown> => page.getByRole('heading', { level: 1, name }).waitFor();

/** Screens of reviews and of the actions that come out of them. */
export const screens: readonly Screen[] = [
  { name: 'reviews', path: '/reviews', mirrored: true, ready: async (page) => { await heading('Reviews')(page); await page.getByRole('grid', { name: 'Reviews' }).getByRole('link').first().waitFor(); } },
  { name: 'reviews-empty', path: '/reviews', who: 'newcomer', ready: (page) => page.getByText('No such review').first().waitFor() },
  { name: 'reviews-narrowed', path: '/reviews?filter[status]=due&filter[dueBefore]=2030-01-01T00:00:00Z', ready: (page) => page.getByRole('list', { name: 'Conditions' }).waitFor() },
  { name: 'review-calendar', path: '/reviews/calendar', ready: async (page) => { await heading('Review calendar')(page); await page.getByRole('grid').waitFor(); } },
  { name: 'review-punctuality', path: '/reviews/punctuality', ready: (page) => page.getByRole('slider', { name: /Share of reviews done on time/ }).waitFor() },
  { name: 'review-scheduled', path: firstOf('/reviews/$id', '/reviews?limit=1&sort=dueAt&filter[status]=scheduled'), ready: (page) => page.getByRole('heading', { name: 'What happens in a review' }).waitFor() },
  { name: 'review-in-progress', path: firstOf('/reviews/$id', '/reviews?limit=1&sort=dueAt&filter[status]=in_progress'), mirrored: true, ready: async (page) => { await page.getByRole('form', { name: 'Review' }).waitFor(); await page.getByText('criteria in place').first().waitFor(); } },
  { name: 'review-awaiting-sign-off', path: firstOf('/reviews/$id', '/reviews?limit=1&sort=dueAt&filter[status]=awaiting_sign_off'), ready: (page) => page.getByRole('heading', { name: 'Awaiting sign-off' }).waitFor() },
  { name: 'review-completed', path: firstOf('/reviews/$id', '/reviews?limit=1&sort=dueAt&filter[status]=completed'), ready: (page) => page.getByRole('heading', { name: 'Answers' }).waitFor() },
  { name: 'actions', path: '/actions?whose=all&show=all', ready: (page) => page.getByRole('grid', { name: 'Actions' }).getByRole('link').first().waitFor() },
  { name: 'action', path: firstOf('/actions/$id', '/actions?limit=1'), ready: (page) => page.getByRole('dialog', { name: 'Action' }).getByRole('button', { name: 'Save the action' }).waitFor() },
  { name: 'actions-empty', path: '/actions', who: 'newcomer', ready: (page) => page.getByText('Nothing is waiting for you').waitFor() },
];
