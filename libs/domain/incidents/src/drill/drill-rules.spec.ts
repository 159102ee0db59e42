import { describe, expect, it } from '@jest/globals';
import { DRILL_KINDS } from '@roster/contracts';
import { drillProblems, withinLimit } from './drill-rules.js';

const NOW = new Date('2026-05-10T12:00:00.000Z');
const at = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);
const codes = (startedAt: Date, endedAt: Date): string[] => drillProblems({ startedAt, endedAt }, NOW).map((e) => `${e.path}:${e.code}`);

describe('the instants of a drill', () => {
  it.each([
    ['a drill of 240 s', at(-300), at(-60), []],
    ['one that ends as it is recorded', at(-10), at(0), []],
    ['a clock that runs ahead a little', at(-10), at(60), []],
    ['no duration', at(-10), at(-10), ['endedAt:not_after']],
    ['a stop before the start', at(-10), at(-20), ['endedAt:not_after']],
    ['the future', at(-10), at(61), ['endedAt:in_future']],
    ['exactly 24 hours', at(-86_400), at(0), []],
    ['more than 24 hours', at(-86_401), at(0), ['endedAt:out_of_range']],
  ])('%s', (_what, startedAt, endedAt, expected) => {
    expect(codes(startedAt, endedAt)).toEqual(expected);
  });
});

describe('the limit', () => {
  it('holds for the kill switch only, and is itself within', () => {
    expect(withinLimit('kill_switch', 300, 300)).toBe(true);
    expect(withinLimit('kill_switch', 300.001, 300)).toBe(false);
    for (const kind of DRILL_KINDS.filter((k) => k !== 'kill_switch')) expect(withinLimit(kind, 1e6, 300)).toBeNull();
  });
});
