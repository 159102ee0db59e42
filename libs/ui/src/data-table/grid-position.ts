/** A cell of the grid. Row -1 is the head; columns count as they are seen, the selection box included. */
export interface GridPosition {
  readonly row: number;
  readonly column: number;
}

export interface GridExtent {
  readonly rows: number;
  readonly columns: number;
  /** Rows that fit into the window: the step of PageUp and PageDown. */
  readonly page: number;
  readonly rightToLeft: boolean;
}

/** Where a key moves the focus (the keys of the ARIA grid pattern, and j/k); null when the key does not move. */
export function moveInGrid(position: GridPosition, key: string, control: boolean, extent: GridExtent): GridPosition | null {
  const forward = extent.rightToLeft ? -1 : 1;
  switch (key) {
    case 'ArrowDown': case 'j': return clamp({ ...position, row: position.row + 1 }, extent);
    case 'ArrowUp': case 'k': return clamp({ ...position, row: position.row - 1 }, extent);
    case 'ArrowRight': return clamp({ ...position, column: position.column + forward }, extent);
    case 'ArrowLeft': return clamp({ ...position, column: position.column - forward }, extent);
    case 'PageDown': return clamp({ ...position, row: Math.max(0, position.row) + extent.page }, extent);
    case 'PageUp': return clamp({ ...position, row: Math.max(0, position.row - extent.page) }, extent);
    case 'Home': return clamp(control ? { row: 0, column: 0 } : { ...position, column: 0 }, extent);
    case 'End': return clamp(control ? { row: extent.rows - 1, column: extent.columns - 1 } : { ...position, column: extent.columns - 1 }, extent);
    default: return null;
  }
}

export function clamp(position: GridPosition, extent: Pick<GridExtent, 'rows' | 'columns'>): GridPosition {
  return { row: Math.max(-1, Math.min(extent.rows - 1, position.row)), column: Math.max(0, Math.min(extent.columns - 1, position.column)) };
}
