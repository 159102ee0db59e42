export type CrosswalkRelation = 'equivalent' | 'partial' | 'weak' | 'related';

/** One mapping from a domain to a domain or entry on the other side. `related` = named together, strength not stated. */
export interface CrosswalkRow {
  readonly from: string;
  readonly to: string;
  readonly relation: CrosswalkRelation;
  readonly basis: 'source' | 'inferred' | 'expert';
  readonly why: string;
}

/** Something on one side that the other side does not, or only partly, have. */
export interface CrosswalkGap {
  readonly side: 'from' | 'to';
  readonly id: string;
  readonly why: string;
}

/** The only way from one edition to another: numbers are never compared (domain.md section 2). */
export interface Crosswalk {
  readonly id: string;
  readonly from: string;
  readonly to: string;
  readonly basis: 'source' | 'inferred' | 'expert' | 'mixed';
  readonly note: string | null;
  readonly rows: readonly CrosswalkRow[];
  readonly gaps: readonly CrosswalkGap[];
  /** True when only the opposite direction is in the catalogue and this one was turned around. */
  readonly inverted: boolean;
}

/** Ids and short titles of a standard or law; text only where its licence allows. */
export interface Reference {
  readonly id: string;
  readonly aliases: readonly string[];
  readonly title: string;
  readonly publisher: string;
  readonly date: string | null;
  readonly licence: string;
  readonly attribution: string;
  readonly source: string;
  readonly entries: readonly { readonly id: string; readonly title: string }[];
}

/** The same rows read from the other side. The relations are symmetric, so nothing but the direction changes. */
export function invertCrosswalk(crosswalk: Crosswalk): Crosswalk {
  return {
    ...crosswalk,
    id: `${crosswalk.to}--${crosswalk.from}`,
    from: crosswalk.to,
    to: crosswalk.from,
    rows: crosswalk.rows.map((row) => ({ ...row, from: row.to, to: row.from })),
    gaps: crosswalk.gaps.map((gap) => ({ ...gap, side: gap.side === 'from' ? 'to' : 'from' })),
    inverted: !crosswalk.inverted,
  };
}
