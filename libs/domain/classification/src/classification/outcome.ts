import { STAGES, type Stage } from '@roster/contracts';
import type { FactInput } from '../fact/fact-input.js';
import { deriveFacts, derivePortfolioFacts } from '../fact/derive-facts.js';
import type { LeafFact } from '../fact/leaf-fact.js';
import { evaluateFreeze, type Freeze } from '../freeze/freeze.js';
import { evaluateTree, type Evaluation } from '../tree/evaluate-tree.js';
import type { EvaluationPolicy } from './evaluation-policy.js';

/** The outcome for one workload, before anything is stored. */
export interface Outcome {
  readonly input: FactInput;
  readonly facts: Readonly<Record<string, LeafFact>>;
  readonly evaluation: Evaluation;
  readonly freeze: Freeze;
}

const PRODUCTION = STAGES.indexOf('production');

/** Production or above. */
export const inProduction = (stage: Stage | null): boolean => stage !== null && STAGES.indexOf(stage) >= PRODUCTION;

/** Tree and freeze for one workload at an instant. Pure. */
export function outcomeOf(input: FactInput, policy: EvaluationPolicy, now: Date): Outcome {
  const coverage = input.coverageAt(now);
  const facts = deriveFacts(policy.tree, input, policy.facts, now, coverage);
  const evaluation = evaluateTree(policy.tree, facts);
  return { input, facts, evaluation, freeze: evaluateFreeze(evaluation, input, policy.facts, coverage) };
}

/** The same workload once its portfolio is known. Only for what is in production, which no freeze concerns. Pure. */
export function withPortfolio(outcome: Outcome, input: FactInput, policy: EvaluationPolicy): Outcome {
  const facts = { ...outcome.facts, ...derivePortfolioFacts(policy.tree, input, policy.facts) };
  return { ...outcome, input, facts, evaluation: evaluateTree(policy.tree, facts) };
}
