import { COVERAGE_STATUSES, type CoverageStatus } from '@roster/contracts';
import type { CoverageException, CoverageItem, CoverageLink, CoverageVersion, ExceptionKind } from './coverage-inputs.js';

export interface CoverageEvidence {
  readonly itemId: string;
  readonly version: number;
  readonly title: string;
  readonly expiresAt: string | null;
}

export interface RequirementStanding {
  readonly status: CoverageStatus;
  /** The versions that give it this status: those that count, else those that wait, have expired, or were rejected. */
  readonly evidence: CoverageEvidence[];
  /** The exception or not-applicable statement that gives it this status. */
  readonly exception: { readonly id: string; readonly kind: ExceptionKind; readonly expiresAt: string | null } | null;
  /** The instant at which the status changes by itself; null = only by somebody's act. */
  readonly changesAt: string | null;
}

/** What stands behind one requirement of one workload: the linked items, and what was waived. */
export interface Claims {
  readonly evidence: { readonly link: CoverageLink; readonly item: CoverageItem }[];
  readonly exceptions: CoverageException[];
}

/** Statuses with which a requirement is met (domain.md section 2). */
export const isMet = (status: CoverageStatus): boolean => status === 'satisfied' || status === 'waived' || status === 'not_applicable';
/** 0 = strongest. */
export const rankOf = (status: CoverageStatus): number => COVERAGE_STATUSES.indexOf(status);

type ClaimStanding = 'satisfied' | 'submitted' | 'expired' | 'rejected';
/** NaN for null: every comparison with it is false, so "never" neither starts nor ends. */
const at = (instant: string | null): number => (instant === null ? Number.NaN : Date.parse(instant));

/**
 * What one linked item says at an instant. The newest accepted version speaks for the item: an older one was replaced by it and a newer one
 * has not been decided. An expired item with a newer version waiting is `submitted`, since somebody already acted.
 * @param now milliseconds since 1970
 * @returns null when the item says nothing: its only file is in quarantine or was refused, or the link was rejected
 */
export function itemStanding({ link, item }: Claims['evidence'][number], now: number): { standing: ClaimStanding; version: CoverageVersion } | null {
  if (link.status === 'rejected') return null;
  let accepted: CoverageVersion | null = null;
  let waiting: CoverageVersion | null = null;
  let rejected: CoverageVersion | null = null;
  for (const version of item.versions) {
    if (version.status === 'accepted' && (accepted === null || version.version > accepted.version)) accepted = version;
    else if (version.status === 'submitted' && (waiting === null || version.version > waiting.version)) waiting = version;
    else if (version.status === 'rejected' && (rejected === null || version.version > rejected.version)) rejected = version;
  }
  const pending = waiting && (!accepted || waiting.version > accepted.version) ? waiting : null;
  if (accepted) {
    const expired = now >= at(accepted.expiresAt);
    if (!expired && link.status === 'accepted' && !(now < at(accepted.effectiveFrom))) return { standing: 'satisfied', version: accepted };
    // Accepted but not yet true, or linked by somebody and not yet confirmed: it waits.
    if (!expired) return { standing: 'submitted', version: accepted };
    return pending ? { standing: 'submitted', version: pending } : { standing: 'expired', version: accepted };
  }
  if (pending) return { standing: 'submitted', version: pending };
  return rejected ? { standing: 'rejected', version: rejected } : null;
}

function standingAt(claims: Claims, now: number): Omit<RequirementStanding, 'changesAt'> {
  const said: Record<ClaimStanding, CoverageEvidence[] | null> = { satisfied: null, submitted: null, expired: null, rejected: null };
  for (const claim of claims.evidence) {
    const found = itemStanding(claim, now);
    if (found) (said[found.standing] ??= []).push({ itemId: claim.item.itemId, version: found.version.version, title: claim.item.title, expiresAt: found.version.expiresAt });
  }
  if (said.satisfied) return { status: 'satisfied', evidence: said.satisfied, exception: null };
  for (const [kind, status] of GRANTS) {
    const active = claims.exceptions.find((e) => e.kind === kind && e.status === 'approved' && !(now >= at(e.expiresAt)));
    if (active) return { status, evidence: [], exception: { id: active.id, kind, expiresAt: active.expiresAt } };
  }
  if (said.submitted) return { status: 'submitted', evidence: said.submitted, exception: null };
  const ran = claims.exceptions.find((e) => e.status === 'approved' && now >= at(e.expiresAt));
  if (said.expired || ran) return { status: 'expired', evidence: said.expired ?? [], exception: ran ? { id: ran.id, kind: ran.kind, expiresAt: ran.expiresAt } : null };
  return said.rejected ? { status: 'rejected', evidence: said.rejected, exception: null } : { status: 'missing', evidence: [], exception: null };
}

/** What an approved statement gives, stronger one first. */
const GRANTS = [['exception', 'waived'], ['not_applicable', 'not_applicable']] as const;

/** Instants after `now` at which something that stands behind a requirement begins or ends, each once, earliest first. */
function instantsAhead(claims: Claims, now: number): number[] {
  const ahead: number[] = [];
  const add = (instant: string | null): void => {
    if (instant === null) return;
    const time = Date.parse(instant);
    if (time > now && !ahead.includes(time)) ahead.push(time);
  };
  for (const { item } of claims.evidence) {
    for (const version of item.versions) {
      add(version.effectiveFrom);
      add(version.expiresAt);
    }
  }
  for (const exception of claims.exceptions) add(exception.expiresAt);
  return ahead.length > 1 ? ahead.sort((a, b) => a - b) : ahead;
}

/**
 * Status of one requirement at an instant (domain.md sections 2 and 7). Precedence is the order of `COVERAGE_STATUSES`:
 * evidence that counts beats a waiver, a waiver beats not-applicable, and what waits beats what has expired or was rejected.
 * An instant equal to `expiresAt` is already expired.
 * @param now milliseconds since 1970
 */
export function requirementStanding(claims: Claims, now: number): RequirementStanding {
  const { status, evidence, exception } = standingAt(claims, now);
  for (const instant of instantsAhead(claims, now)) {
    if (standingAt(claims, instant).status !== status) return { status, evidence, exception, changesAt: new Date(instant).toISOString() };
  }
  return { status, evidence, exception, changesAt: null };
}
