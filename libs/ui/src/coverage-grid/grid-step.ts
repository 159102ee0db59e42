/** A cell: row of the domain, column of the criterion in it. */
export interface GridCell {
  readonly row: number;
  readonly column: number;
}

/**
 * Where a key leads in a grid whose rows differ in length.
 * @param lengths cells per row; rows without cells are passed over
 * @param forward the key of the reading direction: ArrowRight, or ArrowLeft where text runs right to left
 * @returns null when the key does not move
 */
export function stepInGrid(lengths: readonly number[], from: GridCell, key: string, forward: 'ArrowRight' | 'ArrowLeft' = 'ArrowRight'): GridCell | null {
  const back = forward === 'ArrowRight' ? 'ArrowLeft' : 'ArrowRight';
  const last = (row: number): number => (lengths[row] ?? 0) - 1;
  const vertical = (step: 1 | -1): GridCell => {
    for (let row = from.row + step; row >= 0 && row < lengths.length; row += step) if (last(row) >= 0) return { row, column: Math.min(from.column, last(row)) };
    return from;
  };
  const rows = lengths.flatMap((length, row) => (length > 0 ? [row] : []));
  switch (key) {
    case forward: return { row: from.row, column: Math.min(from.column + 1, Math.max(last(from.row), 0)) };
    case back: return { row: from.row, column: Math.max(from.column - 1, 0) };
    case 'ArrowDown': return vertical(1);
    case 'ArrowUp': return vertical(-1);
    case 'Home': return { row: from.row, column: 0 };
    case 'End': return { row: from.row, column: Math.max(last(from.row), 0) };
    case 'PageUp': return { row: rows[0] ?? 0, column: 0 };
    case 'PageDown': { const row = rows.at(-1) ?? 0; return { row, column: Math.max(last(row), 0) }; }
    default: return null;
  }
}
