import { createHash } from 'node:crypto';
import type { Lifecycle, RiskTier, Stage, TriState } from '@roster/contracts';
import type { FactInput } from '../fact/fact-input.js';
import type { Gap } from '../fact/gap.js';
import type { Freeze } from '../freeze/freeze.js';
import type { Evaluation, PathStep, ReadFact } from '../tree/evaluate-tree.js';

/** A break-glass as it stood when a result was stored. */
export interface BreakGlassInForce {
  readonly id: string;
  readonly until: string;
  readonly reason: string;
}
/**
 * What is stored of an evaluation besides its outcome, so that it can be explained for ever: every question with its answer, the facts
 * read, the path, the gaps, the freeze, and what was known about the workload. Gaps are kept for the questions that matter to the outcome.
 */
export interface Trace {
  readonly facts: readonly ReadFact[];
  readonly answers: readonly { readonly question: string; readonly answer: TriState }[];
  readonly path: readonly PathStep[];
  readonly unknownFacts: readonly string[];
  readonly gapsOf: readonly string[];
  readonly gaps: readonly Gap[];
  readonly freeze: Freeze & { readonly breakGlass: BreakGlassInForce | null };
  readonly context: { readonly riskTier: RiskTier | null; readonly lifecycle: Lifecycle; readonly handlesPii: TriState; readonly executesTools: TriState };
  readonly nextChangeAt: string | null;
}

export function buildTrace(evaluation: Evaluation, freeze: Freeze, breakGlass: BreakGlassInForce | null, input: FactInput): Trace {
  const relevant = new Set([...evaluation.path.map((step) => step.question), ...evaluation.gapsOf]);
  return {
    facts: evaluation.facts,
    answers: evaluation.questions.map(({ id, answer }) => ({ question: id, answer })),
    path: evaluation.path, unknownFacts: evaluation.unknownFacts, gapsOf: evaluation.gapsOf,
    gaps: evaluation.questions.filter((q) => relevant.has(q.id)).flatMap((q) => q.gaps),
    freeze: { ...freeze, breakGlass },
    context: {
      riskTier: input.riskTier, lifecycle: input.lifecycle, handlesPii: input.statements.handlesPii.value, executesTools: input.statements.executesTools.value,
    },
    nextChangeAt: evaluation.nextChangeAt,
  };
}

/**
 * Digest of outcome and trace, as 64 hexadecimal digits. Two evaluations with the same digest say the same, and only the first is stored.
 * The next expiry is left out: a later expiry of the same evidence changes no answer.
 */
export function traceDigest(outcome: { readonly stage: Stage; readonly hardening: boolean; readonly undetermined: boolean; readonly frozen: boolean }, treeDigest: string,
  policyDigest: string, trace: Trace): string {
  const { nextChangeAt: _later, ...content } = trace;
  return createHash('sha256').update(JSON.stringify([outcome.stage, outcome.hardening, outcome.undetermined, outcome.frozen, treeDigest, policyDigest, content])).digest('hex');
}
