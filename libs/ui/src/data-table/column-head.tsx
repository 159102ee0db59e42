import { ActionIcon, Menu } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconArrowDown, IconArrowNarrowLeft, IconArrowNarrowRight, IconArrowUp, IconDots, IconEyeOff, IconPin, IconPinnedOff, IconViewportNarrow, IconViewportWide } from '@tabler/icons-react';
import { memo, type DragEvent, type SyntheticEvent } from 'react';
import { pinColumn, showColumn, sizeColumn, stepColumn, type ColumnLayout } from './column-layout.js';
import type { DataColumn } from './data-column.js';
import classes from './data-table.module.css';

const STEP = 32;

/** The head of one column: sorts on click and Enter, moves by dragging or its menu, resizes by its handle or its menu. Drawn anew only when it changes: keep the handlers between renders. */
function ColumnHeadView<Row>({ column, position, pinnedAt, edge, width, direction, onSort, active, layout, columns, onLayoutChange, menuOpen, onMenu, onResizeStart, resizing, drop, onDrag, rightToLeft }: {
  column: DataColumn<Row>;
  /** Place in the grid, the selection box counted. */
  position: number;
  /** Offset in px from the start edge while it is pinned, else null. */
  pinnedAt: number | null;
  /** The last of the pinned ones. */
  edge: boolean;
  /** px */
  width: number;
  /** How the list is sorted by this column; null when it cannot be. */
  direction: 'ascending' | 'descending' | 'none' | null;
  onSort: (sort: string) => void; active: boolean;
  layout: ColumnLayout; columns: readonly DataColumn<Row>[]; onLayoutChange: (layout: ColumnLayout) => void;
  menuOpen: boolean; onMenu: (columnId: string, open: boolean) => void; onResizeStart: (columnId: string, event: unknown) => void; resizing: boolean;
  drop: 'before' | 'after' | null;
  onDrag: (kind: 'start' | 'over' | 'drop' | 'end', columnId: string, side: 'before' | 'after') => boolean;
  rightToLeft: boolean;
}) {
  const { t } = useLingui();
  const pinned = pinnedAt !== null;
  const side = (event: DragEvent): 'before' | 'after' => {
    const box = event.currentTarget.getBoundingClientRect();
    const firstHalf = event.clientX < box.left + box.width / 2;
    return firstHalf !== rightToLeft ? 'before' : 'after';
  };
  const resizeStart = (event: SyntheticEvent) => {
    event.stopPropagation();
    onResizeStart(column.id, event.nativeEvent);
  };
  const text = <><span className={classes.headText} title={column.header}>{column.header}</span>{direction === 'ascending' ? <IconArrowUp size={13} aria-hidden /> : direction === 'descending' ? <IconArrowDown size={13} aria-hidden /> : null}</>;
  const drag = {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', column.header);
      onDrag('start', column.id, 'before');
    },
    onDragEnd: () => { onDrag('end', column.id, 'before'); },
  };
  // A menu for every column would be most of what a table costs to draw: there is one while it is open.
  const menuButton = <ActionIcon size={24} tabIndex={-1} className={classes.menuButton} data-expanded={menuOpen || undefined} aria-haspopup="menu" aria-expanded={menuOpen} aria-label={t`Column ${column.header}`} onClick={menuOpen ? undefined : () => onMenu(column.id, true)}><IconDots size={14} /></ActionIcon>;
  return (
    <div role="columnheader" aria-colindex={position + 1} aria-sort={direction ?? undefined} data-column={position} tabIndex={active ? 0 : -1} style={pinnedAt === null ? { inlineSize: width } : { inlineSize: width, insetInlineStart: pinnedAt }}
      className={`${classes.headCell} ${pinned ? classes.pinned : ''} ${edge ? classes.pinEdge : ''} ${column.align === 'end' ? classes.end : ''} ${direction === 'ascending' || direction === 'descending' ? classes.sorted : ''} ${drop === 'before' ? classes.dropBefore : drop === 'after' ? classes.dropAfter : ''}`}
      onDragOver={(event) => { if (onDrag('over', column.id, side(event))) event.preventDefault(); }}
      onDrop={(event) => { event.preventDefault(); onDrag('drop', column.id, side(event)); }}>
      {direction === null
        ? <span className={classes.headLabel} {...drag}>{text}</span>
        : <button type="button" tabIndex={-1} className={classes.headLabel} onClick={() => onSort(direction === 'ascending' ? `-${column.sortKey ?? ''}` : column.sortKey ?? '')} {...drag}>{text}</button>}
      {menuOpen ? (
        <Menu opened onChange={(open) => onMenu(column.id, open)} position="bottom-end" withinPortal returnFocus={false} width={220}>
          <Menu.Target>{menuButton}</Menu.Target>
          <Menu.Dropdown>
            {direction === null ? null : (
              <>
                <Menu.Item leftSection={<IconArrowUp size={14} />} onClick={() => onSort(column.sortKey ?? '')}>{t`Sort ascending`}</Menu.Item>
                <Menu.Item leftSection={<IconArrowDown size={14} />} onClick={() => onSort(`-${column.sortKey ?? ''}`)}>{t`Sort descending`}</Menu.Item>
                <Menu.Divider />
              </>
            )}
            <Menu.Item leftSection={rightToLeft ? <IconArrowNarrowRight size={14} /> : <IconArrowNarrowLeft size={14} />} onClick={() => onLayoutChange(stepColumn(columns, layout, column.id, -1))}>{t`Move towards the start`}</Menu.Item>
            <Menu.Item leftSection={rightToLeft ? <IconArrowNarrowLeft size={14} /> : <IconArrowNarrowRight size={14} />} onClick={() => onLayoutChange(stepColumn(columns, layout, column.id, 1))}>{t`Move towards the end`}</Menu.Item>
            <Menu.Item leftSection={pinned ? <IconPinnedOff size={14} /> : <IconPin size={14} />} onClick={() => onLayoutChange(pinColumn(columns, layout, column.id, !pinned))}>{pinned ? t`Unpin` : t`Pin to the start`}</Menu.Item>
            <Menu.Divider />
            <Menu.Item closeMenuOnClick={false} leftSection={<IconViewportWide size={14} />} onClick={() => onLayoutChange(sizeColumn(columns, layout, column.id, width + STEP))}>{t`Wider`}</Menu.Item>
            <Menu.Item closeMenuOnClick={false} leftSection={<IconViewportNarrow size={14} />} onClick={() => onLayoutChange(sizeColumn(columns, layout, column.id, width - STEP))}>{t`Narrower`}</Menu.Item>
            {column.hideable === false ? null : <Menu.Item leftSection={<IconEyeOff size={14} />} onClick={() => onLayoutChange(showColumn(columns, layout, column.id, false))}>{t`Hide column`}</Menu.Item>}
          </Menu.Dropdown>
        </Menu>
      ) : menuButton}
      <span aria-hidden className={`${classes.handle} ${resizing ? classes.handleActive : ''}`} onMouseDown={resizeStart} onTouchStart={resizeStart} onDoubleClick={() => onLayoutChange(withoutWidth(layout, column.id))} />
    </div>
  );
}
export const ColumnHead = memo(ColumnHeadView) as typeof ColumnHeadView;

function withoutWidth(layout: ColumnLayout, id: string): ColumnLayout {
  const { [id]: _width, ...widths } = layout.widths;
  return { ...layout, widths };
}
