import { presetLayout, visibleIds, type ColumnLayout, type ExportColumn } from '@roster/ui';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { columnsOf, layoutOf, readColumns, writeColumns } from '../inventory/view-state.js';

/** The columns of a table as a person arranged them. */
export interface TableColumns<Row> {
  readonly all: readonly ExportColumn<Row>[];
  /** Those that are shown, in their order. */
  readonly shown: readonly ExportColumn<Row>[];
  readonly layout: ColumnLayout;
  readonly setLayout: (layout: ColumnLayout) => void;
}

const arranged = <Row>(all: readonly ExportColumn<Row>[], layout: ColumnLayout): readonly ExportColumn<Row>[] => visibleIds(all, layout).ids.flatMap((id) => all.find((column) => column.id === id) ?? []);

/** Columns whose arrangement is in the address of the page (`columns`), as that of the inventory is. @param all keep the array between renders */
export function useTableColumns<Row>(all: readonly ExportColumn<Row>[]): TableColumns<Row> {
  const navigate = useNavigate();
  const { columns: written } = useSearch({ strict: false }) as { columns?: unknown };
  const layout = useMemo(() => layoutOf(readColumns(typeof written === 'string' ? written : ''), all), [written, all]);
  const setLayout = (next: ColumnLayout): void => {
    const columns = writeColumns(columnsOf(next, all));
    void navigate({ to: '.', replace: true, resetScroll: false, search: ((previous: Record<string, unknown>) => ({ ...previous, columns: columns === '' ? undefined : columns })) as never });
  };
  return { all, shown: arranged(all, layout), layout, setLayout };
}

/** Columns of a table in a part of a page, whose arrangement lasts as long as it is open. @param all keep the array between renders */
export function useOwnTableColumns<Row>(all: readonly ExportColumn<Row>[]): TableColumns<Row> {
  const [own, setLayout] = useState<ColumnLayout | null>(null);
  const layout = own ?? presetLayout(all);
  return { all, shown: arranged(all, layout), layout, setLayout };
}
