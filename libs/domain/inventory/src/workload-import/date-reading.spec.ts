import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dateEvidence, orderOf, readDate } from './date-reading.js';

describe('dates', () => {
  it.each([
    ['2024-03-31', '2024-03-31'], ['2024/3/1', '2024-03-01'], ['2024-03-31T10:00:00Z', '2024-03-31'], ['2024-03-31 10:00', '2024-03-31'], ['31 March 2024', '2024-03-31'], ['31-Mar-2024', '2024-03-31'],
    ['March 31, 2024', '2024-03-31'], ['Sept. 3 2024', '2024-09-03'], ['1st May 2024', '2024-05-01'], ['4/4/2024', '2024-04-04'],
  ])('%j is certainly %s', (text, iso) => {
    expect(readDate(text, null)).toBe(iso);
    expect(dateEvidence(text)).toBe('certain');
  });
  it.each(['2024', '03/2024', '2024-03', '23-Nov', 'Nov 2024', 'Q2FY24', 'Pre-2021', '10/12023', '1/2/24', '2024-02-30', '31/31/2024', '0/1/2024', 'Ongoing', '45292', '2024-03-31 (kick-off)'])('%j is not completed to a date', (text) => {
    expect(readDate(text, 'month_first')).toBeNull();
    expect(dateEvidence(text)).toBe('not_a_date');
  });
  it('needs the column to say which number is the month', () => {
    expect(dateEvidence('3/14/2024')).toBe('month_first');
    expect(dateEvidence('14.3.2024')).toBe('day_first');
    expect(dateEvidence('3/4/2024')).toBe('either');
    expect(readDate('3/4/2024', null)).toBeNull();
    expect(readDate('3/4/2024', 'month_first')).toBe('2024-03-04');
    expect(readDate('3/4/2024', 'day_first')).toBe('2024-04-03');
    expect(readDate('3/14/2024', 'day_first')).toBeNull();
  });
  it('takes an order only from cells that agree', () => {
    const none = { certain: 0, month_first: 0, day_first: 0, either: 9, not_a_date: 0 };
    expect(orderOf(none)).toBeNull();
    expect(orderOf({ ...none, month_first: 1 })).toBe('month_first');
    expect(orderOf({ ...none, day_first: 2 })).toBe('day_first');
    expect(orderOf({ ...none, month_first: 5, day_first: 1 })).toBeNull();
  });
  it('reads back every day of the calendar in every certain form (property)', () => {
    fc.assert(fc.property(fc.date({ min: new Date('1900-01-01'), max: new Date('2199-12-31'), noInvalidDate: true }), (date) => {
      const iso = date.toISOString().slice(0, 10);
      const [year, month, day] = iso.split('-').map(Number) as [number, number, number];
      expect(readDate(iso, null)).toBe(iso);
      expect(readDate(`${month}/${day}/${year}`, 'month_first')).toBe(iso);
      expect(readDate(`${day}.${month}.${year}`, 'day_first')).toBe(iso);
    }), { numRuns: 200 });
  });
});
