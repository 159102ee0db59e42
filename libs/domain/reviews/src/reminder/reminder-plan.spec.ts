import { describe, expect, it } from '@jest/globals';
import { REVIEW_POLICY_PRESET } from '@roster/contracts';
import fc from 'fast-check';
import { localDate } from '../cadence/cadence.js';
import { nextReminderAt, nextStep, recipientsAt, stepsBetween, stepToTell, type ReminderStep } from './reminder-plan.js';

const review = { id: 'r1', dueAt: new Date('2026-03-31T07:00:00Z'), timeZone: 'Europe/Berlin' };
const policy = REVIEW_POLICY_PRESET;
const all = (until: string): ReminderStep[] => stepsBetween(review, policy, new Date('2026-01-01T00:00:00Z'), new Date(until));

describe('reminders and escalation', () => {
  it('are 14, 7 and 1 days before, on the day, and then every 3 days, at nine local time', () => {
    expect(all('2026-04-10T00:00:00Z').map(({ kind, at, level, daysToDue }) => [kind, at.toISOString(), level, daysToDue])).toEqual([
      ['reviews.review.reminder', '2026-03-17T08:00:00.000Z', 0, 14],
      ['reviews.review.reminder', '2026-03-24T08:00:00.000Z', 0, 7],
      ['reviews.review.reminder', '2026-03-30T07:00:00.000Z', 0, 1],
      ['reviews.review.due', '2026-03-31T07:00:00.000Z', 0, 0],
      ['reviews.review.escalated', '2026-04-03T07:00:00.000Z', 1, -3],
      ['reviews.review.escalated', '2026-04-06T07:00:00.000Z', 2, -6],
      ['reviews.review.escalated', '2026-04-09T07:00:00.000Z', 3, -9],
    ]);
  });

  it('have keys that never change and never repeat, and change when the review is moved', () => {
    const keys = all('2026-12-31T00:00:00Z').map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
    expect(all('2026-12-31T00:00:00Z').map(({ key }) => key)).toEqual(keys);
    const moved = stepsBetween({ ...review, dueAt: new Date('2026-04-02T07:00:00Z') }, policy, new Date('2026-01-01T00:00:00Z'), new Date('2026-12-31T00:00:00Z'));
    expect(moved.filter(({ key }) => keys.includes(key))).toEqual([]);
  });

  it('walking from step to step visits every step once, from any start and in any zone', () => {
    fc.assert(fc.property(
      fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Australia/Lord_Howe', 'Asia/Beirut'),
      fc.date({ min: new Date('2010-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.integer({ min: -40 * 24, max: 90 * 24 }), fc.uniqueArray(fc.integer({ min: 1, max: 90 }), { maxLength: 5 }), fc.integer({ min: 1, max: 30 }),
      (timeZone, dueAt, startHours, reminderDaysBefore, escalateEveryDays) => {
        const subject = { id: 'r', dueAt, timeZone };
        const chosen = { reminderDaysBefore, escalateEveryDays, dueAtLocalTime: '09:00' };
        const start = new Date(dueAt.getTime() + startHours * 3_600_000);
        const walked: ReminderStep[] = [];
        for (let at = start; walked.length < 10;) {
          const step = nextStep(subject, chosen, at);
          expect(step.at.getTime()).toBeGreaterThan(at.getTime());
          // Two steps at the same instant would hide one another.
          walked.push(step);
          at = step.at;
        }
        const last = walked.at(-1) as ReminderStep;
        expect(stepsBetween(subject, chosen, start, last.at)).toEqual(walked);
        expect(new Set(walked.map(({ key }) => key)).size).toBe(walked.length);
      },
    ), { numRuns: 50 });
  });

  it('stay on their calendar day when the clocks change in between', () => {
    for (const step of all('2026-04-10T00:00:00Z')) expect(step.at.toISOString().slice(0, 10)).toBe(localDate(step.at, review.timeZone));
  });

  it('after an outage tell only the latest step, and look again at the next', () => {
    const told = (since: string, now: string): string | undefined => stepToTell(review, policy, new Date(since), new Date(now))?.key.split('Z:')[1];
    expect(told('2026-03-17T08:00:00Z', '2026-03-17T08:00:30Z')).toBe('before:14');
    expect(told('2026-03-17T08:00:00Z', '2026-03-30T12:00:00Z')).toBe('before:1');
    expect(told('2026-03-17T08:00:00Z', '2026-04-07T00:00:00Z')).toBe('escalation:2');
    expect(told('2026-03-17T08:00:00Z', '2026-03-17T07:59:59Z')).toBeUndefined();
    expect(nextReminderAt(review, policy, new Date('2026-03-30T12:00:00Z')).toISOString()).toBe('2026-04-03T07:00:00.000Z');
  });

  it('tell one more rung of the path at each level, pass over empty rungs, and keep telling the last', () => {
    const path = [['risk'], [], ['lead', 'risk'], ['executive']];
    expect([0, 1, 2, 3, 9].map((level) => recipientsAt(path, level))).toEqual([
      ['risk'], ['risk', 'lead'], ['risk', 'lead', 'executive'], ['risk', 'lead', 'executive'], ['risk', 'lead', 'executive'],
    ]);
    expect(recipientsAt([[], ['lead']], 0)).toEqual(['lead']);
    expect(recipientsAt([[], []], 2)).toEqual([]);
  });
});
