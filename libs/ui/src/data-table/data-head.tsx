import { useLingui } from '@lingui/react/macro';
import { memo } from 'react';
import { ColumnHead } from './column-head.js';
import type { ColumnLayout } from './column-layout.js';
import type { DataColumn } from './data-column.js';
import { SELECT_COLUMN_WIDTH } from './data-row.js';
import classes from './data-table.module.css';

/** A column on its way to another place: over which one, and before or after it. */
export interface ColumnDrag {
  readonly id: string;
  readonly over: string | null;
  readonly side: 'before' | 'after';
}

/** The head row of a {@link DataTable}. Drawn anew only when something of it changes: keep the handlers between renders. */
function DataHeadView<Row>({ visible, columns, layout, onLayoutChange, widths, pinnedAt, activeColumn, sort, sortable, onSort, selected, onSelectAll, menuOf, onMenu, resizing, onResizeStart, drag, onDrag, rightToLeft }: {
  visible: readonly DataColumn<Row>[]; columns: readonly DataColumn<Row>[]; layout: ColumnLayout; onLayoutChange: (layout: ColumnLayout) => void;
  /** Width in px by place. */
  widths: readonly number[];
  /** Offset in px from the start edge by place for pinned columns, else null. */
  pinnedAt: readonly (number | null)[];
  /** Place of the focusable head, or null while it is among the rows. */
  activeColumn: number | null;
  sort: string | undefined; sortable: boolean; onSort: (sort: string) => void;
  /** How many of the loaded rows are selected; null without selection. */
  selected: 'all' | 'some' | 'none' | null; onSelectAll: (all: boolean) => void;
  menuOf: string | null; onMenu: (columnId: string, open: boolean) => void;
  resizing: string | null; onResizeStart: (columnId: string, event: unknown) => void;
  drag: ColumnDrag | null; onDrag: (kind: 'start' | 'over' | 'drop' | 'end', columnId: string, side: 'before' | 'after') => boolean;
  rightToLeft: boolean;
}) {
  const { t } = useLingui();
  const lead = selected === null ? 0 : 1;
  const directionOf = (column: DataColumn<Row>) => {
    if (column.sortKey === undefined || !sortable) return null;
    return sort === column.sortKey ? 'ascending' : sort === `-${column.sortKey}` ? 'descending' : 'none';
  };
  return (
    <div role="rowgroup" className={classes.head}>
      <div role="row" aria-rowindex={1} className={classes.headRow}>
        {selected === null ? null : (
          <div role="columnheader" aria-colindex={1} data-column={0} tabIndex={activeColumn === 0 ? 0 : -1} className={`${classes.headCell} ${classes.selectCell} ${classes.pinned}`} style={{ inlineSize: SELECT_COLUMN_WIDTH, insetInlineStart: 0 }}>
            <input type="checkbox" className={classes.box} tabIndex={-1} aria-label={t`Select the loaded rows`} checked={selected === 'all'} ref={(box) => { if (box !== null) box.indeterminate = selected === 'some'; }} onChange={(event) => onSelectAll(event.currentTarget.checked)} />
          </div>
        )}
        {visible.map((column, place) => (
          <ColumnHead key={column.id} column={column} position={place + lead} pinnedAt={pinnedAt[place] ?? null} edge={pinnedAt[place] !== null && (pinnedAt[place + 1] ?? null) === null} width={widths[place] ?? 0} direction={directionOf(column)} onSort={onSort}
            active={activeColumn === place + lead} layout={layout} columns={columns} onLayoutChange={onLayoutChange} menuOpen={menuOf === column.id} onMenu={onMenu} onResizeStart={onResizeStart} resizing={resizing === column.id}
            drop={drag !== null && drag.over === column.id && drag.id !== column.id ? drag.side : null} onDrag={onDrag} rightToLeft={rightToLeft} />
        ))}
      </div>
    </div>
  );
}
export const DataHead = memo(DataHeadView) as typeof DataHeadView;
