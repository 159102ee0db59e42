import { problem } from '@roster/platform-errors';
import type { ImportState } from './import-state.js';

/** Days for which the file and the rows of an import are kept after the last thing that happened to it; so long a written one can be undone. */
export const IMPORT_KEPT_DAYS = 30;
const DAY_MS = 86_400_000;

/** States in which nothing is running. */
export const RESTING_STATES: readonly ImportState[] = ['previewed', 'committed', 'rolled_back', 'failed', 'canceled'];

/** What decides how long an import is kept. */
export interface KeptImport {
  readonly state: ImportState;
  readonly updatedAt: Date;
  readonly undoStays: boolean;
  readonly removedAt: Date | null;
}

/** Until when the file and the rows are kept; null while work runs, and where the product needs them as long as the workloads are there. */
export const keptUntil = ({ state, updatedAt, undoStays }: Omit<KeptImport, 'removedAt'>): Date | null =>
  (undoStays || !RESTING_STATES.includes(state) ? null : new Date(updatedAt.getTime() + IMPORT_KEPT_DAYS * DAY_MS));

/** The last moment whose imports are past their time. */
export const keptSince = (now: Date): Date => new Date(now.getTime() - IMPORT_KEPT_DAYS * DAY_MS);

/** @throws INVENTORY_IMPORT_EXPIRED when the file and the rows are gone, or past their time and about to go */
export function assertKept(row: KeptImport, now: Date): void {
  const until = keptUntil(row);
  if (row.removedAt === null && (until === null || now < until)) return;
  throw problem('INVENTORY_IMPORT_EXPIRED', `The file and the rows of this import were kept for ${IMPORT_KEPT_DAYS} days and are gone. What it wrote stays as it is; to change it, import the file again.`, { extensions: { keptUntil: until?.toISOString() ?? null } });
}
