/**
 * What one import may contain. A file beyond a limit is refused as a whole before anything is staged; nothing is cut.
 * Passed as an argument so that tests can use small ones.
 */
export interface ImportLimits {
  /** Bytes of the uploaded file. */
  readonly fileBytes: number;
  /** Characters of one CSV record, one NDJSON line or one element of a JSON array. */
  readonly recordChars: number;
  readonly columns: number;
  /** Data rows, the header not counted. */
  readonly rows: number;
  /** Entries of an XLSX archive. */
  readonly archiveEntries: number;
  /** Bytes an XLSX archive may unpack to, all entries together. */
  readonly archiveBytes: number;
  /** Bytes the shared strings of an XLSX file may unpack to: they are the only part that is held in memory. */
  readonly sharedStringBytes: number;
  /** Unpacked bytes per packed byte of an archive entry, checked from 1 MiB on. */
  readonly archiveRatio: number;
}

const MIB = 1024 * 1024;

export const IMPORT_LIMITS: ImportLimits = {
  fileBytes: 512 * MIB,
  recordChars: MIB,
  columns: 500,
  rows: 200_000,
  archiveEntries: 1_000,
  archiveBytes: 1024 * MIB,
  sharedStringBytes: 128 * MIB,
  archiveRatio: 400,
};
