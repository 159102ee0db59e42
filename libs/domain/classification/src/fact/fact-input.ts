import type { DrillKind, EvidenceKind, Lifecycle, OwnerRole, Provenance, RiskTier, TriState, TierPolicy } from '@roster/contracts';
import type { StatementField } from '../tree/classification-tree.js';
import type { CoveredDomain } from './open-requirement.js';

/** A statement about a workload as recorded, with its provenance (domain.md section 2, Fact). */
export interface Statement {
  readonly value: TriState;
  readonly provenance: Provenance;
  readonly source: string | null;
  readonly at: string | null;
}
/** The newest passed drill of a kind. */
export interface PassedDrill {
  readonly id: string;
  /** RFC 3339; the drill counts from here. */
  readonly endedAt: string;
  readonly durationSeconds: number;
}
export interface CoverageNow {
  readonly domains: readonly CoveredDomain[];
  /** The earliest expiry that would change it. */
  readonly nextChangeAt: string | null;
}
/** What the organization and its edition decide. The same for every workload of a batch. */
export interface FactPolicy {
  readonly tierPolicy: TierPolicy;
  readonly edition: {
    readonly id: string;
    readonly monitoringDomain: string;
    readonly freezeDomains: readonly string[];
    readonly toolBlockingDomains: readonly string[];
  };
  /** Production workloads an organization needs before one can be scaled. */
  readonly scaledMinProductionWorkloads: number;
}
/** Everything that is known about one workload and that a leaf fact can be read from. */
export interface FactInput {
  readonly workloadId: string;
  readonly lifecycle: Lifecycle;
  readonly riskTier: RiskTier | null;
  readonly statements: Readonly<Record<StatementField, Statement>>;
  /** Accepted and active owners only. */
  readonly owners: readonly { readonly role: OwnerRole; readonly memberId: string; readonly acceptedAt: string }[];
  /** Newest passed drill per kind. */
  readonly drills: Readonly<Partial<Record<DrillKind, PassedDrill>>>;
  /** Coverage as it is (or will be) at an instant, if nobody does anything in between. */
  readonly coverageAt: (now: Date) => CoverageNow;
  /** Accepted evidence of a kind that names the workload and counts at an instant, the one that lasts longest; `expiresAt` null = for ever. */
  readonly evidenceOfKindAt: (kind: EvidenceKind, now: Date) => { readonly itemId: string; readonly expiresAt: string | null } | null;
  /** Other production workloads (itself not counted), as far as they matter to this one. */
  readonly portfolio: {
    /** How many production workloads the organization has besides this one. */
    readonly otherProductionCount: number;
    /** Other production workloads that share a declared component with it or call it. */
    readonly linkedProductionWorkloads: readonly string[];
    readonly concentrationReviewed: Statement;
  };
}
