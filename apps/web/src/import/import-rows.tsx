import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { DataTable, EmptyState, MeaningBadge, Panel, useFormat, type ExportColumn, type Meaning } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { api } from '../api/client.js';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { TableTools } from '../table-export/table-tools.js';
import { useTableColumns } from '../table-export/use-table-columns.js';
import type { ImportRow } from './import.queries.js';
import classes from './import.module.css';

const OUTCOMES = ['created', 'updated', 'unchanged', 'merged', 'rejected'] as const;
const rowId = (row: ImportRow): string => String(row.line);

/** Every row of the file with what becomes of it and why; opened on request. @param written past instead of future */
export function ImportRows({ id, written }: { id: string; written: boolean }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  return (
    <Panel flush title={t`Row by row`} description={t`Every row of the file has exactly one outcome.`} actions={<Button variant="default" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>{open ? t`Hide the rows` : t`Show the rows`}</Button>}>
      {open ? <RowTable id={id} written={written} /> : null}
    </Panel>
  );
}

function RowTable({ id, written }: { id: string; written: boolean }) {
  const { t } = useLingui();
  const format = useFormat();
  const [outcome, setOutcome] = useState<(typeof OUTCOMES)[number] | null>(null);
  const names: Record<string, string> = { created: written ? t`Created` : t`New`, updated: t`Changed`, unchanged: t`Unchanged`, merged: t`Merged`, rejected: t`Rejected` };
  const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = 100) => bodyOf(api.GET('/api/v1/workload-imports/{id}/rows', { params: { path: { id }, query: { limit, cursor, ...(outcome ? { 'filter[outcome]': [outcome] } : {}) } }, signal }));
  const list = usePagedList<ImportRow>({ queryKey: ['import', id, 'rows', outcome], fetchPage });
  const all = useMemo((): readonly ExportColumn<ImportRow>[] => {
    const meanings: Record<string, Meaning> = { created: 'met', updated: 'information', unchanged: 'neutral', merged: 'information', rejected: 'broken' };
    const outcomes: Record<string, string> = { created: written ? t`Created` : t`New`, updated: t`Changed`, unchanged: t`Unchanged`, merged: t`Merged`, rejected: t`Rejected` };
    const reasons: Record<string, string> = {
      new: t`not there before`, reinstated: t`was withdrawn, comes back`, says_something_else: t`says something else`, says_the_same: t`says what the inventory says`, workload_was_merged: t`means a workload that was merged`, left_out_as_duplicate: t`left out as a duplicate`, errors: t`has errors`,
      workload_retired: t`means a retired workload`, match_ambiguous: t`could mean several workloads`,
    };
    return [
      { id: 'line', header: t`Line`, width: 80, align: 'end', fixed: true, exported: (row) => row.line, cell: (row) => format.number(row.line) },
      { id: 'name', header: t`Name in the file`, width: 320, exported: (row) => row.name, cell: (row) => row.name ?? '—' },
      { id: 'outcome', header: t`Outcome`, width: 120, exported: (row) => row.outcome, cell: (row) => <MeaningBadge plain meaning={meanings[row.outcome] ?? 'unknown'}>{outcomes[row.outcome] ?? row.outcome}</MeaningBadge> },
      { id: 'why', header: t`Why`, width: 280, exported: (row) => whyOf(row, reasons, (line) => t`same as line ${line}`), cell: (row) => whyOf(row, reasons, (line) => t`same as line ${line}`) },
      { id: 'workload', header: t`Workload`, width: 200, exported: (row) => row.workload, cell: (row) => (row.workload && written ? <Link to="/workloads/$key" params={{ key: row.workload }}>{row.workload}</Link> : row.workload ?? '—') },
    ];
  }, [t, format, written]);
  const columns = useTableColumns(all);
  return (
    <>
      <div className={classes.fixes} style={{ padding: '8px 14px' }} role="group" aria-label={t`Outcome`}>
        <Button size="compact-sm" variant={outcome === null ? 'light' : 'default'} aria-pressed={outcome === null} onClick={() => setOutcome(null)}>{t`All rows`}</Button>
        {OUTCOMES.map((one) => <Button key={one} size="compact-xs" variant={outcome === one ? 'light' : 'default'} aria-pressed={outcome === one} onClick={() => setOutcome(one)}>{names[one]}</Button>)}
        <TableTools<ImportRow> label={t`Rows of the import`} file="import-rows" api={`/api/v1/workload-imports/${id}/rows`} columns={columns} rowId={rowId} fetchPage={fetchPage} total={null} size="compact-xs" />
      </div>
      <DataTable<ImportRow>
        label={t`Rows of the import`} rows={list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} loading={list.loading} error={list.error ? shownProblem(list.error) : null} onRetry={list.retry} hasMore={list.hasMore} onLoadMore={list.loadMore}
        empty={<EmptyState title={t`No rows`}>{t`No row of the file has this outcome.`}</EmptyState>} density="compact"
      />
    </>
  );
}

function whyOf(row: ImportRow, reasons: Readonly<Record<string, string>>, sameAs: (line: string) => string): string {
  if (row.reason === 'same_as_other_row') return sameAs(String(row.sameAsLine ?? ''));
  const error = (Object.values(row.issues) as { severity?: string; message?: string }[]).find(({ severity }) => severity === 'error');
  return error?.message ?? reasons[row.reason] ?? row.reason;
}
