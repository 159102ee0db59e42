import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import type { Cadence } from '@roster/contracts';
import { countOccurrences, endOfDay, localDate, localInstant, nextOccurrence, occurrenceAt, ruleFor, type CadenceRule } from './cadence.js';

const series = (cadence: Cadence, anchorDate: string, timeZone: string, dueAtLocalTime: string): CadenceRule =>
  ({ rrule: ruleFor(cadence, anchorDate), anchorDate, timeZone, dueAtLocalTime });
const take = (rule: CadenceRule, count: number, after = localInstant(rule.anchorDate, '00:00', rule.timeZone)) => {
  const found = [];
  for (let last = after; found.length < count;) {
    const next = nextOccurrence(rule, last);
    found.push(next);
    last = next.dueAt;
  }
  return found;
};
const dates = (rule: CadenceRule, count: number): string[] => take(rule, count).map(({ date }) => date);

/** Zones with ordinary, half-hour, southern, historical and date-line changes of the clock. */
const ZONES = ['UTC', 'Europe/Berlin', 'Europe/Dublin', 'America/New_York', 'America/St_Johns', 'America/Sao_Paulo', 'America/Asuncion', 'Australia/Lord_Howe',
  'Australia/Adelaide', 'Asia/Kathmandu', 'Asia/Tehran', 'Asia/Gaza', 'Africa/Casablanca', 'Africa/Cairo', 'Pacific/Apia', 'Pacific/Chatham', 'Pacific/Kiritimati',
  'America/Havana', 'Asia/Beirut', 'Antarctica/Troll'];
const PERIOD_MONTHS = { monthly: 1, quarterly: 3, half_yearly: 6, yearly: 12 } as const;
type Named = keyof typeof PERIOD_MONTHS;
const anyZone = fc.constantFrom(...ZONES);
const anyNamed = fc.constantFrom<Named>('monthly', 'quarterly', 'half_yearly', 'yearly');
const anyDate = fc.integer({ min: 0, max: 366 * 55 }).map((days) => Temporal.PlainDate.from('1990-01-01').add({ days }).toString());
const anyTime = fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
const anyRule = fc.record({ cadence: anyNamed, anchor: anyDate, zone: anyZone, time: anyTime });

describe('cadence rules', () => {
  it('writes the four named rhythms as RFC 5545 rules on the day of the anchor', () => {
    expect(ruleFor('monthly', '2026-03-15')).toBe('FREQ=MONTHLY;BYMONTHDAY=15');
    expect(ruleFor('quarterly', '2026-03-15')).toBe('FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15');
    expect(ruleFor('half_yearly', '2026-03-15')).toBe('FREQ=MONTHLY;INTERVAL=6;BYMONTHDAY=15');
    expect(ruleFor('yearly', '2026-03-15')).toBe('FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=15');
  });

  it('keeps one review a month for a workload that started on the 31st', () => {
    expect(dates(series('monthly', '2027-01-31', 'Europe/Berlin', '09:00'), 5)).toEqual(['2027-02-28', '2027-03-31', '2027-04-30', '2027-05-31', '2027-06-30']);
    expect(dates(series('quarterly', '2026-11-30', 'UTC', '09:00'), 4)).toEqual(['2027-02-28', '2027-05-30', '2027-08-30', '2027-11-30']);
  });

  it('keeps one review a year for a workload that started on 29 February', () => {
    expect(dates(series('yearly', '2024-02-29', 'UTC', '09:00'), 5)).toEqual(['2025-02-28', '2026-02-28', '2027-02-28', '2028-02-29', '2029-02-28']);
  });

  it('takes rules of the organization and gives those that name no day the day of the anchor', () => {
    expect(dates(series({ rrule: 'FREQ=MONTHLY;BYDAY=1MO' }, '2026-01-15', 'UTC', '09:00'), 3)).toEqual(['2026-02-02', '2026-03-02', '2026-04-06']);
    expect(dates(series({ rrule: 'FREQ=WEEKLY;INTERVAL=2' }, '2026-01-15', 'UTC', '09:00'), 3)).toEqual(['2026-01-29', '2026-02-12', '2026-02-26']);
    expect(dates(series({ rrule: 'FREQ=DAILY' }, '2026-02-27', 'UTC', '09:00'), 3)).toEqual(['2026-02-28', '2026-03-01', '2026-03-02']);
    expect(dates(series({ rrule: 'FREQ=MONTHLY;INTERVAL=2' }, '2026-12-31', 'UTC', '09:00'), 3)).toEqual(['2027-02-28', '2027-04-30', '2027-06-30']);
    expect(dates(series({ rrule: 'FREQ=YEARLY;BYMONTH=2,8' }, '2026-01-31', 'UTC', '09:00'), 4)).toEqual(['2026-02-28', '2026-08-28', '2027-02-28', '2027-08-28']);
    expect(dates(series({ rrule: 'FREQ=YEARLY;BYMONTH=2' }, '2026-01-31', 'UTC', '09:00'), 3)).toEqual(['2026-02-28', '2027-02-28', '2028-02-29']);
  });
});

describe('due times', () => {
  it('stay at the local time of day when the clocks change', () => {
    const [winter, summer] = take(series('half_yearly', '2025-07-10', 'Europe/Berlin', '09:00'), 2);
    expect(winter?.dueAt.toISOString()).toBe('2026-01-10T08:00:00.000Z');
    expect(summer?.dueAt.toISOString()).toBe('2026-07-10T07:00:00.000Z');
  });

  it('move forward when the local time does not exist', () => {
    expect(localInstant('2026-03-29', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-03-29T01:30:00.000Z');
    const [first, second] = take(series('monthly', '2026-02-28', 'Europe/Berlin', '02:30'), 2);
    expect([first?.date, second?.date]).toEqual(['2026-03-28', '2026-04-28']);
    const [gap] = take(series('monthly', '2026-02-08', 'America/New_York', '02:30'), 1);
    expect(gap?.dueAt.toISOString()).toBe('2026-03-08T07:30:00.000Z');
  });

  it('take the first of two when the local time is repeated', () => {
    expect(localInstant('2026-10-25', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z');
    const [repeated, after] = take(series('monthly', '2026-09-25', 'Europe/Berlin', '02:30'), 2);
    expect(repeated?.dueAt.toISOString()).toBe('2026-10-25T00:30:00.000Z');
    expect(after?.dueAt.toISOString()).toBe('2026-11-25T01:30:00.000Z');
  });

  it('are kept on a day that a zone left out altogether', () => {
    // Samoa had no 30 December 2011.
    const [skipped, after] = take(series('monthly', '2011-11-30', 'Pacific/Apia', '09:00'), 2);
    expect([skipped?.dueAt.toISOString(), skipped?.overdueAt.toISOString()]).toEqual(['2011-12-30T19:00:00.000Z', '2011-12-31T10:00:00.000Z']);
    expect(after?.date).toBe('2012-01-30');
  });

  it('are overdue from the end of the local day on', () => {
    const chosen = occurrenceAt(new Date('2026-05-05T22:30:00Z'), 'Europe/Berlin');
    expect(chosen).toEqual({ date: '2026-05-06', dueAt: new Date('2026-05-05T22:30:00Z'), overdueAt: new Date('2026-05-06T22:00:00Z') });
    // Beirut's clocks jump at midnight: the day after starts at 01:00.
    expect(endOfDay('2024-03-30', 'Asia/Beirut').toISOString()).toBe('2024-03-30T22:00:00.000Z');
  });

  it('count what fell due in a span', () => {
    const rule = series('monthly', '2026-01-10', 'UTC', '09:00');
    expect(countOccurrences(rule, new Date('2026-02-10T09:00:00Z'), new Date('2026-05-10T09:00:00Z'))).toBe(3);
    expect(countOccurrences(rule, new Date('2026-02-10T09:00:00Z'), new Date('2026-03-10T08:59:59Z'))).toBe(0);
  });
});

describe('over all zones and years', () => {
  it('a named rhythm fires exactly once in every period, on the day of the anchor or the last one the month has', () => {
    fc.assert(fc.property(anyRule, ({ cadence, anchor, zone, time }) => {
      const start = Temporal.PlainDate.from(anchor);
      take(series(cadence, anchor, zone, time), 14).forEach(({ date }, index) => {
        // PlainDate.add constrains the day to what the month has: an independent statement of the rule.
        expect(date).toBe(start.add({ months: PERIOD_MONTHS[cadence] * (index + 1) }).toString());
      });
    }), { numRuns: 40 });
  });

  it('due times are strictly increasing, at the local time or just after a gap, and overdue only afterwards', () => {
    fc.assert(fc.property(anyRule, ({ cadence, anchor, zone, time }) => {
      let last = -Infinity;
      for (const { date, dueAt, overdueAt } of take(series(cadence, anchor, zone, time), 14)) {
        expect(dueAt.getTime()).toBeGreaterThan(last);
        expect(overdueAt.getTime()).toBeGreaterThan(dueAt.getTime());
        last = dueAt.getTime();
        const wall = Temporal.Instant.fromEpochMilliseconds(last).toZonedDateTimeISO(zone).toPlainDateTime();
        const wanted = Temporal.PlainDate.from(date).toPlainDateTime(Temporal.PlainTime.from(time));
        const shift = wanted.until(wall).total('minutes');
        expect(shift === 0 || (shift > 0 && shift <= 24 * 60)).toBe(true);
        // Whatever was moved was moved over a real gap.
        if (shift > 0) expect(wanted.toZonedDateTime(zone, { disambiguation: 'earlier' }).toPlainDateTime().equals(wanted)).toBe(false);
      }
    }), { numRuns: 40 });
  });

  it('the next one after any instant is the earliest of the series that is later: nothing is skipped and nothing doubled', () => {
    fc.assert(fc.property(anyRule, fc.double({ min: 0, max: 1, noNaN: true }), ({ cadence, anchor, zone, time }, where) => {
      const rule = series(cadence, anchor, zone, time);
      const all = take(rule, 12);
      const from = localInstant(anchor, '00:00', zone).getTime();
      const after = new Date(Math.floor(from + where * ((all[10] as { dueAt: Date }).dueAt.getTime() - from)));
      expect(nextOccurrence(rule, after)).toEqual(all.find(({ dueAt }) => dueAt > after));
      for (const [index, { dueAt }] of all.slice(0, 11).entries()) {
        expect(nextOccurrence(rule, dueAt)).toEqual(all[index + 1]);
        expect(nextOccurrence(rule, new Date(dueAt.getTime() - 1))).toEqual(all[index]);
      }
    }), { numRuns: 40 });
  });

  it('weekly and daily rules keep their distance in calendar days through every change of the clock', () => {
    fc.assert(fc.property(fc.constantFrom(1, 7, 14), anyDate, anyZone, anyTime, (days, anchor, zone, time) => {
      fc.pre(zone !== 'Pacific/Apia' && zone !== 'Pacific/Kiritimati');
      const rule = series({ rrule: days === 1 ? 'FREQ=DAILY' : `FREQ=WEEKLY;INTERVAL=${days / 7}` }, anchor, zone, time);
      expect(take(rule, 20).map(({ dueAt }) => localDate(dueAt, zone)))
        .toEqual(Array.from({ length: 20 }, (_, index) => {
          const wanted = Temporal.PlainDate.from(anchor).add({ days: days * (index + 1) });
          // A gap at midnight may push a late time of day into the next date; nowhere else may the date differ.
          return wanted.toPlainDateTime(Temporal.PlainTime.from(time)).toZonedDateTime(zone).toPlainDate().toString();
        }));
    }), { numRuns: 40 });
  });
});
