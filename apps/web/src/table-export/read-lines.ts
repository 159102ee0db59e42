import { CSV_MARK } from '@roster/contracts';
import type { ExportedValue } from '@roster/ui';
import type { PageOf } from '../api/paged-list.js';
import { csvLines } from './csv-lines.js';

/** Rows of a list that a browser puts into one file; more are read through the API. */
export const EXPORT_ROWS = 50_000;
/** The largest page of every list of the API. */
const PAGE = 200;

/** One row of a file. */
export interface ExportedLine {
  readonly id: string;
  readonly cells: readonly ExportedValue[];
}

/** Where the lines of a file come from. */
export interface LineSource {
  readonly header: readonly string[];
  readonly read: (cursor: string | undefined, signal: AbortSignal, limit: number) => Promise<PageOf<ExportedLine>>;
}

/** A file that is whole. */
export interface ReadFile {
  readonly content: Blob;
  readonly rows: number;
  /** Rows that the list said it had when it began; null where it does not count. */
  readonly said: number | null;
  /** There are more than a file takes. */
  readonly more: boolean;
}

/**
 * Reads every page of a list, one after the other, into a CSV. Nothing is kept but the text of the file, a part per page. A row that moved to a later page
 * while the list was read is written once.
 * @param onRows told after each page how many rows are read, and of how many where that is known
 * @param most rows that a file takes
 * @throws what a page failed with; the reason of the signal when it was aborted. There is no file then.
 */
export async function readLines({ header, read }: LineSource, signal: AbortSignal, onRows: (rows: number, said: number | null) => void, most: number = EXPORT_ROWS): Promise<ReadFile> {
  const parts = [new Blob([CSV_MARK, csvLines([header])])];
  const seen = new Set<string>();
  let said: number | null = null;
  let more = false;
  for (let cursor: string | undefined, first = true; first || cursor !== undefined; first = false) {
    const page: PageOf<ExportedLine> = await read(cursor, signal, PAGE);
    signal.throwIfAborted();
    if (first) said = page.total ?? null;
    const fresh = page.items.filter(({ id }) => !seen.has(id));
    const taken = fresh.slice(0, most - seen.size);
    for (const { id } of taken) seen.add(id);
    if (taken.length > 0) parts.push(new Blob([csvLines(taken.map(({ cells }) => cells))]));
    onRows(seen.size, said);
    more = taken.length < fresh.length || (seen.size === most && page.nextCursor !== null);
    cursor = more ? undefined : page.nextCursor ?? undefined;
  }
  return { content: new Blob(parts, { type: 'text/csv;charset=utf-8' }), rows: seen.size, said, more };
}
