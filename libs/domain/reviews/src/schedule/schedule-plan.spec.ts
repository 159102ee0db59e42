import { REVIEW_POLICY_PRESET, type ReviewPolicy } from '@roster/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { planForClassification, planForPolicy, rememberedNext, type ActiveSchedule, type ClassifiedWorkload, type ScheduleChange } from './schedule-plan.js';

const now = new Date('2026-03-15T10:00:00Z');
const settings = { timeZone: 'Europe/Berlin', reviewPolicy: REVIEW_POLICY_PRESET };
const workload = (more: Partial<ClassifiedWorkload> = {}): ClassifiedWorkload => ({
  workloadId: 'w', classificationId: 'c', stage: 'production', hardening: false, riskTier: 'high', handlesPii: 'yes', executesTools: 'no', decidedAt: now, ...more,
});
const pilotSchedule = (more: Partial<ActiveSchedule> = {}): ActiveSchedule => ({
  id: 's', workloadId: 'w', reason: 'pilot_with_pii_or_tools', tier: 'high',
  rule: { rrule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1', anchorDate: '2026-01-01', timeZone: 'Europe/Berlin', dueAtLocalTime: '09:00' },
  open: { reviewId: 'r', state: 'scheduled', dueAt: new Date('2026-04-01T07:00:00Z'), regularDueAt: new Date('2026-04-01T07:00:00Z') }, lastDueAt: null, ...more,
});
const dueOf = (change: ScheduleChange | null): string | null => {
  if (change?.kind === 'start') return change.occurrence.dueAt.toISOString();
  return change?.kind === 'follow' ? change.moveTo?.dueAt.toISOString() ?? 'stays' : null;
};

describe('schedules after a classification', () => {
  it('start one period after the decision, at nine local time', () => {
    expect(dueOf(planForClassification(workload(), null, settings, now))).toBe('2026-06-15T07:00:00.000Z');
    expect(dueOf(planForClassification(workload({ riskTier: null }), null, settings, now))).toBe('2026-04-15T07:00:00.000Z');
    expect(dueOf(planForClassification(workload({ stage: 'pilot' }), null, settings, now))).toBe('2026-06-15T07:00:00.000Z');
  });

  it('are not made and are ended where nothing is owed', () => {
    const experiment = workload({ stage: 'experiment' });
    expect(planForClassification(experiment, null, settings, now)).toBeNull();
    expect(planForClassification(experiment, pilotSchedule(), settings, now)).toEqual({ kind: 'end', workloadId: 'w', scheduleId: 's' });
  });

  it('stay untouched while the line of the policy is the same', () => {
    expect(planForClassification(workload({ stage: 'pilot' }), pilotSchedule(), settings, now)).toBeNull();
    expect(planForClassification(workload({ stage: 'scaled' }), pilotSchedule({ reason: 'production' }), settings, now)).toBeNull();
  });

  it('count from the day Production is reached, but never postpone the review already promised', () => {
    const change = planForClassification(workload(), pilotSchedule(), settings, now);
    expect(change).toMatchObject({ kind: 'follow', line: { reason: 'production', rule: { anchorDate: '2026-03-15', rrule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=15' } }, moveTo: null });
  });

  it('bring the next review forward when the new line is stricter', () => {
    const production = pilotSchedule({ reason: 'production', tier: 'low', rule: { ...pilotSchedule().rule, rrule: 'FREQ=YEARLY;BYMONTH=1;BYMONTHDAY=1' },
      open: { reviewId: 'r', state: 'scheduled', dueAt: new Date('2027-01-01T08:00:00Z'), regularDueAt: new Date('2027-01-01T08:00:00Z') } });
    expect(dueOf(planForClassification(workload({ riskTier: 'critical' }), production, settings, now))).toBe('2026-04-01T07:00:00.000Z');
  });

  it('leave a review alone that is due or under way', () => {
    for (const state of ['due', 'in_progress', 'awaiting_sign_off'] as const) {
      const open = { reviewId: 'r', state, dueAt: new Date('2026-03-01T08:00:00Z'), regularDueAt: new Date('2026-03-01T08:00:00Z') };
      expect(dueOf(planForClassification(workload({ riskTier: 'critical' }), pilotSchedule({ open }), settings, now))).toBe('stays');
    }
  });

  it('never promise a review later than before, whatever stage and tier do, and never in the past', () => {
    const anyWorkload = fc.record({ stage: fc.constantFrom('pilot' as const, 'production' as const, 'scaled' as const), hardening: fc.boolean(),
      riskTier: fc.constantFrom('low' as const, 'medium' as const, 'high' as const, 'critical' as const, null), at: fc.integer({ min: 0, max: 40 }) });
    fc.assert(fc.property(fc.array(anyWorkload, { minLength: 2, maxLength: 12 }), (history) => {
      let schedule: ActiveSchedule | null = null;
      let at = now;
      for (const step of history) {
        at = new Date(at.getTime() + step.at * 3_600_000);
        const change: ScheduleChange | null = planForClassification(workload({ ...step, decidedAt: at }), schedule, settings, at);
        if (!change || change.kind === 'end') continue;
        const due: Date = change.kind === 'start' ? change.occurrence.dueAt : change.moveTo?.dueAt ?? (schedule?.open?.dueAt as Date);
        const promised = schedule?.open?.dueAt;
        if (promised) expect(due.getTime()).toBeLessThanOrEqual(promised.getTime());
        if (!promised || due < promised) expect(due.getTime()).toBeGreaterThan(at.getTime());
        schedule = { id: 's', workloadId: 'w', ...change.line, lastDueAt: null, open: { reviewId: 'r', state: 'scheduled', dueAt: due, regularDueAt: due } };
      }
    }), { numRuns: 60 });
  });
});

describe('schedules after a change of policy', () => {
  const quarterly = pilotSchedule({ reason: 'production' });
  const withCadence = (high: ReviewPolicy['productionCadence']['high']) =>
    ({ ...settings, reviewPolicy: { ...REVIEW_POLICY_PRESET, productionCadence: { ...REVIEW_POLICY_PRESET.productionCadence, high } } });

  it('follow the new cadence in both directions', () => {
    expect(planForPolicy(quarterly, settings, now)).toBeNull();
    expect(dueOf(planForPolicy(quarterly, withCadence('yearly'), now))).toBe('2027-01-01T08:00:00.000Z');
    expect(dueOf(planForPolicy(quarterly, withCadence({ rrule: 'FREQ=WEEKLY;BYDAY=FR' }), now))).toBe('2026-03-20T08:00:00.000Z');
  });

  it('follow the time zone and the time of day', () => {
    expect(dueOf(planForPolicy(quarterly, { ...settings, timeZone: 'America/New_York' }, now))).toBe('2026-04-01T13:00:00.000Z');
    expect(dueOf(planForPolicy(quarterly, { ...settings, reviewPolicy: { ...REVIEW_POLICY_PRESET, dueAtLocalTime: '17:30' } }, now))).toBe('2026-04-01T15:30:00.000Z');
  });

  it('leave a review that somebody moved, that is due, and dates that were already reviewed', () => {
    const moved = { reviewId: 'r', state: 'scheduled' as const, dueAt: new Date('2026-04-10T07:00:00Z'), regularDueAt: new Date('2026-04-01T07:00:00Z') };
    expect(dueOf(planForPolicy({ ...quarterly, open: moved }, withCadence('monthly'), now))).toBe('stays');
    const due = { reviewId: 'r', state: 'due' as const, dueAt: new Date('2026-03-01T08:00:00Z'), regularDueAt: new Date('2026-03-01T08:00:00Z') };
    expect(dueOf(planForPolicy({ ...quarterly, open: due }, withCadence('monthly'), now))).toBe('stays');
    expect(dueOf(planForPolicy({ ...quarterly, lastDueAt: new Date('2026-04-01T07:00:00Z') }, withCadence('monthly'), now))).toBe('2026-05-01T07:00:00.000Z');
  });

  it('gives the same answer from memory', () => {
    const next = rememberedNext();
    for (let i = 0; i < 3; i += 1) expect(planForPolicy(quarterly, withCadence('monthly'), now, next)).toEqual(planForPolicy(quarterly, withCadence('monthly'), now));
  });
});
