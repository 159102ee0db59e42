import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { type MappedColumn, mapColumns } from './column-mapping.js';
import { prepareFile, type PreparedFile } from './import-file.js';
import { IMPORT_LIMITS } from './import-limit.js';
import { RowAccounting, type AccountedRow } from './row-accounting.js';
import { readRow } from './row-reading.js';

interface Outcome {
  readonly file: PreparedFile;
  readonly columns: readonly MappedColumn[];
  readonly rows: readonly (AccountedRow & { readonly cells: readonly string[] })[];
}

const run = async (path: string): Promise<Outcome> => {
  const file = await prepareFile(path, 'inventory.csv', {}, IMPORT_LIMITS);
  const columns = mapColumns(file.columns, { mapping: {}, defaults: {}, unmapped: 'custom', customFields: [] });
  const accounting = new RowAccounting(false);
  const rows: (AccountedRow & { cells: readonly string[] })[] = [];
  for await (const row of file.open().rows) {
    rows.push({ ...accounting.account(readRow(row, { columns, defaults: {}, formulas: 'reject', upsertBy: ['name', 'team', 'businessUnit'] })), cells: row.cells });
  }
  return { file, columns, rows };
};
const count = (rows: Outcome['rows']) => ({
  valid: rows.filter((row) => row.status === 'valid').length, merged: rows.filter((row) => row.status === 'merged').length, rejected: rows.filter((row) => row.status === 'rejected').length,
});
const fieldOf = (columns: readonly MappedColumn[], field: string): MappedColumn | undefined => columns.find(({ target }) => target.kind === 'field' && target.field === field);

/** Statements that hold for any public inventory, small or large. */
const expectNothingInvented = ({ columns, rows, file }: Outcome): void => {
  const pii = fieldOf(columns, 'handlesPii') as MappedColumn;
  for (const { row, cells } of rows) {
    const cell = (cells[pii.index] ?? '').trim().toLowerCase();
    expect(row.data.facts.handlesPii).toBe(cell === 'yes' || cell === 'no' ? cell : undefined);
    expect(row.data.facts.processesRealData).toBeUndefined();
    expect(row.data.owners).toEqual({});
  }
  expect(rows).toHaveLength(file.rowCount);
  for (const row of rows) expect(row.status === 'valid' || row.mergedIntoLine !== null || row.issues.some((issue) => issue.severity === 'error')).toBe(true);
  expect(columns.filter(({ target }) => target.kind === 'not_imported').every(({ profile }) => profile.filled === 0)).toBe(true);
  const text = JSON.stringify([columns, rows.map(({ row }) => row.data)]);
  expect(text).not.toMatch(/\uFFFD|â€|Ã[©¨¡]|[\u0080-\u009f]/);
};

describe('a small public inventory (windows-1252, repeated headings and names, free dates, every spelling of blank)', () => {
  it('is read without losing or inventing anything', async () => {
    const outcome = await run(join(import.meta.dirname, 'fixture', 'public-inventory.csv'));
    expect(outcome.file.inspection).toMatchObject({ format: 'csv', encoding: 'windows-1252' });
    expect(outcome.file.delimiter).toBe(',');
    expect(count(outcome.rows)).toEqual({ valid: 9, merged: 1, rejected: 0 });
    expectNothingInvented(outcome);
    expect(outcome.rows[0]?.row.data.fields.purpose).toBe('Predict waiting times – and say why.\nSecond line of the same cell.');
    expect(outcome.rows[1]?.row.data.fields).toMatchObject({ name: 'Café menu translator', purpose: 'Translate menus; “typographic” quotes stay.' });
    expect(outcome.rows.map(({ row }) => row.data.fields.stated_stage)).toEqual(['Operation and Maintenance', 'In production', 'Initiated', 'Initiated', 'Retired', 'Retired', undefined, undefined, 'Planned', 'Implementation and Assessment']);
    expect(outcome.rows[5]).toMatchObject({ status: 'merged', mergedIntoLine: outcome.rows[4]?.row.line });
    expect(outcome.rows.map(({ row }) => row.data.custom.dateInitiated)).toEqual(['2023-07-01', '2022-12-15', '2024-03-14', undefined, '2021-05-20', '2021-05-20', '23-Nov', 'N/A -Consolidated', '10/12023', '2024-01-02']);
    expect(outcome.columns.filter(({ column }) => column.startsWith('If Other')).map(({ column }) => column)).toEqual(['If Other, please explain.', 'If Other, please explain. (2)']);
  });
});
