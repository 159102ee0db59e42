import { describe, expect, it } from '@jest/globals';
import { breakGlassProblems } from './break-glass-rules.js';

const NOW = new Date('2026-05-10T12:00:00.000Z');
const after = (milliseconds: number): Date => new Date(NOW.getTime() + milliseconds);
const DAY = 86_400_000;
const codes = (until: Date, maxDays = 14): string[] => breakGlassProblems(until, NOW, maxDays).map((e) => e.code);

describe('the end of a break-glass', () => {
  it('lies ahead and at most 14 days away, the last instant included', () => {
    expect(codes(NOW)).toEqual(['not_in_future']);
    expect(codes(after(1))).toEqual([]);
    expect(codes(after(14 * DAY))).toEqual([]);
    expect(codes(after(14 * DAY + 1))).toEqual(['out_of_range']);
  });

  it('may be limited further by the organization, never less', () => {
    expect(codes(after(3 * DAY), 3)).toEqual([]);
    expect(codes(after(3 * DAY + 1), 3)).toEqual(['out_of_range']);
    expect(codes(after(20 * DAY), 30)).toEqual(['out_of_range']);
  });
});
