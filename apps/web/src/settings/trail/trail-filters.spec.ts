import { describe, expect, it } from '@jest/globals';
import { readTrailFilters, trailParameters } from './trail-filters.js';

describe('filters of the trail', () => {
  it('stand in the address and nothing else of it is taken', () => {
    expect(readTrailFilters({ 'filter[action]': 'inventory.workload.changed', 'filter[since]': '2026-05-01', 'filter[secret]': 'x', asOf: 'x', 'filter[actor]': '' })).toEqual({ action: 'inventory.workload.changed', since: '2026-05-01' });
  });

  it('ask for whole days', () => {
    expect(trailParameters({ since: '2026-05-01', until: '2026-05-02', workload: 'BOT' })).toEqual({ 'filter[since]': ['2026-05-01T00:00:00.000Z'], 'filter[until]': ['2026-05-02T23:59:59.999Z'], 'filter[workload]': ['BOT'] });
    expect(trailParameters({})).toEqual({});
  });
});
