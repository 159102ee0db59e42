import { describe, expect, it } from '@jest/globals';
import { DRILL_KINDS, TIER_POLICY_PRESET } from '@roster/contracts';
import { drillCountsUntil, drillProblems, withinLimit } from './drill-rules.js';

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

describe('how long a drill counts', () => {
  const drill = { kind: 'kill_switch' as const, result: 'passed' as const, durationSeconds: 240, endedAt: new Date('2026-01-01T00:00:00.000Z') };
  const until = (change: Partial<Parameters<typeof drillCountsUntil>[0]>, tier: Parameters<typeof drillCountsUntil>[2]) => drillCountsUntil({ ...drill, ...change }, TIER_POLICY_PRESET, tier)?.toISOString() ?? null;

  it('follows the tier, and the strictest while none is set', () => {
    expect(until({}, 'low')).toBe('2027-01-01T00:00:00.000Z');
    expect(until({}, 'high')).toBe('2026-04-01T00:00:00.000Z');
    expect(until({}, 'critical')).toBe('2026-01-31T00:00:00.000Z');
    expect(until({}, null)).toBe(until({}, 'critical'));
  });

  it('does not count when it failed, was too slow, or has no limit', () => {
    expect(until({ result: 'failed' }, 'low')).toBeNull();
    expect(until({ result: 'aborted' }, 'low')).toBeNull();
    expect(until({ durationSeconds: 301 }, 'low')).toBeNull();
    expect(until({ kind: 'rollback' }, 'low')).toBeNull();
  });
});
