import type { ExportColumn } from '@roster/ui';
import type { PageOf, PagesOf } from '../api/paged-list.js';
import type { ExportedLine, LineSource } from './read-lines.js';

/** What of a column goes into a file. */
export type ExportedColumn<Row> = Pick<ExportColumn<Row>, 'id' | 'header' | 'exported'>;

/** A list as it is seen: all its rows under the filters in force, with the columns that are shown, in their order. */
export interface ExportedList<Row> {
  readonly columns: readonly ExportedColumn<Row>[];
  readonly rowId: (row: Row) => string;
  /** The list that is shown; here asked for larger pages. */
  readonly fetchPage: PagesOf<PageOf<Row>>['fetchPage'];
}

/** The list as lines of a file, page by page. */
export function linesOf<Row>({ columns, rowId, fetchPage }: ExportedList<Row>): LineSource {
  return {
    header: columns.map(({ header }) => header),
    read: async (cursor, signal, limit) => {
      const page = await fetchPage(cursor, signal, limit);
      return { ...page, items: page.items.map((row): ExportedLine => ({ id: rowId(row), cells: columns.map(({ exported }) => exported(row)) })) };
    },
  };
}

/**
 * A list each of whose items is several rows: what the pages hold is spread out, and what the service counted is no number of rows any more.
 * @param rowsOf the rows of an item
 */
export const spread = <Item, Row>(fetchPage: PagesOf<PageOf<Item>>['fetchPage'], rowsOf: (item: Item) => readonly Row[]): ExportedList<Row>['fetchPage'] => async (cursor, signal, limit) => {
  const { items, nextCursor } = await fetchPage(cursor, signal, limit);
  return { items: items.flatMap(rowsOf), nextCursor };
};
