import type { DrillKind } from '@roster/contracts';

/** How far the words of a criterion can be trusted. `reconstructed` was never seen at its source and is shown so. */
export type Basis = 'source' | 'source_partial' | 'inferred' | 'reconstructed' | 'expert';

/** A checkable part of a criterion. Parts have no official ids. */
export interface Facet {
  /** Unique in the edition: `<criterion id>.<slug>`. */
  readonly id: string;
  readonly name: string;
}

export interface Criterion {
  /** `<edition>/<criterion id>`: the only form in which a criterion is stored or compared (domain.md section 2). */
  readonly key: string;
  readonly id: string;
  readonly title: string;
  readonly statement: string;
  readonly basis: Basis;
  /** False: show "wording not verified" beside it. */
  readonly wordingVerified: boolean;
  readonly derivedFrom?: string;
  readonly changedInThisEdition?: boolean;
  readonly facets: readonly Facet[];
}

export interface Domain {
  /** `<edition>/<domain id>`. */
  readonly key: string;
  readonly id: string;
  /** Always shown beside the id, since the same id means different things in different editions. */
  readonly name: string;
  readonly nameBasis: 'source' | 'inferred' | 'unknown';
  readonly slug: string;
  readonly summary: string;
  readonly aliases: readonly string[];
  readonly sources: readonly string[];
  readonly criteria: readonly Criterion[];
}

/** One version of a framework. All meaning is in here; no code knows an id of it. */
export interface Edition {
  readonly id: string;
  readonly title: string;
  readonly status: string;
  /** Year, year-month or full date, as precise as the source states it. */
  readonly date: string | null;
  readonly licence: string | null;
  readonly attribution: string;
  readonly source: string | null;
  readonly numbering: string;
  /** SHA-256 of the canonical JSON of the catalogue file, as 64 hexadecimal digits. */
  readonly digest: string;
  readonly domains: readonly Domain[];
  /** Ids of the domains in which an open gap freezes scope expansion (domain.md section 6). */
  readonly freezeDomains: readonly string[];
  /** Id of the domain whose evidence proves production monitoring (domain.md section 5, question 2). Never null when assessable. */
  readonly monitoringDomain: string | null;
  /** Ids of the domains that are required in full, in every tier, when the workload executes tools (domain.md section 5). */
  readonly toolBlockingDomains: readonly string[];
  /** Ids of the requirements that the record of a drill is proposed as evidence for, by kind of drill (domain.md section 9). */
  readonly drillRequirements: Readonly<Partial<Record<DrillKind, readonly string[]>>>;
  /** True when coverage can be computed over it and an organization can choose it. */
  readonly assessable: boolean;
  readonly changes: readonly { readonly domain: string; readonly change: string }[];
}

/** The thing that coverage is computed over: a criterion, or a facet where a domain has exactly one criterion (domain.md section 5). */
export interface Requirement {
  /** `<edition>/<criterion or facet id>`. */
  readonly key: string;
  readonly criterionKey: string;
  readonly domainId: string;
  readonly title: string;
  readonly wordingVerified: boolean;
}

/**
 * The requirements of an edition, in catalogue order.
 * A domain with exactly one criterion counts its facets, since "three of five" has no meaning over one (domain.md section 5).
 */
export function requirementsOf(edition: Edition): Requirement[] {
  return edition.domains.flatMap((domain) => {
    const single = domain.criteria.length === 1;
    return domain.criteria.flatMap((criterion): Requirement[] => {
      const whole = { criterionKey: criterion.key, domainId: domain.id, wordingVerified: criterion.wordingVerified };
      return single && criterion.facets.length > 0
        ? criterion.facets.map((facet) => ({ ...whole, key: `${edition.id}/${facet.id}`, title: facet.name }))
        : [{ ...whole, key: criterion.key, title: criterion.title }];
    });
  });
}
