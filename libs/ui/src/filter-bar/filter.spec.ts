import { describe, expect, it } from '@jest/globals';
import { isComplete, operatorsOf, readRelative, withOperator, writeRelative } from './filter.js';

describe('a filter', () => {
  it('offers the operators of its kind, and unknown where that can be', () => {
    const base = { id: 'x', label: 'X', group: 'G' };
    expect(operatorsOf({ ...base, kind: 'choice', choices: [], ordered: true })).toEqual(['is', 'isNot', 'gte', 'lte']);
    expect(operatorsOf({ ...base, kind: 'text', mayBeUnknown: true })).toEqual(['is', 'isNot', 'unknown', 'known']);
    expect(operatorsOf({ ...base, kind: 'flag', mayBeUnknown: false })).toEqual(['is']);
  });

  it('keeps what still fits when the operator changes', () => {
    const filter = { field: 'stage', operator: 'is', values: ['pilot', 'production'] } as const;
    expect(withOperator(filter, 'gte').values).toEqual(['pilot']);
    expect(withOperator(filter, 'isNot').values).toEqual(['pilot', 'production']);
    expect(withOperator(filter, 'unknown').values).toEqual([]);
  });

  it('applies only when it says something', () => {
    expect(isComplete({ field: 'a', operator: 'is', values: [] })).toBe(false);
    expect(isComplete({ field: 'a', operator: 'is', values: [''] })).toBe(false);
    expect(isComplete({ field: 'a', operator: 'unknown', values: [] })).toBe(true);
  });

  it('reads and writes distances from now', () => {
    expect([readRelative('now+30d'), readRelative('now-2w'), readRelative('now'), readRelative('2026-05-01'), readRelative('now+30y')]).toEqual([{ days: 30 }, { days: -14 }, { days: 0 }, null, null]);
    expect([writeRelative(30), writeRelative(-7), writeRelative(0)]).toEqual(['now+30d', 'now-7d', 'now']);
  });
});
