import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readDay, readInstant, readMoment, type MomentComparison } from './moment.js';

const NOW = new Date('2026-05-01T12:00:00.000Z');
const OPERATORS: readonly MomentComparison[] = ['<', '<=', '>', '>='];

describe('readMoment', () => {
  it.each([
    ['now', '2026-05-01T12:00:00.000Z'], ['now+30d', '2026-05-31T12:00:00.000Z'], ['NOW-1W', '2026-04-24T12:00:00.000Z'], ['now+2h', '2026-05-01T14:00:00.000Z'],
    ['2026-05-01T10:00:00+02:00', '2026-05-01T08:00:00.000Z'], ['2026-05-01T10:00Z', '2026-05-01T10:00:00.000Z'],
  ])('reads %s alike under every comparison', (text, expected) => {
    for (const operator of OPERATORS) expect(readMoment(text, NOW, operator)?.toISOString()).toBe(expected);
  });

  it('means all of a day', () => {
    const at = (operator: MomentComparison): string | undefined => readMoment('2026-05-01', NOW, operator)?.toISOString();
    expect([at('>='), at('<'), at('<='), at('>')]).toEqual(['2026-05-01T00:00:00.000Z', '2026-05-01T00:00:00.000Z', '2026-05-01T23:59:59.999Z', '2026-05-01T23:59:59.999Z']);
  });

  it.each(['', 'tomorrow', 'now+30', 'now+d', 'now +1d', 'now+12345d', '2026-5-1', '2026-02-30', '2026-02-30T00:00:00Z', '2026-05-01T12:00:00', '2026-05-01T25:00:00Z', '2026-05-01Tjunk-01:00', '1777636800000'])('refuses %j', (text) => {
    for (const operator of OPERATORS) expect(readMoment(text, NOW, operator)).toBeNull();
  });

  it('keeps every instant', () => {
    fc.assert(fc.property(fc.date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true }), (at) => {
      expect(readInstant(at.toISOString())).toEqual(at);
      expect(readDay(at.toISOString().slice(0, 10))?.toISOString()).toBe(`${at.toISOString().slice(0, 10)}T00:00:00.000Z`);
    }), { numRuns: 200 });
  });
});
