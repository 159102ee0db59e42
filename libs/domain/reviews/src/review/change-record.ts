import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/** Which part of the record of a workload a change touched. */
export const CHANGE_AREAS = ['fact', 'workload', 'component', 'owner', 'evidence', 'drill', 'stage', 'tier'] as const;
export type ChangeArea = (typeof CHANGE_AREAS)[number];

/** One thing that changed since the last review, as the record shows it. */
export interface ChangeRecord {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly area: ChangeArea;
  /** What it is about, for people: `handlesPii`, `on_call`, `Model card v2`. */
  readonly subject: string;
  readonly from: string | null;
  readonly to: string | null;
  /** Who or what did it, or null where the record does not say. */
  readonly by: string | null;
}

/** What changed since the last review. */
export interface ChangesSinceLast {
  /** The end of the last review, or the start of the schedule for the first one. */
  readonly since: string;
  /** The review that ended then, or null for the first one. */
  readonly lastReviewId: string | null;
  /** Names this list: the reviewer who affirms that nothing changed affirms this digest. `sha256:` and 64 hex digits. */
  readonly digest: string;
  readonly changes: readonly ChangeRecord[];
}

/**
 * Puts the changes of a workload in order and names them by a digest over their canonical JSON (RFC 8785), the workload, and where they start.
 * The same record gives the same digest, whenever and by whomever it is read.
 */
export function changesSince(workloadId: string, since: Date, lastReviewId: string | null, found: readonly ChangeRecord[]): ChangesSinceLast {
  const key = (change: ChangeRecord): string => [change.at, change.area, change.subject, change.from ?? '', change.to ?? ''].join('\u0000');
  const changes = [...found].sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0));
  const canonical = canonicalize({ workloadId, since: since.toISOString(), lastReviewId, changes });
  if (canonical === undefined) throw new TypeError('The changes of a review have no canonical form');
  return { since: since.toISOString(), lastReviewId, digest: `sha256:${createHash('sha256').update(canonical).digest('hex')}`, changes };
}

/** What the reviewer says about change: names at least one thing, or affirms that nothing changed since a digest (domain.md section 8). */
export interface ChangeStatement {
  /** Things that changed, in the reviewer's words. */
  readonly changes?: readonly string[] | undefined;
  /** The digest whose empty list of changes the reviewer affirms. */
  readonly nothingChangedSince?: string | undefined;
}

export type StatementFault = 'missing' | 'both' | 'blank' | 'digest_stale' | 'record_differs';

/**
 * Whether a statement about change is acceptable, or what is wrong with it.
 * "Nothing changed" is refused when the record shows a change, and when the digest is not the current one: something happened after the
 * reviewer looked. A rubber stamp is thus impossible, and an honest affirmation takes one field.
 */
export function statementFault(statement: ChangeStatement, current: ChangesSinceLast): StatementFault | null {
  const named = statement.changes ?? [];
  const affirmed = statement.nothingChangedSince;
  if (named.length > 0 && affirmed !== undefined) return 'both';
  if (named.length > 0) return named.every((text) => text.trim().length >= 3) ? null : 'blank';
  if (affirmed === undefined) return 'missing';
  if (current.changes.length > 0) return 'record_differs';
  return affirmed === current.digest ? null : 'digest_stale';
}
