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
  };
}

/** A gap as it is stored: requirements that fail for the same reason in the same domain stand together, since there may be dozens. */
type PackedGap = Gap | (Omit<Extract<Gap, { requirement: string }>, 'requirement'> & { readonly of: readonly string[] });
/** The stored form of a trace. */
export type PackedTrace = Omit<Trace, 'gaps' | 'freeze'> & { readonly gaps: readonly PackedGap[]; readonly freeze: Omit<Trace['freeze'], 'gaps'> & { readonly gaps: readonly PackedGap[] } };

export const packTrace = (trace: Trace): PackedTrace => ({ ...trace, gaps: pack(trace.gaps), freeze: { ...trace.freeze, gaps: pack(trace.freeze.gaps) } });
export const unpackTrace = (trace: PackedTrace): Trace => ({ ...trace, gaps: unpack(trace.gaps), freeze: { ...trace.freeze, gaps: unpack(trace.freeze.gaps) } });

function pack(gaps: readonly Gap[]): PackedGap[] {
  const packed: PackedGap[] = [];
  let last: { readonly key: string; readonly of: string[] } | undefined;
  for (const gap of gaps) {
    if (!('requirement' in gap)) {
      packed.push(gap);
      last = undefined;
      continue;
    }
    const { requirement, ...rest } = gap;
    const key = `${gap.code} ${gap.domain} ${gap.question} ${gap.fact}`;
    if (last?.key === key) {
      last.of.push(requirement);
      continue;
    }
    last = { key, of: [requirement] };
    packed.push({ ...rest, of: last.of });
  }
  return packed;
}

const unpack = (packed: readonly PackedGap[]): Gap[] => packed.flatMap((gap): Gap[] => {
  if (!('of' in gap)) return [gap];
  const { of, ...rest } = gap;
  return of.map((requirement) => ({ ...rest, requirement }));
});

/**
 * Digest of outcome and trace, as 64 hexadecimal digits. Two evaluations with the same digest say the same, and only the first is stored.
 * The next expiry is no part of it: a later expiry of the same evidence changes no answer.
 * @param packed the stored form of the trace, as JSON
 */
export const traceDigest = (outcome: { readonly stage: Stage; readonly hardening: boolean; readonly undetermined: boolean; readonly frozen: boolean }, treeDigest: string,
  policyDigest: string, packed: string): string =>
  createHash('sha256').update(`${outcome.stage} ${outcome.hardening} ${outcome.undetermined} ${outcome.frozen} ${treeDigest} ${policyDigest}\n`).update(packed).digest('hex');
