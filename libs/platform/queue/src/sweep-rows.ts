/** What a job finds in the database and does to each row of it. */
export interface Sweep<Row> {
  /** The rows after the last one that was looked at, whatever became of that one; null = from the start. Fewer than `limit` are the last. */
  readonly page: (after: Row | null, limit: number) => Promise<readonly Row[]>;
  /** Rows read at once. */
  readonly limit: number;
  readonly each: (row: Row) => Promise<void>;
  /** What is said when so many rows failed. */
  readonly failure: (count: number) => string;
}

/**
 * Goes over all rows page by page. A row that fails holds up none of the others; a signal ends it before the next row.
 * @throws AggregateError with what failed, after all else is done: the next run finds it again
 */
export async function sweepRows<Row>({ page, limit, each, failure }: Sweep<Row>, signal: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  let after: Row | null = null;
  let rows: readonly Row[];
  do {
    rows = await page(after, limit);
    for (const row of rows) {
      if (signal.aborted) return;
      try {
        await each(row);
      } catch (error) {
        failures.push(error);
      }
    }
    after = rows.at(-1) ?? null;
  } while (rows.length === limit);
  if (failures.length > 0) throw new AggregateError(failures, failure(failures.length));
}
