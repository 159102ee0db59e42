import { describe, expect, it } from '@jest/globals';
import { addMonths, dayIn, endOfDay, instantOfLocal, localOf, startOfDay } from './calendar.js';

describe('days and times that people enter', () => {
  it('are those of the organization, not of the machine', () => {
    const instant = new Date('2026-06-30T22:30:00Z');
    expect([dayIn(instant, 'Europe/Berlin'), dayIn(instant, 'America/New_York'), dayIn(instant, 'Pacific/Auckland')]).toEqual(['2026-07-01', '2026-06-30', '2026-07-01']);
  });

  it('begin and end where the zone says, also when the clocks change', async () => {
    expect([await startOfDay('2026-03-29', 'Europe/Berlin'), await endOfDay('2026-03-29', 'Europe/Berlin')]).toEqual(['2026-03-28T23:00:00Z', '2026-03-29T22:00:00Z']);
    expect([await startOfDay('', 'Europe/Berlin'), await endOfDay('', 'Europe/Berlin')]).toEqual([null, null]);
  });

  it.each([['2026-01-31', 1, '2026-02-28'], ['2024-01-31', 1, '2024-02-29'], ['2026-11-21', 12, '2027-11-21'], ['2026-11-30', 3, '2027-02-28'], ['2024-02-29', 24, '2026-02-28'], ['2026-05-15', 0, '2026-05-15']])('%s and %i months are %s', (day, months, expected) => {
    expect(addMonths(day, months)).toBe(expected);
  });

  it('are read and shown in the time zone, also where the clocks jump', async () => {
    expect(localOf('2026-06-30T22:05:59Z', 'Europe/Berlin')).toBe('2026-07-01T00:05');
    expect(await instantOfLocal('2026-07-01T00:05', 'Europe/Berlin')).toBe('2026-06-30T22:05:00Z');
    // 02:30 is skipped in spring, and there twice in autumn: the moment after the gap, and the first of the two.
    expect([await instantOfLocal('2026-03-29T02:30', 'Europe/Berlin'), await instantOfLocal('2026-10-25T02:30', 'Europe/Berlin')]).toEqual(['2026-03-29T01:30:00Z', '2026-10-25T00:30:00Z']);
  });
});
