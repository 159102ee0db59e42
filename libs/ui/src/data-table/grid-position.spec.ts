import { describe, expect, it } from '@jest/globals';
import { clamp, moveInGrid } from './grid-position.js';

const EXTENT = { rows: 100, columns: 5, page: 20, rightToLeft: false };
const go = (key: string, row: number, column: number, control = false, extent = EXTENT) => moveInGrid({ row, column }, key, control, extent);

describe('the keys of the grid', () => {
  it.each([
    ['ArrowDown', 3, 2, { row: 4, column: 2 }], ['ArrowUp', 0, 2, { row: -1, column: 2 }], ['ArrowUp', -1, 2, { row: -1, column: 2 }], ['ArrowDown', 99, 2, { row: 99, column: 2 }],
    ['ArrowRight', 3, 4, { row: 3, column: 4 }], ['ArrowLeft', 3, 0, { row: 3, column: 0 }], ['PageDown', 3, 1, { row: 23, column: 1 }], ['PageDown', -1, 1, { row: 20, column: 1 }], ['PageUp', 7, 1, { row: 0, column: 1 }],
    ['Home', 7, 3, { row: 7, column: 0 }], ['End', 7, 3, { row: 7, column: 4 }], ['j', 1, 1, { row: 2, column: 1 }], ['k', 1, 1, { row: 0, column: 1 }],
  ])('%s from %i,%i', (key, row, column, expected) => {
    expect(go(key, row, column)).toEqual(expected);
  });

  it('goes to the corners with control', () => {
    expect([go('Home', 7, 3, true), go('End', 7, 3, true)]).toEqual([{ row: 0, column: 0 }, { row: 99, column: 4 }]);
  });

  it('mirrors the arrows from right to left', () => {
    expect([go('ArrowLeft', 1, 1, false, { ...EXTENT, rightToLeft: true }), go('ArrowRight', 1, 1, false, { ...EXTENT, rightToLeft: true })]).toEqual([{ row: 1, column: 2 }, { row: 1, column: 0 }]);
  });

  it('leaves other keys alone, and stays within a grid that shrank', () => {
    expect(go('q', 1, 1)).toBeNull();
    expect(clamp({ row: 50, column: 9 }, { rows: 3, columns: 4 })).toEqual({ row: 2, column: 3 });
    expect(clamp({ row: 2, column: 0 }, { rows: 0, columns: 4 })).toEqual({ row: -1, column: 0 });
  });
});
