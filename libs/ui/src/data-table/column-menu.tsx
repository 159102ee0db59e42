import { ActionIcon, Button, Popover, SegmentedControl, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { IconArrowNarrowDown, IconArrowNarrowUp, IconColumns3, IconGripVertical, IconPin, IconPinnedFilled } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { moveColumn, orderedIds, pinColumn, presetLayout, showColumn, visibleIds, type ColumnLayout } from './column-layout.js';
import type { DataColumn } from './data-column.js';
import classes from './column-menu.module.css';
import type { Density } from './data-table.js';

interface ColumnMenuProps<Row> {
  readonly columns: readonly DataColumn<Row>[];
  readonly layout: ColumnLayout;
  readonly onLayoutChange: (layout: ColumnLayout) => void;
  /** Without it the height of rows is not for a person to choose. */
  readonly density?: Density;
  readonly onDensityChange?: (density: Density) => void;
}

/** Which columns a table shows, in which order, which of them stay, and how high its rows are. Everything here works by keyboard; dragging is a shortcut. */
export function ColumnMenu<Row>({ size = 'xs', ...choices }: ColumnMenuProps<Row> & { size?: 'xs' | 'compact-sm' | 'compact-xs' }) {
  const { t } = useLingui();
  return (
    <Popover position="bottom-end" width={340} shadow="md" trapFocus returnFocus>
      <Popover.Target><Button size={size} variant="default" leftSection={<IconColumns3 size={14} />}><Trans>Columns</Trans></Button></Popover.Target>
      <Popover.Dropdown aria-label={t`Columns`}><Choices {...choices} /></Popover.Dropdown>
    </Popover>
  );
}

/** What the menu holds; there only while it is open. */
function Choices<Row>({ columns, layout, onLayoutChange, density, onDensityChange }: ColumnMenuProps<Row>) {
  const { t } = useLingui();
  const [find, setFind] = useState('');
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const list = useRef<HTMLUListElement>(null);
  const byId = new Map(columns.map((column) => [column.id, column]));
  const { ids: visible, pinned } = visibleIds(columns, layout);
  const all = orderedIds(columns, layout.order);
  const ids = [...visible, ...all.filter((id) => !visible.includes(id))].filter((id) => (byId.get(id)?.header ?? '').toLowerCase().includes(find.trim().toLowerCase()));
  const step = (id: string, by: -1 | 1) => {
    const target = visible[visible.indexOf(id) + by];
    if (target !== undefined) onLayoutChange(moveColumn(columns, layout, id, target, by === -1 ? 'before' : 'after'));
  };
  return (
    <div className={classes.dropdown}>
      {columns.length > 10 ? <TextInput size="xs" data-autofocus aria-label={t`Find a column`} placeholder={t`Find a column`} value={find} onChange={(event) => setFind(event.currentTarget.value)} /> : null}
      <ul ref={list} className={classes.list}>
        {ids.map((id) => {
          const column = byId.get(id);
          if (column === undefined) return null;
          const shown = visible.includes(id);
          const stays = pinned.includes(id);
          const name = column.header;
          return (
            <li key={id} className={`${classes.item} ${over === id && dragged !== id ? classes.over : ''}`}
              onDragOver={(event) => { if (dragged !== null && shown) { event.preventDefault(); setOver(id); } }}
              onDrop={(event) => { event.preventDefault(); if (dragged !== null) onLayoutChange(moveColumn(columns, layout, dragged, id, 'before')); setDragged(null); setOver(null); }}>
              {shown ? <span aria-hidden className={classes.grip} draggable onDragStart={(event) => { event.dataTransfer.effectAllowed = 'move'; event.dataTransfer.setData('text/plain', name); setDragged(id); }} onDragEnd={() => { setDragged(null); setOver(null); }}><IconGripVertical size={14} /></span> : null}
              <label className={classes.label}>
                <input type="checkbox" className={classes.box} checked={shown} disabled={column.hideable === false} onChange={(event) => onLayoutChange(showColumn(columns, layout, id, event.currentTarget.checked))} />
                <span className={classes.name}>{name}</span>
              </label>
              {shown ? (
                <>
                  <ActionIcon size={24} aria-label={t`Move ${name} up`} disabled={visible[0] === id} onClick={() => step(id, -1)}><IconArrowNarrowUp size={14} /></ActionIcon>
                  <ActionIcon size={24} aria-label={t`Move ${name} down`} disabled={visible.at(-1) === id} onClick={() => step(id, 1)}><IconArrowNarrowDown size={14} /></ActionIcon>
                  <ActionIcon size={24} aria-pressed={stays} aria-label={stays ? t`Unpin ${name}` : t`Pin ${name}`} onClick={() => onLayoutChange(pinColumn(columns, layout, id, !stays))}>{stays ? <IconPinnedFilled size={14} /> : <IconPin size={14} />}</ActionIcon>
                </>
              ) : null}
            </li>
          );
        })}
      </ul>
      <div className={classes.foot}>
        {density === undefined ? <span /> : <SegmentedControl size="xs" aria-label={t`Height of rows`} value={density} onChange={(value) => onDensityChange?.(value === 'roomy' ? 'roomy' : 'compact')} data={[{ value: 'compact', label: t`Compact` }, { value: 'roomy', label: t`Roomy` }]} />}
        <Button size="compact-sm" variant="subtle" onClick={() => onLayoutChange(presetLayout(columns))}><Trans>Usual columns</Trans></Button>
      </div>
    </div>
  );
}
