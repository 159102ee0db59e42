import { useDeferredValue } from 'react';
import type { PagedList } from './paged-list.js';

/**
 * A list whose rows give way to a person: while those of another query are drawn, keys and clicks are answered in between. A change within the rows
 * that are there already (a saved cell) is shown at once.
 * @param rowId a stable id
 * @param typing whether the rows are found by what somebody types; what is chosen with one click is shown at once
 */
export function useCalmList<Row>(newest: PagedList<Row>, rowId: (row: Row) => string, typing: boolean): PagedList<Row> {
  const drawn = useDeferredValue(newest);
  return !typing || sameRows(drawn.rows, newest.rows, rowId) ? newest : drawn;
}

const sameRows = <Row>(before: readonly Row[], after: readonly Row[], rowId: (row: Row) => string): boolean =>
  before === after || (before.length === after.length && before.every((row, index) => row === after[index] || rowId(row) === rowId(after[index] as Row)));
