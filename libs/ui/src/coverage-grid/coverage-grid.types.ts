import type { CoverageStatus } from '@roster/contracts';

/** Evidence that gives a criterion its status. */
export interface GridEvidence {
  readonly itemId: string;
  readonly version: number;
  readonly title: string;
  /** RFC 3339; null = it does not expire */
  readonly expiresAt: string | null;
}

/** One criterion (or facet) and where it stands. */
export interface GridCriterion {
  /** Id inside the edition, such as `PSF-7.2`. */
  readonly id: string;
  /** `<edition>/<id>` */
  readonly key: string;
  readonly title: string;
  readonly wordingVerified: boolean;
  readonly status: CoverageStatus;
  readonly evidence: readonly GridEvidence[];
  /** When the status changes by itself. RFC 3339; null = only by somebody's act */
  readonly expiresAt: string | null;
}

/** A domain with its criteria, in the order of the edition. Number and name always stand together. */
export interface GridDomain {
  readonly id: string;
  readonly name: string;
  readonly requiredMet: boolean;
  readonly required: { readonly met: number; readonly total: number };
  /** An open gap here freezes scope expansion. */
  readonly freeze: boolean;
  /** Needed in full whatever the tier, since tools are executed or might be. */
  readonly blocking: boolean;
  readonly criteria: readonly GridCriterion[];
}
