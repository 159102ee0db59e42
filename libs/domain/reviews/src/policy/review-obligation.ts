import type { Cadence, ReviewPolicy, RiskTier, Stage, TriState } from '@roster/contracts';

/** What decides how often a workload is reviewed (domain.md section 8). */
export interface ReviewBasis {
  readonly stage: Stage;
  /** A Pilot that would be Production once its gaps close (domain.md section 5, question 3). */
  readonly hardening: boolean;
  readonly riskTier: RiskTier | null;
  readonly handlesPii: TriState;
  readonly executesTools: TriState;
}

/** Which line of the policy applies. */
export const REVIEW_REASONS = ['production', 'hardening_pilot', 'pilot_with_pii_or_tools'] as const;
export type ReviewReason = (typeof REVIEW_REASONS)[number];

export interface ReviewObligation {
  readonly reason: ReviewReason;
  readonly cadence: Cadence;
  /** The tier the obligation was read for; a workload without one is treated as critical. */
  readonly tier: RiskTier;
}

/** The tier the policy is read for: a workload without a tier is treated as critical, because unknown never passes. */
export const effectiveTier = (tier: RiskTier | null): RiskTier => tier ?? 'critical';

/**
 * The line of the policy a workload falls under, or null when it owes no reviews (an Experiment, or a Pilot that surely has neither PII nor tools).
 * PII and tools count unless they are known to be absent. A hardening Pilot follows its own line whatever it handles.
 */
export function obligationOf(basis: ReviewBasis, policy: ReviewPolicy): ReviewObligation | null {
  const tier = effectiveTier(basis.riskTier);
  if (basis.stage === 'production' || basis.stage === 'scaled') return { reason: 'production', cadence: policy.productionCadence[tier], tier };
  if (basis.stage !== 'pilot') return null;
  if (basis.hardening) return { reason: 'hardening_pilot', cadence: policy.hardeningPilot, tier };
  if (basis.handlesPii !== 'no' || basis.executesTools !== 'no') return { reason: 'pilot_with_pii_or_tools', cadence: policy.pilotWithPiiOrTools, tier };
  return null;
}

/** Whether a review of a workload of this tier needs a second person (domain.md section 8: high and critical). */
export const needsSignOff = (riskTier: RiskTier | null, policy: Pick<ReviewPolicy, 'signOffTiers'>): boolean => policy.signOffTiers.includes(effectiveTier(riskTier));
