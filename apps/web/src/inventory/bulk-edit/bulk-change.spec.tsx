import { describe, expect, it } from '@jest/globals';
import type { CustomType } from '../custom-values.js';
import { isFinished, toChanges, toSelection } from './bulk-change.js';

describe('a bulk change', () => {
  it('gathers lines by what they do', () => {
    expect(toChanges([
      { target: { kind: 'set', field: 'team' }, values: [' Claims '] }, { target: { kind: 'set', field: 'riskTier' }, values: [''] }, { target: { kind: 'facts', field: 'handlesPii' }, values: ['unknown'] },
      { target: { kind: 'add', field: 'tags' }, values: ['a', 'b'] }, { target: { kind: 'owners', field: 'on_call' }, values: ['grace@example.com'] },
    ])).toEqual({ set: { team: 'Claims', riskTier: null }, facts: { handlesPii: 'unknown' }, add: { tags: ['a', 'b'] }, owners: { on_call: 'grace@example.com' } });
  });

  it('gives custom fields the type that their definition asks for', () => {
    const custom = (field: string, type: CustomType, ...values: string[]) => ({ target: { kind: 'custom' as const, field, type }, values });
    expect(toChanges([custom('cost', 'number', ' 12.5 '), custom('renewal', 'date', '2026-09-01'), custom('critical', 'boolean', 'false'), custom('regions', 'choices', 'EU', 'US'), custom('reviewed', 'tri_state', 'unknown'), custom('bureau', 'text', '')]))
      .toEqual({ custom: { cost: 12.5, renewal: '2026-09-01', critical: false, regions: ['EU', 'US'], reviewed: 'unknown', bureau: null } });
    expect(isFinished(custom('cost', 'number', 'a lot'))).toBe(false);
    expect(isFinished(custom('cost', 'number', '0'))).toBe(true);
    expect(isFinished(custom('cost', 'number', ''))).toBe(true);
    expect(isFinished(custom('cost', 'number'))).toBe(false);
    expect(isFinished(custom('wiki', 'url', 'wiki.example'))).toBe(false);
    expect(isFinished(custom('wiki', 'url', 'ftp://wiki.example'))).toBe(false);
    expect(isFinished(custom('wiki', 'url', 'https://wiki.example'))).toBe(true);
    expect(isFinished(custom('renewal', 'date', '1.9.2026'))).toBe(false);
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
