import type { Stage } from '@roster/contracts';
import { STAGES } from '@roster/contracts';
import { deriveFacts } from '../fact/derive-facts.js';
import type { FactInput, FactPolicy } from '../fact/fact-input.js';
import type { Gap } from '../fact/gap.js';
import type { ClassificationTree } from '../tree/classification-tree.js';
import type { Evaluation } from '../tree/evaluate-tree.js';
import { evaluateTree } from '../tree/evaluate-tree.js';

/** A fall of stage that will happen by itself when nobody does anything. */
export interface Fall {
  /** The instant of the fall, RFC 3339. */
  readonly at: string;
  readonly from: Stage;
  readonly to: Stage;
  readonly hardening: boolean;
  /** What opens at that instant. */
  readonly because: readonly Gap[];
}

/**
 * Decay forecast of one workload (domain.md section 5): replays the tree at every instant at which a fact changes by itself.
 * @param now where the forecast starts
 * @param until how far it looks (inclusive); null looks until nothing changes any more
 * @param start the evaluation at `now`, when the caller has it already
 * @returns every fall in order of time; most callers show the first
 */
export function forecastDecay(
  tree: ClassificationTree, input: FactInput, policy: FactPolicy, now: Date, until: Date | null, start: Evaluation = evaluateTree(tree, deriveFacts(tree, input, policy, now)),
): Fall[] {
  const falls: Fall[] = [];
  let current = start;
  let at = now;
  for (;;) {
    if (current.nextChangeAt === null) return falls;
    const next = new Date(current.nextChangeAt);
    if (next <= at) throw new Error(`A fact of workload ${input.workloadId} names a change at ${current.nextChangeAt}, which is not after ${at.toISOString()}`);
    if (until !== null && next > until) return falls;
    const following = evaluateTree(tree, deriveFacts(tree, input, policy, next));
    if (STAGES.indexOf(following.stage) < STAGES.indexOf(current.stage)) {
      falls.push({ at: next.toISOString(), from: current.stage, to: following.stage, hardening: following.hardening, because: newGaps(current, following) });
    }
    current = following;
    at = next;
  }
}

/** Gaps on the path of the later outcome that were not open before. */
function newGaps(before: Evaluation, after: Evaluation): Gap[] {
  const known = new Set(before.questions.flatMap((q) => q.gaps).map((gap) => JSON.stringify(gap)));
  const failing = after.path.filter((step) => step.answer !== 'yes').map((step) => step.question);
  return after.questions.filter((q) => failing.includes(q.id)).flatMap((q) => q.gaps).filter((gap) => !known.has(JSON.stringify(gap)));
}
