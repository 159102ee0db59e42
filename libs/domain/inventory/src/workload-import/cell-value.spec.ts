import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { cleanCell, foldText, isBlankCell, isEmailAddress, isSpreadsheetError, isWebAddress, looksLikeFormula, readTriState, splitList, stripFormulaGuard } from './cell-value.js';

describe('blank cells', () => {
  it.each(['', ' ', '   ', '\u00a0', '\u200b', '\t\n', 'N/A', 'n/a', 'NA', 'na', 'n/A', 'N/A.', 'N / A', 'Not Applicable', 'not applicable. ', '\nN/A\n', '-', '–', '--', '#N/A', 'null', 'Blank/Not Provided'])('%j says nothing', (cell) => {
    expect(isBlankCell(cleanCell(cell))).toBe(true);
    expect(readTriState(cleanCell(cell))).toEqual({ value: 'unknown', said: 'blank' });
  });
  it.each(['None', 'No', '0', 'NASA', 'N/A - On-Prem', 'Unknown', 'TBD', 'Not needed', '- item', 'NA 12'])('%j says something', (cell) => {
    expect(isBlankCell(cell)).toBe(false);
  });
});

describe('facts', () => {
  it.each(['yes', 'YES', 'Yes', 'Yes.', ' y ', 'TRUE', '1'])('%j is yes', (cell) => expect(readTriState(cleanCell(cell)).value).toBe('yes'));
  it.each(['no', 'NO', 'No.', 'n', 'false', '0'])('%j is no', (cell) => expect(readTriState(cleanCell(cell)).value).toBe('no'));
  it.each(['unknown', 'TBD', 'None', 'Not sure.', '?'])('%j is a stated unknown', (cell) => expect(readTriState(cell)).toEqual({ value: 'unknown', said: 'unknown' }));
  it.each(['Yes – agency has access to source code', 'No, but', 'maybe', 'x', 'yes/no', 'nope', 'Planned or in-progress', '2'])('%j is not an answer', (cell) => {
    expect(readTriState(cell)).toEqual({ value: 'unknown', said: 'unclear' });
  });
  it('is never yes or no without one of the explicit words (property)', () => {
    fc.assert(fc.property(fc.string(), (text) => {
      const { value } = readTriState(cleanCell(text));
      const word = foldText(text).replace(/[.\s]+$/, '');
      expect(value === 'yes').toBe(['yes', 'y', 'true', '1'].includes(word));
      expect(value === 'no').toBe(['no', 'n', 'false', '0'].includes(word));
    }), { numRuns: 300 });
  });
});

describe('formulas', () => {
  it.each(['=1+1', '=HYPERLINK("http://evil","x")', '= A1', '=x', '@SUM(1+1)', '+cmd|\' /C calc\'!A0', '-2+3+cmd|\' /C calc\'!A0', '+SUM(1)', '\uFF1D1+1'])('%j is a formula', (cell) => {
    expect(looksLikeFormula(cell)).toBe(true);
  });
  it.each(['-', '- a list item', '- first (with brackets)\n- second', '-5', '+1 555 0100', '@support', '-12.5 %', '=', 'a=b', '+', '- Trust: There are two issues | really'])('%j is text', (cell) => {
    expect(looksLikeFormula(cell)).toBe(false);
  });
  it('loses exactly one guard, and only before what it guards', () => {
    expect(stripFormulaGuard("'=1+1")).toEqual({ text: '=1+1', guarded: true });
    expect(stripFormulaGuard("''=1+1")).toEqual({ text: "''=1+1", guarded: false });
    expect(stripFormulaGuard("'-")).toEqual({ text: '-', guarded: true });
    expect(stripFormulaGuard("'Twas")).toEqual({ text: "'Twas", guarded: false });
    expect(stripFormulaGuard("it's")).toEqual({ text: "it's", guarded: false });
  });
  it('that failed are told apart', () => {
    expect(['#REF!', '#DIV/0!', '#NAME?'].map(isSpreadsheetError)).toEqual([true, true, true]);
    expect(['#N/A', '#1', '#hashtag'].map(isSpreadsheetError)).toEqual([false, false, false]);
  });
});

describe('lists and addresses', () => {
  it.each([
    ['a; b;;c', ['a', 'b', 'c']], ['a, b', ['a', 'b']], ['Smith, J; Doe, A', ['Smith, J', 'Doe, A']], ['["a","b;c"]', ['a', 'b;c']], ['[not json, really]', ['[not json', 'really]']], ['a\nb\na', ['a', 'b']], ['N/A; x', ['x']],
  ])('%j lists %j', (cell, entries) => expect(splitList(cell)).toEqual(entries));
  it('knows e-mail and web addresses', () => {
    expect(['a@example.org', 'first.last+x@sub.example.co', 'a@b', 'Jane Doe', 'a@x.org;b@x.org', 'a b@x.org'].map(isEmailAddress)).toEqual([true, true, false, false, false, false]);
    expect(['https://example.org/x', 'http://h', 'ftp://x.org', 'example.org', 'https://a b', 'javascript:alert(1)'].map(isWebAddress)).toEqual([true, true, false, false, false, false]);
  });
});
