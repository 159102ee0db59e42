import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fieldChanges } from './history-diff.js';

describe('fieldChanges', () => {
  it('names each field that differs, with both values', () => {
    expect(fieldChanges({ name: 'A', team: 'Care', tags: ['x'] }, { name: 'B', team: 'Care', tags: ['x', 'y'] })).toEqual([
      { field: 'name', from: 'A', to: 'B' }, { field: 'tags', from: ['x'], to: ['x', 'y'] },
    ]);
  });

  it('compares custom fields one by one', () => {
    expect(fieldChanges({ custom: { contract: 'C-1', region: ['eu'] } }, { custom: { contract: 'C-2', bureau: 'CBP', region: ['eu'] } })).toEqual([
      { field: 'custom.contract', from: 'C-1', to: 'C-2' }, { field: 'custom.bureau', from: null, to: 'CBP' },
    ]);
    expect(fieldChanges({ custom: { contract: 'C-1' } }, { custom: {} })).toEqual([{ field: 'custom.contract', from: 'C-1', to: null }]);
  });

  it('tells unknown from no and from nothing', () => {
    expect(fieldChanges({ handlesPii: 'unknown' }, { handlesPii: 'no' })).toEqual([{ field: 'handlesPii', from: 'unknown', to: 'no' }]);
    expect(fieldChanges({ riskTier: null }, { riskTier: 'low' })).toEqual([{ field: 'riskTier', from: null, to: 'low' }]);
  });

  it('lists what the first state said, not what it left open', () => {
    expect(fieldChanges(null, { name: 'A', team: null, tags: [], handlesPii: 'unknown', frozen: false, custom: { a: 1 } })).toEqual([
      { field: 'name', from: null, to: 'A' }, { field: 'custom.a', from: null, to: 1 },
    ]);
  });

  it('finds nothing between a state and its copy, and the reverse of a change in reverse', () => {
    const state = fc.dictionary(fc.constantFrom('name', 'team', 'tags', 'custom'), fc.jsonValue());
    fc.assert(fc.property(state, state, (a, b) => {
      expect(fieldChanges(a, JSON.parse(JSON.stringify(a)))).toEqual([]);
      const forth = fieldChanges(a, b).map(({ field, from, to }) => JSON.stringify([field, from, to])).sort();
      const back = fieldChanges(b, a).map(({ field, from, to }) => JSON.stringify([field, to, from])).sort();
      expect(forth).toEqual(back);
    }), { numRuns: 200 });
  });
});
