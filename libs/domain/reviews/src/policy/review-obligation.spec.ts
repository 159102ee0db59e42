import { describe, expect, it } from '@jest/globals';
import { REVIEW_POLICY_PRESET, RISK_TIERS, STAGES, TRI_STATES } from '@roster/contracts';
import { needsSignOff, obligationOf } from './review-obligation.js';

describe('which reviews a workload owes', () => {
  it('reads the presets of domain.md section 8 for every stage, tier and fact', () => {
    const lines = STAGES.flatMap((stage) => [true, false].flatMap((hardening) => [...RISK_TIERS, null].flatMap((riskTier) =>
      TRI_STATES.flatMap((handlesPii) => TRI_STATES.map((executesTools) => ({ stage, hardening, riskTier, handlesPii, executesTools }))))));
    expect(lines).toHaveLength(360);
    for (const line of lines) {
      const owed = obligationOf(line, REVIEW_POLICY_PRESET);
      if (line.stage === 'production' || line.stage === 'scaled') {
        expect(owed).toMatchObject({ reason: 'production', cadence: { low: 'yearly', medium: 'half_yearly', high: 'quarterly', critical: 'monthly' }[line.riskTier ?? 'critical'] });
      } else if (line.stage === 'experiment') expect(owed).toBeNull();
      else if (line.hardening) expect(owed).toMatchObject({ reason: 'hardening_pilot', cadence: 'monthly' });
      else if (line.handlesPii === 'no' && line.executesTools === 'no') expect(owed).toBeNull();
      else expect(owed).toMatchObject({ reason: 'pilot_with_pii_or_tools', cadence: 'quarterly' });
    }
  });

  it('asks for a second person on high and critical, and on a workload whose tier is not set', () => {
    expect([...RISK_TIERS, null].map((tier) => needsSignOff(tier, REVIEW_POLICY_PRESET))).toEqual([false, false, true, true, true]);
    expect(needsSignOff(null, { signOffTiers: [] })).toBe(false);
  });
});
