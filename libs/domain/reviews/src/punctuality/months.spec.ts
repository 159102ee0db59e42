import { describe, expect, it } from '@jest/globals';
import { monthsUntil } from './months.js';

const names = (...asked: Parameters<typeof monthsUntil>): string[] => monthsUntil(...asked).months.map(({ month }) => month);

describe('the months of a trend', () => {
  it('end with the month that the organization is in, whatever month it is in UTC', () => {
    const instant = new Date('2026-03-31T22:30:00Z');
    expect(names(instant, 'UTC', 2)).toEqual(['2026-02', '2026-03']);
    expect(names(instant, 'Europe/Berlin', 2)).toEqual(['2026-03', '2026-04']);
  });

  it('begin and end at midnight there, also across a change of clocks and of year', () => {
    expect(monthsUntil(new Date('2026-03-15T12:00:00Z'), 'Europe/Berlin', 1)).toEqual({
      months: [{ month: '2026-03', from: new Date('2026-02-28T23:00:00Z'), until: new Date('2026-03-31T22:00:00Z') }], from: new Date('2026-02-28T23:00:00Z'), until: new Date('2026-03-31T22:00:00Z'),
    });
    expect(monthsUntil(new Date('2026-01-15T12:00:00Z'), 'America/New_York', 3)).toEqual({
      months: [
        { month: '2025-11', from: new Date('2025-11-01T04:00:00Z'), until: new Date('2025-12-01T05:00:00Z') }, { month: '2025-12', from: new Date('2025-12-01T05:00:00Z'), until: new Date('2026-01-01T05:00:00Z') },
        { month: '2026-01', from: new Date('2026-01-01T05:00:00Z'), until: new Date('2026-02-01T05:00:00Z') },
      ],
      from: new Date('2025-11-01T04:00:00Z'), until: new Date('2026-02-01T05:00:00Z'),
    });
  });
});
