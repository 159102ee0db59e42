import { describe, expect, it } from '@jest/globals';
import { punctualityOf, verdictOf, type CountedReview } from './punctuality.js';

const now = new Date('2026-06-01T12:00:00Z');
const dueAt = new Date('2026-05-10T09:00:00Z');
const overdueAt = new Date('2026-05-11T00:00:00Z');
const review = (more: Partial<CountedReview>): CountedReview => ({ state: 'due', dueAt, overdueAt, closedAt: null, missedPeriods: 0, ...more });
const closed = (state: 'completed' | 'skipped', at: string): CountedReview => review({ state, closedAt: new Date(at) });

describe('punctuality', () => {
  it.each([
    ['completed before it was due', closed('completed', '2026-05-01T00:00:00Z'), 'on_time'],
    ['completed on the evening of the due day', closed('completed', '2026-05-10T23:59:59Z'), 'on_time'],
    ['completed the day after', closed('completed', '2026-05-11T00:00:00Z'), 'late'],
    ['excused before it fell due', closed('skipped', '2026-05-09T00:00:00Z'), null],
    ['excused after it had fallen due', closed('skipped', '2026-05-10T09:00:00Z'), 'not_done'],
    ['still open after the due day', review({ state: 'awaiting_sign_off' }), 'not_done'],
    ['scheduled and lost', review({ state: 'scheduled' }), 'not_done'],
    ['due in the future', review({ state: 'scheduled', dueAt: new Date('2026-07-01T09:00:00Z'), overdueAt: new Date('2026-07-02T00:00:00Z') }), null],
    ['due today, the day not over', review({ dueAt: new Date('2026-06-01T09:00:00Z'), overdueAt: new Date('2026-06-02T00:00:00Z') }), null],
  ])('%s', (_, subject, verdict) => {
    expect(verdictOf(subject, now)).toBe(verdict);
  });

  it('counts periods that passed while a review stayed open as due', () => {
    const all = [closed('completed', '2026-05-10T10:00:00Z'), { ...closed('completed', '2026-05-30T10:00:00Z'), missedPeriods: 2 }, review({})];
    expect(punctualityOf(all, now)).toEqual({ due: 5, onTime: 1, late: 1, notDone: 1, missedPeriods: 2, ratio: 0.2 });
  });

  it('is not known, rather than perfect, when nothing was due yet', () => {
    expect(punctualityOf([], now)).toEqual({ due: 0, onTime: 0, late: 0, notDone: 0, missedPeriods: 0, ratio: null });
  });
});
