import { describe, expect, it } from '@jest/globals';
import { writtenDay, writtenInstant } from './written-time.js';

const midnight = new Date('2026-05-01T00:00:00.000Z');

describe('a day that a text names', () => {
  it.each([
    ['UTC', '1 May 2026 (UTC)'], ['America/New_York', '30 April 2026 (America/New_York)'], ['Pacific/Kiritimati', '1 May 2026 (Pacific/Kiritimati)'], ['Europe/Berlin', '1 May 2026 (Europe/Berlin)'],
  ])('is the one of the zone, which it names: %s', (zone, written) => expect(writtenDay(midnight, zone)).toBe(written));

  it('is another one west than east of the date line', () => {
    const noon = new Date('2026-12-31T12:00:00Z');
    expect([writtenDay(noon, 'Pacific/Kiritimati'), writtenDay(noon, 'Pacific/Pago_Pago')]).toEqual(['1 January 2027 (Pacific/Kiritimati)', '31 December 2026 (Pacific/Pago_Pago)']);
  });

  it('refuses a zone that is none, and an instant that is none', () => {
    expect(() => writtenDay(midnight, 'Mars/Olympus')).toThrow(RangeError);
    expect(() => writtenDay(new Date(NaN), 'UTC')).toThrow(RangeError);
  });
});

describe('an instant that a text names', () => {
  it.each([
    ['midnight is 00:00 of its own day', midnight, 'UTC', '1 May 2026, 00:00 (UTC)'],
    ['before the clocks go forward', new Date('2026-03-29T00:59:59Z'), 'Europe/Berlin', '29 March 2026, 01:59 (Europe/Berlin)'],
    ['after they went forward', new Date('2026-03-29T01:00:00Z'), 'Europe/Berlin', '29 March 2026, 03:00 (Europe/Berlin)'],
    ['half an hour off', midnight, 'Asia/Kolkata', '1 May 2026, 05:30 (Asia/Kolkata)'],
  ])('%s', (_what, at, zone, written) => expect(writtenInstant(at, zone)).toBe(written));
});
