import type { Stage } from '@roster/contracts';
import { STAGES } from '@roster/contracts';
import type { Gap } from '../fact/gap.js';
import type { LeafFact } from '../fact/leaf-fact.js';
import type { ClassificationTree, Condition, Step } from '../tree/classification-tree.js';
import { isExit } from '../tree/classification-tree.js';
import { evaluateTree } from '../tree/evaluate-tree.js';

/** At least `need` of these things have to be done; ids of things are equal when one act does both. */
interface Demand {
  readonly need: number;
  readonly things: readonly string[];
  readonly gap: Gap;
}
/** The shortest list of missing things for a stage. */
export interface Missing {
  readonly stage: Stage;
  /** How many single things have to be done; 0 when the stage is reached. */
  readonly count: number;
  readonly gaps: readonly Gap[];
}
type Literal = { readonly fact: string; readonly is: 'yes' | 'no' };

/**
 * The shortest list of missing things for a target stage (domain.md section 5, what-if). Follows every way through the tree that ends
 * at the target or above, counts the single things each way still asks for (one new drill serves two facts; a piece of evidence in the
 * monitoring domain serves coverage too) and returns the way with the fewest.
 *
 * Minimal as long as the sets of requirements asked for are nested or disjoint, which required sets and domains are.
 * @returns null when no way through the tree can reach the stage by turning facts
 */
export function missingFor(target: Stage, tree: ClassificationTree, facts: Readonly<Record<string, LeafFact>>): Missing | null {
  const rank = STAGES.indexOf(target);
  let best: Missing | null = null;
  for (const way of waysTo(rank, tree)) {
    const open = way.filter(({ fact, is }) => facts[fact]?.value !== is);
    const turned = { ...facts, ...Object.fromEntries(open.map(({ fact, is }) => [fact, assume(is)])) };
    if (STAGES.indexOf(evaluateTree(tree, turned).stage) < rank) continue;
    const demands = open.flatMap((literal) => demandsOf(tree, facts, literal));
    const found = fewest(demands);
    if (best === null || found.count < best.count) best = { stage: target, ...found };
    if (best.count === 0) break;
  }
  return best;
}

export const assume = (value: 'yes' | 'no' | 'unknown'): LeafFact => ({
  value, provenance: 'declared', source: 'what-if', at: null, changesAt: null,
  gaps: value === 'yes' ? [] : value === 'unknown' ? [{ code: 'FACT_UNKNOWN' }] : [{ code: 'FACT_NOT_MET', wanted: 'yes' }],
});

/** Sets of leaves that, when turned, may lead to an exit of this rank or above. Answers other than yes are taken as they stand. */
function waysTo(rank: number, tree: ClassificationTree): Literal[][] {
  const follow = (step: Step): Literal[][] => {
    if (isExit(step)) return STAGES.indexOf(step.stage) >= rank ? [[]] : [];
    const question = tree.questionById.get(step.question);
    if (!question) return [];
    const affirmed = alternatives(question.condition);
    return [
      ...follow(question.yes).flatMap((rest) => affirmed.map((mine) => [...mine, ...rest])),
      ...follow(question.no), ...follow(question.unknown),
    ];
  };
  return follow({ question: tree.root }).map(consistent).filter((way): way is Literal[] => way !== null);
}

/** The sets of leaves each of which makes a condition yes. */
function alternatives(condition: Condition): Literal[][] {
  if ('fact' in condition) return [[{ fact: condition.fact, is: condition.is ?? 'yes' }]];
  if ('any' in condition) return condition.any.flatMap(alternatives);
  return condition.all.map(alternatives).reduce<Literal[][]>((sofar, more) => sofar.flatMap((a) => more.map((b) => [...a, ...b])), [[]]);
}

function consistent(way: readonly Literal[]): Literal[] | null {
  const wanted = new Map<string, 'yes' | 'no'>();
  for (const { fact, is } of way) {
    if ((wanted.get(fact) ?? is) !== is) return null;
    wanted.set(fact, is);
  }
  return [...wanted].map(([fact, is]) => ({ fact, is }));
}

function demandsOf(tree: ClassificationTree, facts: Readonly<Record<string, LeafFact>>, { fact, is }: Literal): Demand[] {
  const question = tree.questions.find((q) => tree.factsOfQuestion.get(q.id)?.includes(fact))?.id ?? tree.root;
  const isStatement = tree.factById.get(fact)?.from.kind === 'statement';
  const reasons = is === 'yes' ? (facts[fact]?.gaps ?? []) : [];
  const demands = reasons.flatMap((reason): Demand[] => {
    const gap: Gap = { ...reason, question, fact };
    switch (reason.code) {
      // What the strictest reading asks for is listed already: stating the tier or the tools is no thing to be proven on top.
      case 'RISK_TIER_MISSING': return [];
      case 'STATEMENT_UNKNOWN': case 'STATEMENT_NO': return isStatement ? [{ need: 1, things: [`statement:${reason.field}`], gap }] : [];
      case 'OWNER_MISSING': return [{ need: 1, things: [`owner:${reason.role}`], gap }];
      case 'DOMAIN_EVIDENCE_MISSING': return [{ need: 1, things: reason.requirements.map((key) => `requirement:${key}`), gap }];
      case 'REQUIREMENT_MISSING': case 'REQUIREMENT_SUBMITTED': case 'REQUIREMENT_EXPIRED': case 'REQUIREMENT_REJECTED':
        return [{ need: 1, things: [`requirement:${reason.requirement}`], gap }];
      case 'DOMAIN_SHORT': return [{ need: reason.need, things: reason.requirements.map((key) => `requirement:${key}`), gap }];
      case 'DRILL_MISSING': case 'DRILL_TOO_SLOW': case 'DRILL_EXPIRED': return [{ need: 1, things: [`drill:${reason.drill}`], gap }];
      case 'EVIDENCE_KIND_MISSING': return [{ need: 1, things: [`evidence-kind:${reason.evidenceKind}`], gap }];
      case 'TOO_FEW_IN_PRODUCTION': case 'NOT_REUSED': case 'CONCENTRATION_NOT_REVIEWED': case 'FACT_UNKNOWN': case 'FACT_NOT_MET':
        return [{ need: 1, things: [`fact:${fact}`], gap }];
    }
  });
  // A leaf that must turn always costs something, even when nobody could say what.
  return demands.length > 0 ? demands : [{ need: 1, things: [`fact:${fact}`], gap: { code: 'FACT_NOT_MET', wanted: is, question, fact } }];
}

/** The fewest things that meet all demands: the most specific demand first, so that what it asks for counts for the wider ones. */
function fewest(demands: readonly Demand[]): { count: number; gaps: Gap[] } {
  const sorted = demands.map((demand, order) => ({ ...demand, order }))
    .sort((a, b) => a.things.length - b.things.length || b.need - a.need || a.order - b.order);
  const done = new Set<string>();
  const kept: { order: number; gap: Gap }[] = [];
  for (const { things, need, gap, order } of sorted) {
    const open = things.filter((thing) => !done.has(thing));
    const left = need - (things.length - open.length);
    if (left <= 0) continue;
    for (const thing of open.slice(0, left)) done.add(thing);
    // A demand with fewer things than it needs cannot be met by them (an empty domain): it still counts as one missing thing.
    for (let i = open.length; i < left; i += 1) done.add(`${gap.question}:${gap.fact}:${i}`);
    kept.push({ order, gap: gap.code === 'DOMAIN_SHORT' ? { ...gap, need: left, requirements: open.map((t) => t.slice('requirement:'.length)) } : gap });
  }
  return { count: done.size, gaps: kept.sort((a, b) => a.order - b.order).map(({ gap }) => gap) };
}
