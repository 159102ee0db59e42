import { STAGES, type Stage } from '@roster/contracts';
import type { FactInput } from '../fact/fact-input.js';
import { deriveFacts } from '../fact/derive-facts.js';
import { evaluateFreeze, type Freeze } from '../freeze/freeze.js';
import { evaluateTree, type Evaluation } from '../tree/evaluate-tree.js';
import type { EvaluationPolicy } from './evaluation-policy.js';

/** The outcome for one workload, before anything is stored. */
export interface Outcome {
  readonly input: FactInput;
  readonly evaluation: Evaluation;
  readonly freeze: Freeze;
}

const PRODUCTION = STAGES.indexOf('production');

/** Production or above. */
export const inProduction = (stage: Stage | null): boolean => stage !== null && STAGES.indexOf(stage) >= PRODUCTION;

/** Tree and freeze for one workload at an instant. Pure. */
export function outcomeOf(input: FactInput, policy: EvaluationPolicy, now: Date): Outcome {
  const coverage = input.coverageAt(now);
  const evaluation = evaluateTree(policy.tree, deriveFacts(policy.tree, input, policy.facts, now, coverage));
  return { input, evaluation, freeze: evaluateFreeze(evaluation, input, policy.facts, coverage) };
}
