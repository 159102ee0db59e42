import type { EvidenceKind } from '@roster/contracts';

/**
 * Where a version of an evidence item stands.
 * `quarantined` = its file has not passed every check yet; `refused` = a check found it harmful; the others are the reviewer's word.
 */
export const VERSION_STATUSES = ['quarantined', 'submitted', 'accepted', 'rejected', 'refused'] as const;
export type VersionStatus = (typeof VERSION_STATUSES)[number];

/** A link counts once somebody other than the one who made it has accepted it. */
export const LINK_STATUSES = ['proposed', 'accepted', 'rejected'] as const;
export type LinkStatus = (typeof LINK_STATUSES)[number];

export const EXCEPTION_KINDS = ['exception', 'not_applicable'] as const;
export type ExceptionKind = (typeof EXCEPTION_KINDS)[number];
export const EXCEPTION_STATUSES = ['requested', 'approved', 'declined', 'withdrawn'] as const;
export type ExceptionStatus = (typeof EXCEPTION_STATUSES)[number];

export interface CoverageVersion {
  readonly version: number;
  readonly status: VersionStatus;
  /** From when it is true; null = since ever. RFC 3339. */
  readonly effectiveFrom: string | null;
  /** The first instant at which it does not count any more; null = never. RFC 3339. */
  readonly expiresAt: string | null;
}

export interface CoverageItem {
  readonly itemId: string;
  readonly kind: EvidenceKind;
  readonly title: string;
  readonly versions: readonly CoverageVersion[];
}

export interface CoverageLink {
  /** Requirement it supports; null when it only names the workload (such as a report about it). */
  readonly requirementKey: string | null;
  readonly status: LinkStatus;
  readonly itemId: string;
}

export interface CoverageException {
  readonly id: string;
  readonly kind: ExceptionKind;
  readonly requirementKey: string;
  readonly status: ExceptionStatus;
  readonly expiresAt: string | null;
}

/** Everything recorded about one workload that coverage reads. Other editions' links may be among it; they are not looked at. */
export interface CoverageInputs {
  readonly workloadId: string;
  readonly items: readonly CoverageItem[];
  readonly links: readonly CoverageLink[];
  readonly exceptions: readonly CoverageException[];
}

/** A workload about which nothing is recorded. */
export const noEvidence = (workloadId: string): CoverageInputs => ({ workloadId, items: [], links: [], exceptions: [] });
