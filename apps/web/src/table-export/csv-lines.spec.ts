import { describe, expect, it } from '@jest/globals';
import { CSV_DIALECT, CSV_MARK } from '@roster/contracts';
import type { ExportedValue } from '@roster/ui';
import { parse } from 'csv-parse/sync';
import { stringify } from 'csv-stringify/sync';
import fc from 'fast-check';
import { csvLines } from './csv-lines.js';

const GUARDED = /^[=+\-@\t\r＝＋－＠]/;
/** What a reader gets back of a value. */
const read = (value: ExportedValue): string => (typeof value === 'string' && GUARDED.test(value) ? `'${value}` : String(value ?? ''));
const text = fc.oneof(fc.string({ unit: 'grapheme' }), fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', '\t', '=', '+', '-', '@', "'", '＝', '；', 'ä', ' ', 'unknown') }));
const value = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constant(null));
const table = fc.integer({ min: 2, max: 6 }).chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1, maxLength: 12 }));

describe('lines of an exported file', () => {
  it('are read back by a CSV reader as they were written, formulas guarded', () => {
    fc.assert(fc.property(table, (rows) => {
      expect(parse(csvLines(rows), { record_delimiter: '\r\n', relax_column_count: false })).toEqual(rows.map((cells) => cells.map(read)));
    }), { numRuns: 500 });
  });

  it('are those that the service writes', () => {
    fc.assert(fc.property(table, (rows) => {
      expect(csvLines(rows)).toBe(stringify(rows, CSV_DIALECT));
    }), { numRuns: 200 });
  });

  it('stay whole lines when a file is put together from parts', () => {
    fc.assert(fc.property(table, fc.nat(12), (rows, at) => {
      expect(csvLines(rows.slice(0, at)) + csvLines(rows.slice(at))).toBe(csvLines(rows));
    }));
  });

  it('guard what a spreadsheet would run, and leave numbers and unknown alone', () => {
    expect(csvLines([['=1+1', '+49 30', '-a', '@SUM(A1)', '\tx', -5, 0, 'unknown', null, 'a "b", c\nd']])).toBe("'=1+1,'+49 30,'-a,'@SUM(A1),'\tx,-5,0,unknown,,\"a \"\"b\"\", c\nd\"\r\n");
    expect(new TextEncoder().encode(CSV_MARK)).toEqual(new Uint8Array([0xef, 0xbb, 0xbf]));
  });
});
