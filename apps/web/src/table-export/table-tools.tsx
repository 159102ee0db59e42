import { ColumnMenu } from '@roster/ui';
import { TableExport, type TableExportProps } from './table-export.js';
import classes from './table-export.module.css';
import type { TableColumns } from './use-table-columns.js';

/** What stands above a table at the end of its filters: which columns it shows, and the export of what is seen. @param columns as useTableColumns arranges them */
export function TableTools<Row>({ columns, ...list }: Omit<TableExportProps<Row>, 'columns'> & { columns: TableColumns<Row> }) {
  return (
    <div className={`${classes.tools} r-no-print`}>
      <TableExport {...list} columns={columns.shown} />
      <ColumnMenu columns={columns.all} layout={columns.layout} onLayoutChange={columns.setLayout} {...(list.size ? { size: list.size } : {})} />
    </div>
  );
}
