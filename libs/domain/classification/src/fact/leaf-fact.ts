import type { Provenance, TriState } from '@roster/contracts';
import type { GapReason } from './gap.js';

/** One fact that a question reads: its value, where it comes from, and what keeps it from being yes. */
export interface LeafFact {
  readonly value: TriState;
  readonly provenance: Provenance;
  /** What it was read from, such as `drill:<id>` or the source recorded with a statement. */
  readonly source: string | null;
  /** Since when it is so, as far as known (RFC 3339). */
  readonly at: string | null;
  /** Empty when the value is yes. */
  readonly gaps: readonly GapReason[];
  /** The instant at which the value may change without anybody doing anything (an expiry), RFC 3339. */
  readonly changesAt: string | null;
}
