import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '@roster/platform-errors';
import { readWorkloadFilters, readWorkloadList } from '../workload/workload-list.js';
import { BUILT_IN_VIEWS } from './built-in-view.js';
import { readViewQuery } from './view-query.js';

const CONTEXT = { now: new Date('2026-05-10T12:00:00Z'), me: '0190a1b2-0000-7e5f-8a9b-0c1d2e3f4a5b' };

describe('the query of a view', () => {
  it('is the query string of the list in one spelling', () => {
    expect(readViewQuery('?filter%5Bstage%5D=pilot&filter[stage]=production&q=claims%20bot', '-name')).toMatchObject({ query: 'filter[stage]=pilot&filter[stage]=production&q=claims+bot', sort: '-name' });
    expect(readViewQuery('', undefined)).toMatchObject({ query: '', sort: '-updatedAt' });
  });

  it('keeps a plus sign and an ampersand inside a value', () => {
    const { query, list } = readViewQuery('filter[fallsAt][lte]=now%2B30d&filter[team]=R%26D', undefined);
    expect(list.operations).toEqual([{ filter: 'fallsAt', operator: 'lte', values: ['now+30d'] }]);
    expect(list.filters.get('team')).toEqual(['R&D']);
    expect(readViewQuery(query, undefined).query).toBe(query);
  });

  it.each(['limit=5', 'cursor=x', 'sort=name', 'asOf=2026-01-01T00:00:00Z', 'count=true', 'filter[secret]=1', 'filter[stage][like]=1', 'toString=1', '__proto__=x', 'constructor=1', 'filter[toString]=1', `q=${'word '.repeat(11)}`])('refuses %s', (query) => {
    expect(() => readViewQuery(query, undefined)).toThrow(ProblemError);
  });
});

describe('built-in views', () => {
  it.each(BUILT_IN_VIEWS.map((view) => [view.name, view] as const))('%s is a query that the list takes, in its own spelling', (_name, view) => {
    const read = readViewQuery(view.query, view.sort);
    expect(read).toMatchObject({ query: view.query, sort: view.sort });
    expect(readWorkloadList(read.list, CONTEXT).conditions.length).toBe(readWorkloadFilters(read.list, CONTEXT).flatMap((one) => one.conditions).length);
  });

  it('are the seven that the product promises', () => {
    expect(BUILT_IN_VIEWS.map(({ name }) => name)).toEqual(['All', 'Mine', 'Unowned', 'Overdue', 'Missing evidence', 'Pilot with PII or tools', 'Falling within 30 days']);
  });
});
