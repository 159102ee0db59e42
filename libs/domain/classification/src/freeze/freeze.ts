import type { Gap } from '../fact/gap.js';
import type { CoverageNow, FactInput, FactPolicy } from '../fact/fact-input.js';
import { requirementGaps, STRICTEST_TIER } from '../fact/derive-facts.js';
import { openDomains } from '../fact/open-requirement.js';
import type { Evaluation } from '../tree/evaluate-tree.js';

/** Why scope expansion is blocked, or that it is not (domain.md section 6). */
export interface Freeze {
  /** The rule applies. Whether it blocks right now also depends on a break-glass. */
  readonly active: boolean;
  /** The rule does not apply, but only because something is unknown that could make it apply. */
  readonly undetermined: boolean;
  /** Which statements made it apply, such as `handlesPii:unknown`. */
  readonly because: readonly string[];
  /** Open gaps in the freeze domains of the edition. */
  readonly gaps: readonly Gap[];
}

/**
 * Freeze = the stage is Pilot AND (handles PII is not `no`, or executes tools is not `no`) AND a gap is open in a freeze domain of the
 * organization's edition (domain.md section 6). A gap is open where the required set of the risk tier is not met.
 * An outcome below Pilot that was reached through an unknown cannot exclude a freeze: it is then `undetermined`.
 */
export function evaluateFreeze(
  evaluation: Pick<Evaluation, 'stage' | 'undetermined'>, input: FactInput, policy: FactPolicy, coverage: CoverageNow,
): Freeze {
  const { handlesPii, executesTools } = input.statements;
  const because = [
    ...(handlesPii.value === 'no' ? [] : [`handlesPii:${handlesPii.value}`]),
    ...(executesTools.value === 'no' ? [] : [`executesTools:${executesTools.value}`]),
  ];
  const mayApply = evaluation.stage === 'pilot' || (evaluation.stage === 'experiment' && evaluation.undetermined);
  if (!mayApply || because.length === 0) return { active: false, undetermined: false, because: [], gaps: [] };
  const gaps = openDomains(coverage.domains, policy.edition, policy.tierPolicy, input.riskTier ?? STRICTEST_TIER, executesTools.value)
    .filter((d) => d.need > 0 && policy.edition.freezeDomains.includes(d.domain))
    .flatMap(requirementGaps).map((reason): Gap => ({ ...reason, question: 'freeze', fact: 'freeze' }));
  if (gaps.length === 0) return { active: false, undetermined: false, because: [], gaps: [] };
  const active = evaluation.stage === 'pilot';
  return { active, undetermined: !active, because, gaps };
}
