import { describe, expect, it } from '@jest/globals';
import { choiceOf, groupOf, LEFT_OUT, NEW_CUSTOM, withChoice, type MappedFileColumn } from './column-choice.js';

const column = (name: string, field: string | null, over: Partial<MappedFileColumn> = {}): MappedFileColumn =>
  ({ position: 1, column: name, field, createsCustomField: field?.startsWith('custom.') ?? false, source: 'guessed', confidence: 0.95, alternatives: [], filled: 1, blank: 0, samples: [], ...over });
const KNOWN = new Set(['name', 'team', 'custom.cost']);
const COLUMNS = [column('Use case', 'name'), column('Office', 'team', { confidence: 0.7 }), column('Notes', 'custom.notes', { source: 'fallback' }), column('Empty', null, { source: 'fallback' })];

describe('choices for the columns of a file', () => {
  it('reads where each column goes', () => {
    expect(COLUMNS.map((one) => choiceOf(one, {}, KNOWN))).toEqual(['name', 'team', NEW_CUSTOM, LEFT_OUT]);
    expect(COLUMNS.map((one) => groupOf(one, {}, KNOWN))).toEqual(['field', 'check', 'custom', 'left_out']);
    expect(groupOf(column('Cost', 'custom.cost', { source: 'stated' }), {}, KNOWN)).toBe('custom');
  });

  it('takes a field away from the column that had it, and forgets a change that is none', () => {
    const [useCase, office, notes] = COLUMNS as [MappedFileColumn, MappedFileColumn, MappedFileColumn];
    const moved = withChoice(COLUMNS, {}, notes, 'team', KNOWN);
    expect(moved).toEqual({ Notes: 'team', Office: 'custom.Office' });
    expect(groupOf(office, moved, KNOWN)).toBe('custom');
    expect(withChoice(COLUMNS, { Office: null }, office, 'team', KNOWN)).toEqual({});
    expect(withChoice(COLUMNS, {}, useCase, LEFT_OUT, KNOWN)).toEqual({ 'Use case': null });
  });
});
