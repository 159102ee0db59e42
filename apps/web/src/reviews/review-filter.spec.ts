import { describe, expect, it } from '@jest/globals';
import { filtersOf, inView, REVIEW_VIEWS, searchOf, viewOf } from './review-filter.js';

describe('filters of the list of reviews', () => {
  it('are the address, and the address is the query', () => {
    const search = { 'filter[status]': ['due', 'in_progress'], 'filter[owner]': 'me', asOf: '2026-05-01T00:00:00Z', 'filter[colour]': 'red', 'filter[overdue]': '' };
    expect(filtersOf(search)).toEqual({ status: ['due', 'in_progress'], owner: 'me' });
    expect(searchOf(filtersOf(search), search)).toEqual({ asOf: '2026-05-01T00:00:00Z', 'filter[status]': ['due', 'in_progress'], 'filter[owner]': 'me' });
    expect(filtersOf({ 'filter[status]': 'due' })).toEqual({ status: ['due'] });
    expect(filtersOf({ 'filter[punctuality]': 'late', 'filter[missedPeriods]': 'true', 'filter[dueFrom]': '2026-01-01T00:00:00Z' })).toEqual({ punctuality: ['late'], missedPeriods: 'true', dueFrom: '2026-01-01T00:00:00Z' });
  });

  it('know the usual views again, whoever and whichever workload they are about', () => {
    for (const view of Object.keys(REVIEW_VIEWS) as (keyof typeof REVIEW_VIEWS)[]) expect(viewOf(inView(view, { owner: 'me', workload: 'BOT', overdue: 'true' }))).toBe(view);
    expect(viewOf({ status: ['in_progress', 'due'], overdue: 'false' })).toBe('due');
    expect(viewOf({ status: ['due'] })).toBeNull();
    expect([viewOf({ punctuality: ['late'] }), viewOf({ punctuality: ['late', 'on_time'] }), viewOf({ punctuality: ['late'], dueBefore: '2026-01-01T00:00:00Z' })]).toEqual(['late', null, null]);
    expect(inView('overdue', { owner: 'me', status: ['due'] })).toEqual({ overdue: 'true', owner: 'me' });
  });
});
