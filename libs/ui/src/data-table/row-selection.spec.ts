import { describe, expect, it } from '@jest/globals';
import { ALL_MATCHING, isNothingSelected, isSelected, NO_ROWS_SELECTED, selectedCount, selectRange, toggleRow, withRows } from './row-selection.js';

const IDS = ['a', 'b', 'c', 'd', 'e'];

describe('a selection of rows', () => {
  it('holds ids, so that it survives rows which are not loaded', () => {
    const selection = toggleRow(withRows(NO_ROWS_SELECTED, ['a', 'z'], true), 'b');
    expect([isSelected(selection, 'z'), isSelected(selection, 'c'), selectedCount(selection, undefined)]).toEqual([true, false, 3]);
    expect(isNothingSelected(withRows(selection, ['a', 'b', 'z'], false))).toBe(true);
  });

  it('is everything that matches but a few', () => {
    const selection = toggleRow(ALL_MATCHING, 'b');
    expect([isSelected(selection, 'a'), isSelected(selection, 'b'), selectedCount(selection, 2_130), selectedCount(selection, undefined)]).toEqual([true, false, 2_129, undefined]);
    expect(isNothingSelected(selection)).toBe(false);
    expect(toggleRow(selection, 'b')).toEqual(ALL_MATCHING);
  });

  it('makes a range what its anchor is, in both directions', () => {
    const selection = withRows(NO_ROWS_SELECTED, ['d'], true);
    expect(IDS.filter((id) => isSelected(selectRange(selection, IDS, 'd', 'b'), id))).toEqual(['b', 'c', 'd']);
    expect(IDS.filter((id) => isSelected(selectRange(withRows(NO_ROWS_SELECTED, IDS, true), IDS, 'x', 'b'), id))).toEqual(IDS);
    const without = toggleRow(ALL_MATCHING, 'b');
    expect(IDS.filter((id) => isSelected(selectRange(without, IDS, 'b', 'd'), id))).toEqual(['a', 'e']);
  });

  it('selects the target alone when the anchor is gone, and nothing when the target is', () => {
    expect(selectRange(NO_ROWS_SELECTED, IDS, 'gone', 'c')).toEqual({ kind: 'rows', ids: new Set(['c']) });
    expect(selectRange(NO_ROWS_SELECTED, IDS, null, 'c')).toEqual({ kind: 'rows', ids: new Set(['c']) });
    expect(selectRange(NO_ROWS_SELECTED, IDS, 'a', 'gone')).toBe(NO_ROWS_SELECTED);
  });
});
