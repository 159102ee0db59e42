/**
 * How Roster writes CSV, in the service and in the browser alike: lines of RFC 4180, and an apostrophe in front of a text that a spreadsheet would run as
 * a formula (`=`, `+`, `-`, `@`, tab, carriage return and their full-width forms; a negative number is none). Options of csv-stringify.
 */
export const CSV_DIALECT = { escape_formulas: true, record_delimiter: 'windows' } as const;

/** Stands before the first line, so that spreadsheets read the file as UTF-8. */
export const CSV_MARK = '\ufeff';
