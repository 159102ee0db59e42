import type { EvaluationPolicy } from '../classification/evaluation-policy.js';
import type { Outcome } from '../classification/outcome.js';
import { drillExpiry, STRICTEST_TIER } from '../fact/derive-facts.js';
import type { FactPolicy, PassedDrill } from '../fact/fact-input.js';
import { openDomains } from '../fact/open-requirement.js';
import type { ImpactDetails, ImpactRow, ImpactState } from './impact.js';

const stateOf = ({ evaluation, freeze }: Outcome): ImpactState => ({ stage: evaluation.stage, hardening: evaluation.hardening, frozen: freeze.active });

/** Whether two outcomes are the same stage, hardening and freeze. */
export const sameState = (a: Outcome, b: Outcome): boolean => JSON.stringify(stateOf(a)) === JSON.stringify(stateOf(b));

/**
 * What another policy does to one workload: to its stage, to what its tier requires of it, and to its kill-switch drill. Pure.
 * @param before the workload under the policy in force
 * @param after the same workload under the supposed one
 */
export function policyRows(before: Outcome, after: Outcome, current: EvaluationPolicy, supposed: EvaluationPolicy, now: Date): ImpactRow[] {
  const { workloadId } = before.input;
  const rows: ImpactRow[] = [];
  if (!sameState(before, after)) rows.push({ effect: 'stage', workloadId, detail: { from: stateOf(before), to: stateOf(after), gapCount: after.evaluation.gaps.length } });
  const coverage = newlyMissing(after, current, supposed, now);
  if (coverage.missing > 0) rows.push({ effect: 'coverage', workloadId, detail: coverage });
  const drill = lostDrill(before, current.facts, supposed.facts, now);
  if (drill) rows.push({ effect: 'drill', workloadId, detail: drill });
  return rows;
}

/** Required criteria that are open and were not asked for. Two editions have no criteria in common, so between them there is nothing to compare. */
function newlyMissing({ input }: Outcome, current: EvaluationPolicy, supposed: EvaluationPolicy, now: Date): ImpactDetails['coverage'] {
  if (current.edition.id !== supposed.edition.id || JSON.stringify(current.facts.tierPolicy.requiredSets) === JSON.stringify(supposed.facts.tierPolicy.requiredSets)) return { missing: 0, domains: [] };
  const { domains } = input.coverageAt(now);
  const tier = input.riskTier ?? STRICTEST_TIER;
  const needs = ({ facts }: EvaluationPolicy): Map<string, number> =>
    new Map(openDomains(domains, facts.edition, facts.tierPolicy, tier, input.statements.executesTools.value).map(({ domain, need }) => [domain, need]));
  const today = needs(current);
  const more = [...needs(supposed)].flatMap(([domain, need]) => { const missing = need - (today.get(domain) ?? 0); return missing > 0 ? [{ domain, missing }] : []; });
  return { missing: more.reduce((sum, { missing }) => sum + missing, 0), domains: more };
}

/** The newest passed kill-switch drill, when it counts today and would not. */
function lostDrill({ input }: Outcome, current: FactPolicy, supposed: FactPolicy, now: Date): ImpactDetails['drill'] | null {
  const drill = input.drills.kill_switch;
  if (!drill) return null;
  const tier = input.riskTier ?? STRICTEST_TIER;
  const failure = ({ tierPolicy }: FactPolicy, { endedAt, durationSeconds }: PassedDrill): ImpactDetails['drill']['because'] | null =>
    (durationSeconds > tierPolicy.killSwitchMaxSeconds ? 'too_slow' : drillExpiry(endedAt, tierPolicy.killSwitchValidityDays[tier]) <= now ? 'too_old' : null);
  const because = failure(supposed, drill);
  return because !== null && failure(current, drill) === null ? { drillId: drill.id, endedAt: drill.endedAt, durationSeconds: drill.durationSeconds, because } : null;
}
