import { PROVENANCES, type Provenance, type TriState } from '@roster/contracts';

/** The tri-state facts of a workload, by their names in the API (domain.md section 3). */
export const FACT_NAMES = ['processesRealData', 'handlesPii', 'executesTools', 'downstreamChange', 'maintained'] as const;
export type FactName = (typeof FACT_NAMES)[number];

/** One recorded statement about a fact (domain.md section 2). */
export interface FactStatement {
  readonly value: TriState;
  readonly provenance: Provenance;
  /** Where it comes from: a file, a manifest, an evidence item; null when a person typed it. */
  readonly source: string | null;
  readonly at: string;
  /** Who said it, by name. */
  readonly by: string | null;
}

/** The effective value of a fact with the statement it rests on. */
export interface FactValue extends FactStatement {
  /** Known statements that say otherwise: shown, never hidden (domain.md section 12). */
  readonly contradictedBy?: readonly FactStatement[];
}

const strength = (provenance: Provenance): number => PROVENANCES.indexOf(provenance);

/** Strongest first; of the same strength the newest first. */
const byStrength = (a: FactStatement, b: FactStatement): number =>
  strength(b.provenance) - strength(a.provenance) || (a.at < b.at ? 1 : a.at > b.at ? -1 : 0);

/**
 * The statement that counts: the strongest that knows something. An `unknown`, however strong, does not erase what a weaker source knows;
 * where nobody knows, the strongest `unknown` stands. Domain.md section 2: declared < observed < attested < verified.
 * @returns null when nobody said anything, which means `unknown`
 */
export function effectiveStatement(statements: readonly FactStatement[]): FactStatement | null {
  const sorted = [...statements].sort(byStrength);
  return sorted.find((statement) => statement.value !== 'unknown') ?? sorted[0] ?? null;
}

/**
 * The effective value with its provenance.
 * @param registeredAt instant from which the workload stands in the inventory: since then the fact is unknown when nobody spoke
 */
export function factValue(statements: readonly FactStatement[], registeredAt: string): FactValue {
  const effective = effectiveStatement(statements);
  if (!effective) return { value: 'unknown', provenance: 'declared', source: null, at: registeredAt, by: null };
  const contradictedBy = statements.filter((other) => other.value !== 'unknown' && other.value !== effective.value);
  return contradictedBy.length > 0 ? { ...effective, contradictedBy } : effective;
}

/** Replaces what was said with the same strength before and keeps the other strengths beside it. */
export function withStatement(statements: readonly FactStatement[], added: FactStatement): FactStatement[] {
  return [...statements.filter((statement) => statement.provenance !== added.provenance), added];
}

/**
 * A stronger known statement that would silently win over a new one.
 * Typing `no` over an attested `yes` must be refused with that name on it, not stored without effect.
 */
export function overrulingStatement(statements: readonly FactStatement[], added: FactStatement): FactStatement | null {
  const effective = effectiveStatement(withStatement(statements, added));
  return effective && strength(effective.provenance) > strength(added.provenance) && effective.value !== added.value ? effective : null;
}
