export * from './data-column.js';
export * from './column-layout.js';
export * from './row-selection.js';
export { DataTable, type DataTableProps, type Density } from './data-table.js';
export type { RowTone } from './data-row.js';
export { ColumnMenu } from './column-menu.js';
