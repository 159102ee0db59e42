import type { ClassificationLine } from '../workload.queries.js';

type Gap = ClassificationLine['gaps'][number];
type Fact = ClassificationLine['facts'][number];

/** What is different between a result and the one before it. */
export interface LineDifference {
  readonly stage: boolean;
  readonly frozen: boolean;
  readonly riskTier: boolean;
  readonly tree: boolean;
  readonly edition: boolean;
  /** Facts whose value is another one. */
  readonly facts: readonly { readonly from: Fact['value'] | null; readonly to: Fact }[];
  /** Facts that say the same but by other authority. */
  readonly provenance: readonly { readonly from: Fact['provenance']; readonly to: Fact }[];
  readonly opened: readonly Gap[];
  readonly closed: readonly Gap[];
}

/** One gap, whatever its wording: days and seconds in a message change, the gap stays. */
const idOf = (gap: Gap): string => `${gap.code} ${gap.domain ?? ''} ${gap.requirement ?? ''} ${gap.action.subject ?? ''} ${gap.fact}`;

/** Compares two results of one workload. @param before the one decided before; null for the first */
export function differenceOf(line: ClassificationLine, before: ClassificationLine | null): LineDifference {
  if (before === null) return { stage: false, frozen: false, riskTier: false, tree: false, edition: false, facts: [], provenance: [], opened: [], closed: [] };
  const known = new Map(before.facts.map((fact) => [fact.id, fact]));
  const had = new Set(before.gaps.map(idOf));
  const has = new Set(line.gaps.map(idOf));
  return {
    stage: line.stage !== before.stage || line.hardening !== before.hardening, frozen: line.frozen !== before.frozen, riskTier: line.riskTier !== before.riskTier,
    tree: line.tree.digest !== before.tree.digest, edition: line.edition !== before.edition,
    facts: line.facts.flatMap((to) => (known.get(to.id)?.value === to.value ? [] : [{ from: known.get(to.id)?.value ?? null, to }])),
    provenance: line.facts.flatMap((to) => {
      const from = known.get(to.id);
      return from !== undefined && from.value === to.value && from.provenance !== to.provenance ? [{ from: from.provenance, to }] : [];
    }),
    opened: line.gaps.filter((gap) => !had.has(idOf(gap))), closed: before.gaps.filter((gap) => !has.has(idOf(gap))),
  };
}

/** Whether a result says the same as the one before it. */
export const isSame = (difference: LineDifference): boolean => !difference.stage && !difference.frozen && !difference.riskTier && !difference.tree && !difference.edition
  && [difference.facts, difference.provenance, difference.opened, difference.closed].every((list) => list.length === 0);
