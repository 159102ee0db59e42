import { describe, expect, it } from '@jest/globals';
import { addMonths, dayInMonth, isMonth, moveInCalendar, weeksOf } from './month.js';

describe('the weeks of a month', () => {
  it('are whole, begin with the first day of the locale, and hold the month', () => {
    const monday = weeksOf('2026-03', 1);
    expect(monday[0]?.[0]).toBe('2026-02-23');
    expect(monday.at(-1)?.[6]).toBe('2026-04-05');
    const sunday = weeksOf('2026-03', 7);
    expect(sunday[0]?.[0]).toBe('2026-03-01');
    expect(sunday.flat()).toHaveLength(35);
    expect(weeksOf('2026-02', 7)).toHaveLength(4);
  });

  it('lose no day to a change of clocks or of year', () => {
    const days = Array.from({ length: 24 }, (_, index) => weeksOf(addMonths('2025-12', index), 1).flat().filter((day) => day.startsWith(addMonths('2025-12', index)))).flat();
    expect(new Set(days).size).toBe(days.length);
    expect(days).toHaveLength(31 + 365 + 334);
  });
});

describe('keys in a calendar', () => {
  it.each([
    ['ArrowLeft', '2026-03-30'], ['ArrowRight', '2026-04-01'], ['ArrowUp', '2026-03-24'], ['ArrowDown', '2026-04-07'], ['Home', '2026-03-30'], ['End', '2026-04-05'], ['PageUp', '2026-02-28'], ['PageDown', '2026-04-30'], ['x', null],
  ])('%s leads to %s', (key, day) => expect(moveInCalendar('2026-03-31', key, 1)).toBe(day));

  it('follow the direction of writing', () => {
    expect(moveInCalendar('2026-03-31', 'ArrowLeft', 1, true)).toBe('2026-04-01');
    expect(moveInCalendar('2026-03-31', 'Home', 7)).toBe('2026-03-29');
  });
});

it('keeps a day in a shorter month, and knows what a month is', () => {
  expect(dayInMonth('2026-01-31', '2026-02')).toBe('2026-02-28');
  expect([isMonth('2026-12'), isMonth('2026-13'), isMonth('2026-1'), isMonth(202612)]).toEqual([true, false, false, false]);
});
