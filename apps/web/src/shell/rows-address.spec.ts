import { describe, expect, it } from '@jest/globals';
import { pageOf, rowsHref } from './rows-address.js';

describe('the page behind a figure', () => {
  it.each([
    ['/api/v1/workloads?filter[stage]=pilot&filter[lifecycle][ne]=retired', '/inventory?filter[stage]=pilot&filter[lifecycle][ne]=retired'],
    ['/api/v1/evidence?filter[status]=accepted&sort=expiresAt', '/evidence?filter[status]=accepted&sort=expiresAt'], ['/api/v1/reviews', '/reviews'], ['/api/v1/packs', '/packs'], ['/api/v1/home/gaps', '/gaps'],
    ['/api/v1/evidence?filter[awaiting]=my_decision&sort=updatedAt', '/evidence/queue'],
  ])('of %s is %s', (api, page) => expect(rowsHref(api)).toBe(page));

  it('takes the filters of the API as they are', () => {
    expect(pageOf('/api/v1/reviews?filter[status]=due&filter[status]=in_progress&filter[owner]=me')).toEqual({ to: '/reviews', search: { 'filter[status]': ['due', 'in_progress'], 'filter[owner]': 'me' } });
    expect(pageOf('/api/v1/workloads?filter[fallsAt][lte]=now%2B30d&filter[provider]=r%26d&sort=fallsAt')).toEqual({ to: '/inventory', search: { 'filter[fallsAt][lte]': 'now+30d', 'filter[provider]': 'r&d', sort: 'fallsAt' } });
  });

  it('is none where none is known', () => {
    expect([rowsHref(null), pageOf(null)]).toEqual([null, null]);
    expect(['/api/v1/exceptions?filter[status]=requested', '/api/v1/workloads-of-somebody', 'https://example.org'].map((rows) => [rowsHref(rows), pageOf(rows)])).toEqual([[null, null], [null, null], [null, null]]);
  });
});
