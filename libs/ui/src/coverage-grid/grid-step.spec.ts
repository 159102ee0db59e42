import { describe, expect, it } from '@jest/globals';
import { stepInGrid } from './grid-step.js';

const LENGTHS = [5, 2, 0, 4];
const step = (row: number, column: number, key: string, forward?: 'ArrowLeft') => { const cell = stepInGrid(LENGTHS, { row, column }, key, forward); return cell && [cell.row, cell.column]; };

describe('stepping in a grid of uneven rows', () => {
  it.each([
    [0, 0, 'ArrowRight', [0, 1]], [0, 4, 'ArrowRight', [0, 4]], [0, 0, 'ArrowLeft', [0, 0]], [0, 4, 'ArrowDown', [1, 1]], [1, 1, 'ArrowDown', [3, 1]], [3, 3, 'ArrowUp', [1, 1]],
    [3, 0, 'ArrowDown', [3, 0]], [0, 0, 'ArrowUp', [0, 0]], [0, 1, 'End', [0, 4]], [0, 3, 'Home', [0, 0]], [1, 0, 'PageDown', [3, 3]], [3, 2, 'PageUp', [0, 0]], [0, 0, 'a', null],
  ] as const)('from %i,%i by %s', (row, column, key, expected) => expect(step(row, column, key)).toEqual(expected));

  it('follows the reading direction', () => expect([step(0, 0, 'ArrowLeft', 'ArrowLeft'), step(0, 1, 'ArrowRight', 'ArrowLeft')]).toEqual([[0, 1], [0, 0]]));
});
