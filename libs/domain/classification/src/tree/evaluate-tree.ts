import type { Provenance, Stage, TriState } from '@roster/contracts';
import type { Gap, GapReason } from '../fact/gap.js';
import type { LeafFact } from '../fact/leaf-fact.js';
import type { ClassificationTree, Condition } from './classification-tree.js';
import { isExit, leavesOf } from './classification-tree.js';

export interface ReadFact {
  readonly id: string;
  readonly value: TriState;
  readonly provenance: Provenance;
  readonly source: string | null;
  readonly at: string | null;
}
export interface AnsweredQuestion {
  readonly id: string;
  readonly text: string;
  readonly answer: TriState;
  /** Ids of the facts it reads; the facts themselves are in `Evaluation.facts`. */
  readonly facts: readonly string[];
  /** Listed for questions on the path and for those between the outcome and the next stage. */
  readonly gaps: readonly Gap[];
}
export interface PathStep {
  readonly question: string;
  readonly answer: TriState;
}
/** The outcome of the tree over one set of facts. Immutable once stored. */
export interface Evaluation {
  readonly stage: Stage;
  readonly hardening: boolean;
  /** The outcome was reached through an unknown. */
  readonly undetermined: boolean;
  readonly unknownFacts: readonly string[];
  readonly facts: readonly ReadFact[];
  /** Every question of the tree, reached or not, with its answer. */
  readonly questions: readonly AnsweredQuestion[];
  readonly path: readonly PathStep[];
  /** The questions whose gaps stand between this outcome and the next stage. */
  readonly gapsOf: readonly string[];
  /** Those gaps. */
  readonly gaps: readonly Gap[];
  /** The next instant at which a fact may change by itself, RFC 3339, or null. */
  readonly nextChangeAt: string | null;
}

const NOT_KNOWN: LeafFact = { value: 'unknown', provenance: 'declared', source: null, at: null, gaps: [{ code: 'FACT_UNKNOWN' }], changesAt: null };

/**
 * Evaluates a tree over leaf facts (domain.md section 5). Pure: same tree and facts, same result.
 * Conditions are three-valued: `all` is no as soon as one part is no, unknown when none is no and one is unknown. A fact that is missing
 * from the input is unknown. Unknown never passes: it takes the tree's own `unknown` branch, and the outcome is then undetermined.
 * @param tree a checked tree
 * @param facts leaf facts by the fact ids of the tree
 */
export function evaluateTree(tree: ClassificationTree, facts: Readonly<Record<string, LeafFact>>): Evaluation {
  const valueOf = (id: string): LeafFact => facts[id] ?? NOT_KNOWN;
  const answers = new Map(tree.questions.map((question) => [question.id, evaluateCondition(question.condition, (id) => valueOf(id).value)]));

  const path: PathStep[] = [];
  const unknownFacts: string[] = [];
  let at = tree.root;
  for (;;) {
    const question = tree.questionById.get(at);
    const answer = answers.get(at);
    if (!question || !answer) throw new Error(`Question ${at} does not exist in tree ${tree.id}`);
    path.push({ question: at, answer });
    if (answer === 'unknown') unknownFacts.push(...(tree.factsOfQuestion.get(at) ?? []).filter((id) => valueOf(id).value === 'unknown'));
    const step = question[answer];
    if (!isExit(step)) {
      at = step.question;
      continue;
    }
    const gapsOf = step.gapsOf ?? [at];
    const relevant = new Set([...path.map((p) => p.question), ...gapsOf]);
    const questions = tree.questions.map((q): AnsweredQuestion => {
      const given = answers.get(q.id) ?? 'unknown';
      return {
        id: q.id, text: q.text, answer: given, facts: tree.factsOfQuestion.get(q.id) ?? [],
        gaps: given === 'yes' || !relevant.has(q.id) ? [] : openGaps(q.id, q.condition, valueOf),
      };
    });
    return {
      stage: step.stage, hardening: step.hardening ?? false, undetermined: unknownFacts.length > 0, unknownFacts: [...new Set(unknownFacts)],
      facts: tree.facts.map(({ id }): ReadFact => {
        const { value, provenance, source, at: since } = valueOf(id);
        return { id, value, provenance, source, at: since };
      }),
      questions, path, gapsOf, gaps: questions.filter((q) => gapsOf.includes(q.id)).flatMap((q) => q.gaps), nextChangeAt: earliest(tree.facts.map(({ id }) => valueOf(id).changesAt)),
    };
  }
}

/** Kleene's strong three-valued logic over the leaves of a condition. */
export function evaluateCondition(condition: Condition, valueOf: (fact: string) => TriState): TriState {
  if ('fact' in condition) {
    const value = valueOf(condition.fact);
    return value === 'unknown' ? 'unknown' : value === (condition.is ?? 'yes') ? 'yes' : 'no';
  }
  const [parts, decisive] = 'all' in condition ? [condition.all, 'no' as const] : [condition.any, 'yes' as const];
  let unknown = false;
  for (const part of parts) {
    const value = evaluateCondition(part, valueOf);
    if (value === decisive) return decisive;
    if (value === 'unknown') unknown = true;
  }
  return unknown ? 'unknown' : decisive === 'no' ? 'yes' : 'no';
}

function openGaps(question: string, condition: Condition, valueOf: (fact: string) => LeafFact): Gap[] {
  const gaps: Gap[] = [];
  const seen = new Set<string>();
  for (const { fact, is } of leavesOf(condition)) {
    const leaf = valueOf(fact);
    if (leaf.value === is) continue;
    const stated = is === 'yes' ? leaf.gaps : [];
    const reasons: readonly GapReason[] = stated.length > 0 ? stated : leaf.value === 'unknown' ? [{ code: 'FACT_UNKNOWN' }] : [{ code: 'FACT_NOT_MET', wanted: is }];
    for (const reason of reasons) {
      const task = sharedTask(reason);
      if (task !== null && seen.has(task)) continue;
      if (task !== null) seen.add(task);
      gaps.push({ ...reason, question, fact });
    }
  }
  return gaps;
}

/** Two facts of one question may fail for the same reason (the risk tier is not set, no drill at all): that is one task, not two. */
function sharedTask(reason: GapReason): string | null {
  switch (reason.code) {
    case 'RISK_TIER_MISSING': return reason.code;
    case 'DRILL_MISSING': return `${reason.code}:${reason.drill}`;
    case 'STATEMENT_UNKNOWN': case 'STATEMENT_NO': return `${reason.code}:${reason.field}`;
    default: return null;
  }
}

/** The earliest of some RFC 3339 UTC instants of equal precision, or null. */
export function earliest(instants: readonly (string | null)[]): string | null {
  let first: string | null = null;
  for (const instant of instants) if (instant !== null && (first === null || Date.parse(instant) < Date.parse(first))) first = instant;
  return first;
}
