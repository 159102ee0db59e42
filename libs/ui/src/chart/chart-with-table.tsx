import { SegmentedControl } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconChartBar, IconTable } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import classes from './chart-with-table.module.css';

export interface ChartTable {
  readonly columns: readonly { readonly id: string; readonly header: string; readonly align?: 'start' | 'end' }[];
  /** One row per mark; `cells` in the order of the columns. */
  readonly rows: readonly { readonly id: string; readonly cells: readonly ReactNode[] }[];
}

export interface ChartWithTableProps {
  /** What is shown, in one line: caption of the table and name of the choice. */
  readonly label: string;
  /** A sentence beside the choice. */
  readonly note?: ReactNode;
  readonly table: ChartTable;
  readonly children: ReactNode;
}

/** A chart, or its figures as a table: whoever reads, hears or prints can have either. */
export function ChartWithTable({ label, note, table, children }: ChartWithTableProps) {
  const { t } = useLingui();
  const [view, setView] = useState<'chart' | 'table'>('chart');
  return (
    <div>
      <div className={classes.bar}>
        {note ? <p className={classes.note}>{note}</p> : null}
        <SegmentedControl
          className={`${classes.switch} r-no-print`} size="xs" aria-label={t`How ${label} is shown`} value={view} onChange={(value) => setView(value === 'table' ? 'table' : 'chart')}
          data={[
            { value: 'chart', label: <><IconChartBar size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {t`Chart`}</> },
            { value: 'table', label: <><IconTable size={14} aria-hidden style={{ verticalAlign: '-2px' }} /> {t`Table`}</> },
          ]}
        />
      </div>
      {view === 'chart' ? children : <FigureTable label={label} table={table} />}
    </div>
  );
}

/** Figures as a plain table. */
export function FigureTable({ label, table: { columns, rows } }: { label: string; table: ChartTable }) {
  const { t } = useLingui();
  if (rows.length === 0) return <p className={classes.empty}>{t`Nothing to show.`}</p>;
  return (
    <div className={classes.scroll} role="region" aria-label={label} tabIndex={0}>
      <table className={classes.table}>
        <caption>{label}</caption>
        <thead><tr>{columns.map(({ id, header, align }) => <th key={id} scope="col" className={align === 'end' ? classes.end : undefined}>{header}</th>)}</tr></thead>
        <tbody>
          {rows.map(({ id, cells }) => (
            <tr key={id}>{columns.map((column, index) => <td key={column.id} className={column.align === 'end' ? classes.end : undefined}>{cells[index]}</td>)}</tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
