import { describe, expect, it } from '@jest/globals';
import { rowsHref } from './rows-href.js';

describe('the rows behind a figure', () => {
  it.each([
    ['/api/v1/workloads?filter[stage]=pilot&filter[lifecycle][ne]=retired', '/inventory?filter[stage]=pilot&filter[lifecycle][ne]=retired'],
    ['/api/v1/evidence?filter[status]=accepted&sort=expiresAt', '/evidence?filter[status]=accepted&sort=expiresAt'], ['/api/v1/reviews', '/reviews'],
  ])('%s are shown at %s', (api, page) => expect(rowsHref(api)).toBe(page));
  it('have no page where none is known', () => {
    expect([rowsHref(null), rowsHref('/api/v1/workloads-of-somebody'), rowsHref('https://example.org')]).toEqual([null, null, null]);
  });
});
