import { describe, expect, it } from '@jest/globals';
import { decayWeeks } from './decay-weeks.js';

describe('weeks of the coming days', () => {
  const days = [{ date: '2026-06-30', expiring: 1, falls: 0 }, { date: '2026-07-06', expiring: 1, falls: 1 }, { date: '2026-07-07', expiring: 4, falls: 0 }, { date: '2026-09-28', expiring: 1, falls: 0 }];
  // 22:30 on 30 June in New York, when UTC has 1 July already.
  const period = { from: '2026-07-01T02:30:00Z', to: '2026-09-29T02:30:00Z', days, timeZone: 'America/New_York' };

  it('are cut at days of the organization, in which the figures are counted', () => {
    const { weeks } = decayWeeks({ ...period, width: 1_200 });
    expect(weeks.slice(0, 2)).toEqual([{ from: '2026-06-30', until: '2026-07-07', expiring: 2, falls: 1 }, { from: '2026-07-07', until: '2026-07-14', expiring: 4, falls: 0 }]);
    expect(decayWeeks({ ...period, timeZone: 'UTC', width: 1_200 }).weeks[0]).toEqual({ from: '2026-07-01', until: '2026-07-08', expiring: 5, falls: 1 });
  });

  it.each([['America/New_York', '2026-09-29'], ['Europe/Berlin', '2026-09-30'], ['Pacific/Auckland', '2026-09-30']])('leave no day out and count none twice: %s', (timeZone, until) => {
    const { weeks } = decayWeeks({ ...period, timeZone, days: [...days, { date: '2026-09-29', expiring: 0, falls: 0 }].filter(({ date }) => date >= (timeZone === 'America/New_York' ? '2026-06-30' : '2026-07-01')), width: 1_200 });
    weeks.slice(1).forEach((week, index) => expect(week.from).toBe(weeks[index]?.until));
    expect(weeks.at(-1)?.until).toBe(until);
    expect(weeks.reduce((sum, { expiring }) => sum + expiring, 0)).toBe(timeZone === 'America/New_York' ? 7 : 6);
  });

  it('are joined where one alone would be too narrow to point at', () => {
    const { weeks } = decayWeeks({ ...period, width: 200 });
    expect(weeks.length).toBe(7);
    expect([weeks[0]?.from, weeks[0]?.until, weeks.at(-1)?.until]).toEqual(['2026-06-30', '2026-07-14', '2026-09-29']);
  });
});
