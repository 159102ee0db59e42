import { describe, expect, it } from '@jest/globals';
import { duplicateFixes, fixesOf } from './import-fix.js';

const cause = (over: Partial<Parameters<typeof fixesOf>[0]>) => ({ severity: 'error' as const, code: 'not_one_of', column: 'Risk', field: 'riskTier', suggestions: [], suggested: 0, ...over });

describe('remedies of likely duplicates', () => {
  it('say how many rows they leave, because the options take no more', () => {
    const duplicates = [{ line: 2, workload: 'CHAT' }, { line: 3, workload: 'CHAT' }, { line: 4, workload: null }];
    expect(duplicateFixes(duplicates, 10_003)).toEqual([
      { kind: 'take_as_same', options: { duplicates: [{ line: 2, as: 'same', workload: 'CHAT' }] }, left: 10_000 },
      { kind: 'leave_out', options: { duplicates: [2, 3, 4].map((line) => ({ line, as: 'left_out' })) }, left: 10_000 },
    ]);
    expect(duplicateFixes(duplicates, 3).map(({ left }) => left)).toEqual([0, 0]);
    expect(duplicateFixes([], 5)).toEqual([]);
  });
});

describe('remedies of a cause', () => {
  it('offers what was probably meant first, then what loses nothing, then what loses least', () => {
    expect(fixesOf(cause({ suggestions: [{ from: 'hihg', to: 'high' }], suggested: 3 }), 'csv')).toEqual([
      { kind: 'use_suggestions', options: { replacements: [{ column: 'Risk', from: 'hihg', to: 'high' }] }, left: 2 },
      { kind: 'keep_as_custom_field', options: { mapping: { Risk: 'custom.Risk' } } },
      { kind: 'leave_blank', options: { leaveBlank: ['Risk'] } },
      { kind: 'leave_column_out', options: { mapping: { Risk: null } } },
    ]);
  });

  it('takes the computed value of a formula only where the file has one', () => {
    expect(fixesOf(cause({ code: 'formula' }), 'csv').map(({ kind }) => kind)).toEqual(['formulas_as_text']);
    expect(fixesOf(cause({ code: 'formula' }), 'xlsx').map(({ kind }) => kind)).toEqual(['formulas_as_text', 'formulas_as_result']);
  });

  it('has no remedy for a row without a name, for a warning, or for what only the file can repair', () => {
    expect(fixesOf(cause({ code: 'required', column: 'Name', field: 'name' }), 'csv')).toEqual([]);
    expect(fixesOf(cause({ severity: 'warning' }), 'csv')).toEqual([]);
    expect(fixesOf(cause({ code: 'too_many_cells', column: null, field: null }), 'csv')).toEqual([]);
  });
});
