import type { ReadRow } from './row-reading.js';
import { type RowIssue, shownValue } from './import-issue.js';

/** What becomes of a row before the inventory is asked. Every row has exactly one status. */
export interface AccountedRow {
  readonly row: ReadRow;
  readonly status: 'valid' | 'merged' | 'rejected';
  /** The row that says the same, for a merged one. */
  readonly mergedIntoLine: number | null;
  readonly issues: readonly RowIssue[];
}

/**
 * Finds rows of one file that mean the same workload. A row that says exactly what an earlier one said is merged into it. One that has the
 * same identity but says something else is another workload when the identity was only assumed (names repeat in real inventories), and
 * a contradiction when the caller stated what identifies a workload.
 * Holds about 100 bytes per row; the limit on rows bounds it.
 */
export class RowAccounting {
  /** Identity -> digest -> line of the row that said it first. */
  private readonly seen = new Map<string, Map<string, number>>();

  /** @param identityStated the caller named `upsertBy`, or the file has keys */
  constructor(private readonly identityStated: boolean) {}

  account(row: ReadRow): AccountedRow {
    if (row.identity === null) return { row, status: 'rejected', mergedIntoLine: null, issues: row.issues };
    const identity = row.identity.toString('base64');
    const digest = row.digest.toString('base64');
    const lineOfDigest = this.seen.get(identity);
    if (!lineOfDigest) {
      this.seen.set(identity, new Map([[digest, row.line]]));
      return { row, status: 'valid', mergedIntoLine: null, issues: row.issues };
    }
    const same = lineOfDigest.get(digest);
    if (same !== undefined) return { row, status: 'merged', mergedIntoLine: same, issues: row.issues };
    lineOfDigest.set(digest, row.line);
    if (this.identityStated) {
      const issue: RowIssue = {
        severity: 'error', code: 'identity_repeated', column: null, field: null, value: shownValue(String(row.data.fields.key ?? row.data.fields.name)), message: 'An earlier row of the file is the same workload and says something else.',
        remedy: 'Keep one of the rows, or tell them apart in the field that identifies a workload.',
      };
      return { row, status: 'rejected', mergedIntoLine: null, issues: [...row.issues, issue] };
    }
    const issue: RowIssue = {
      severity: 'warning', code: 'name_repeated', column: null, field: 'name', value: shownValue(String(row.data.fields.name)), message: 'An earlier row has the same name, team and business unit but says something else; both became workloads.',
      remedy: 'Merge them in the inventory if they are one, or give them different names.',
    };
    return { row, status: 'valid', mergedIntoLine: null, issues: [...row.issues, issue] };
  }
}
