import { describe, expect, it } from '@jest/globals';
import { isFinished, toChanges, toSelection } from './bulk-change.js';

describe('a bulk change', () => {
  it('gathers lines by what they do', () => {
    expect(toChanges([
      { target: { kind: 'set', field: 'team' }, values: [' Claims '] }, { target: { kind: 'set', field: 'riskTier' }, values: [''] }, { target: { kind: 'facts', field: 'handlesPii' }, values: ['unknown'] },
      { target: { kind: 'add', field: 'tags' }, values: ['a', 'b'] }, { target: { kind: 'owners', field: 'on_call' }, values: ['grace@example.com'] },
    ])).toEqual({ set: { team: 'Claims', riskTier: null }, facts: { handlesPii: 'unknown' }, add: { tags: ['a', 'b'] }, owners: { on_call: 'grace@example.com' } });
  });

  it('is finished when it says a value, or clears what may be empty', () => {
    expect(isFinished({ target: { kind: 'set', field: 'team' }, values: [''] })).toBe(false);
    expect(isFinished({ target: { kind: 'set', field: 'riskTier' }, values: [''] })).toBe(true);
    expect(isFinished({ target: { kind: 'set', field: 'riskTier' }, values: [] })).toBe(false);
    expect(isFinished({ target: { kind: 'add', field: 'tags' }, values: [] })).toBe(false);
  });

  it('selects by id, or everything a query finds but a few', () => {
    const rows = [{ id: '1', key: 'ONE' }];
    expect(toSelection({ kind: 'rows', ids: new Set() }, 'q=x', rows)).toBeNull();
    expect(toSelection({ kind: 'rows', ids: new Set(['1', '2']) }, 'q=x', rows)).toEqual({ keys: ['1', '2'] });
    expect(toSelection({ kind: 'matching', except: new Set(['1']) }, 'filter[stage]=pilot', rows)).toEqual({ query: 'filter[stage]=pilot', except: ['ONE'] });
  });
});
