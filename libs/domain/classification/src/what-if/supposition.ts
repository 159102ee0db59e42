import { RISK_TIERS, TRI_STATES, type RiskTier, type TriState } from '@roster/contracts';
import type { FieldError } from '@roster/platform-errors';
import type { CoverageNow, FactInput, Statement } from '../fact/fact-input.js';
import type { ClassificationTree, StatementField } from '../tree/classification-tree.js';
import { STATEMENT_FIELDS } from '../tree/classification-tree.js';

/** What a what-if supposes, sorted by where it applies. */
export interface Supposition {
  readonly statements: ReadonlyMap<StatementField, TriState>;
  /** undefined = as it is; null = not set. */
  readonly riskTier: RiskTier | null | undefined;
  readonly requirements: ReadonlyMap<string, TriState>;
  /** Facts of the tree that are not statements, by id. */
  readonly facts: ReadonlyMap<string, TriState>;
}

const MOST = 500;

/**
 * Reads the facts of a what-if.
 * @param requirements keys of the organization's edition
 * @returns the supposition, or everything that is wrong with it
 */
export function readSupposition(given: Readonly<Record<string, unknown>>, tree: ClassificationTree, requirements: ReadonlySet<string>): Supposition | FieldError[] {
  const errors: FieldError[] = [];
  const statements = new Map<StatementField, TriState>();
  const facts = new Map<string, TriState>();
  const proven = new Map<string, TriState>();
  let riskTier: RiskTier | null | undefined;
  const entries = Object.entries(given);
  if (entries.length > MOST) return [{ path: 'facts', code: 'too_many', message: `expected at most ${MOST} facts` }];
  for (const [name, value] of entries) {
    const path = `facts.${name}`;
    if (name === 'riskTier') {
      const tier = RISK_TIERS.find((t) => t === value);
      if (tier || value === null) riskTier = tier ?? null;
      else errors.push({ path, code: 'not_one_of', message: `expected one of ${RISK_TIERS.join(', ')}, or null` });
      continue;
    }
    const state = TRI_STATES.find((t) => t === value);
    if (!state) {
      errors.push({ path, code: 'not_one_of', message: `expected one of ${TRI_STATES.join(', ')}` });
      continue;
    }
    const field = STATEMENT_FIELDS.find((f) => f === name);
    const leaf = tree.factById.get(name);
    if (field) statements.set(field, state);
    else if (leaf?.from.kind === 'statement') statements.set(leaf.from.field, state);
    else if (leaf) facts.set(name, state);
    else if (requirements.has(name)) proven.set(name, state);
    else {
      const known = [...STATEMENT_FIELDS, 'riskTier', ...tree.factById.keys()];
      errors.push({ path, code: 'unknown_fact', message: `expected one of ${[...new Set(known)].join(', ')}, or a requirement of the edition as <edition>/<id>` });
    }
  }
  return errors.length > 0 ? errors : { statements, riskTier, requirements: proven, facts };
}

/** The input as it would be. Facts of the tree that are not statements are laid over the derived facts by the caller. */
export function suppose(input: FactInput, supposition: Supposition): FactInput {
  const changed = [...supposition.statements].map(([field, value]): [StatementField, Statement] => [field, { value, provenance: 'declared', source: 'what-if', at: null }]);
  return {
    ...input,
    riskTier: supposition.riskTier === undefined ? input.riskTier : supposition.riskTier,
    statements: { ...input.statements, ...Object.fromEntries(changed) },
    coverageAt: supposition.requirements.size === 0 ? input.coverageAt : (now) => overlay(input.coverageAt(now), supposition.requirements),
  };
}

function overlay(coverage: CoverageNow, requirements: ReadonlyMap<string, TriState>): CoverageNow {
  return {
    ...coverage,
    domains: coverage.domains.map((domain) => ({
      ...domain,
      criteria: domain.criteria.map((criterion) => {
        const value = requirements.get(criterion.key);
        if (value === undefined) return criterion;
        return value === 'yes' ? { ...criterion, status: 'satisfied' as const, evidence: [{ itemId: 'what-if' }] } : { ...criterion, status: 'missing' as const, evidence: [] };
      }),
    })),
  };
}
