import { describe, expect, it } from '@jest/globals';
import { REVIEW_POLICY_PRESET, type ReviewPolicy } from '@roster/contracts';
import type { ReviewBasis } from '../policy/review-obligation.js';
import { planForPolicy, type ActiveSchedule } from './schedule-plan.js';
import { supposedReview } from './supposed-schedule.js';

const now = new Date('2026-03-15T10:00:00Z');
const current = { timeZone: 'Europe/Berlin', reviewPolicy: REVIEW_POLICY_PRESET };
const due = new Date('2026-04-01T07:00:00Z');
const schedule: ActiveSchedule = {
  id: 's', workloadId: 'w', reason: 'production', tier: 'high', lastDueAt: null,
  rule: { rrule: 'FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=1', anchorDate: '2026-01-01', timeZone: 'Europe/Berlin', dueAtLocalTime: '09:00' },
  open: { reviewId: 'r', state: 'scheduled', dueAt: due, regularDueAt: due },
};
const policy = (more: Partial<ReviewPolicy>) => ({ ...current, reviewPolicy: { ...REVIEW_POLICY_PRESET, ...more } });
const high = (cadence: ReviewPolicy['productionCadence']['high']) => policy({ productionCadence: { ...REVIEW_POLICY_PRESET.productionCadence, high: cadence } });
const pilot: ReviewBasis = { stage: 'pilot', hardening: true, riskTier: 'high', handlesPii: 'yes', executesTools: 'no' };

describe('reviews under supposed settings', () => {
  it('say nothing where nothing changes', () => {
    expect(supposedReview('w', schedule, null, current, current, now)).toBeNull();
    expect(supposedReview('w', null, null, current, high('monthly'), now)).toBeNull();
    expect(supposedReview('w', schedule, null, current, policy({ hardeningPilot: 'yearly', escalateEveryDays: 30 }), now)).toBeNull();
  });

  it('move exactly as saving the policy moves them', () => {
    for (const cadence of ['monthly', 'half_yearly', 'yearly', { rrule: 'FREQ=WEEKLY;BYDAY=FR' }] as const) {
      const saved = planForPolicy(schedule, high(cadence), now);
      const promised = saved?.kind === 'follow' ? saved.moveTo?.dueAt ?? due : due;
      const impact = supposedReview('w', schedule, null, current, high(cadence), now);
      expect(impact).toEqual({ workloadId: 'w', rhythm: { from: 'quarterly', to: cadence }, dueAt: { from: due, to: promised } });
      expect(promised.getTime()).toBeGreaterThan(now.getTime());
    }
  });

  it('move by the hour without another rhythm', () => {
    expect(supposedReview('w', schedule, null, current, policy({ dueAtLocalTime: '17:30' }), now)).toMatchObject({ rhythm: { from: 'quarterly', to: 'quarterly' }, dueAt: { to: new Date('2026-04-01T15:30:00Z') } });
  });

  it('follow the stage: another line of the policy, a first review, or none any more', () => {
    expect(supposedReview('w', schedule, pilot, current, current, now)).toMatchObject({ rhythm: { from: 'quarterly', to: 'monthly' }, dueAt: { from: due, to: due } });
    expect(supposedReview('w', null, pilot, current, current, now)).toMatchObject({ rhythm: { from: null, to: 'monthly' }, dueAt: { from: null, to: new Date('2026-04-15T07:00:00Z') } });
    expect(supposedReview('w', schedule, { ...pilot, stage: 'experiment' }, current, current, now)).toMatchObject({ rhythm: { from: 'quarterly', to: null }, dueAt: { from: due, to: null } });
  });

  it('leave open what has begun', () => {
    const begun: ActiveSchedule = { ...schedule, open: { reviewId: 'r', state: 'in_progress', dueAt: due, regularDueAt: due } };
    expect(supposedReview('w', begun, { ...pilot, stage: 'experiment' }, current, current, now)).toMatchObject({ rhythm: { to: null }, dueAt: { from: due, to: due } });
    expect(supposedReview('w', begun, null, current, high('monthly'), now)).toMatchObject({ rhythm: { from: 'quarterly', to: 'monthly' }, dueAt: { from: due, to: due } });
  });
});
