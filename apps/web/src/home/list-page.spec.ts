import { describe, expect, it } from '@jest/globals';
import { pageOf } from './list-page.js';

describe('the page behind a figure of home', () => {
  it('takes the filters of the API as they are', () => {
    expect(pageOf('/api/v1/reviews?filter[status]=due&filter[status]=in_progress&filter[owner]=me')).toEqual({ to: '/reviews', search: { 'filter[status]': ['due', 'in_progress'], 'filter[owner]': 'me' } });
    expect(pageOf('/api/v1/workloads?filter[fallsAt][lte]=now%2B30d&sort=fallsAt')).toEqual({ to: '/inventory', search: { 'filter[fallsAt][lte]': 'now+30d', sort: 'fallsAt' } });
    expect(pageOf('/api/v1/packs')).toEqual({ to: '/packs', search: {} });
  });

  it('is the queue for what waits for a decision, and none where there is none', () => {
    expect(pageOf('/api/v1/evidence?filter[awaiting]=my_decision&sort=updatedAt')).toEqual({ to: '/evidence/queue', search: {} });
    expect(pageOf('/api/v1/exceptions?filter[status]=requested')).toBeNull();
  });
});
