import { useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { DataTable, EmptyState, Instant, Person, useFormat, type ExportColumn } from '@roster/ui';
import { Link, useRouter } from '@tanstack/react-router';
import { useMemo } from 'react';
import { api } from '../api/client.js';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { ActLink } from '../session/act-link.js';
import { Page } from '../shell/page.js';
import { TableTools } from '../table-export/table-tools.js';
import { useTableColumns } from '../table-export/use-table-columns.js';
import { ImportStateBadge } from './import-state-badge.js';
import type { ImportSummary } from './import.queries.js';

const rowId = (row: ImportSummary): string => row.id;
const starter = (row: ImportSummary): string | null => (row.createdBy as { name?: string }).name ?? null;
const undoableUntil = (row: ImportSummary): string | null => (row.state === 'committed' && row.removedAt === null ? row.keptUntil : null);
const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = 50) => bodyOf(api.GET('/api/v1/workload-imports', { params: { query: { limit, cursor, count: cursor === undefined } }, signal }));

/** Every import of the organization: where it stands and what became of it. */
export function ImportsPage() {
  const { t } = useLingui();
  const format = useFormat();
  const router = useRouter();
  const list = usePagedList<ImportSummary>({ queryKey: ['import', 'list'], fetchPage });
  const all = useMemo((): readonly ExportColumn<ImportSummary>[] => {
    const count = (value: number | undefined) => (value === undefined ? '—' : format.number(value));
    return [
      { id: 'file', header: t`File`, width: 300, exported: (row) => row.fileName, cell: (row) => <Link to="/inventory/imports/$id" params={{ id: row.id }}>{row.fileName}</Link> },
      { id: 'state', header: t`State`, width: 150, exported: (row) => row.state, cell: (row) => <ImportStateBadge plain state={row.state} /> },
      { id: 'when', header: t`Started`, width: 220, exported: (row) => row.createdAt, cell: (row) => <Instant at={row.createdAt} /> },
      { id: 'who', header: t`By`, width: 180, exported: starter, cell: (row) => <Person name={starter(row)} /> },
      { id: 'kept', header: t`Can be undone until`, width: 220, exported: undoableUntil, cell: (row) => { const until = undoableUntil(row); return until === null ? '—' : <Instant at={until} />; } },
      { id: 'total', header: t`Rows`, width: 90, align: 'end', exported: (row) => row.result?.total ?? null, cell: (row) => count(row.result?.total) },
      { id: 'created', header: t`New`, width: 90, align: 'end', exported: (row) => row.result?.created ?? null, cell: (row) => count(row.result?.created) },
      { id: 'updated', header: t`Changed`, width: 90, align: 'end', exported: (row) => row.result?.updated ?? null, cell: (row) => count(row.result?.updated) },
      { id: 'merged', header: t`Merged`, width: 90, align: 'end', exported: (row) => row.result?.merged ?? null, cell: (row) => count(row.result?.merged) },
      { id: 'rejected', header: t`Rejected`, width: 90, align: 'end', exported: (row) => row.result?.rejected ?? null, cell: (row) => count(row.result?.rejected) },
    ];
  }, [t, format]);
  const columns = useTableColumns(all);
  const begin = <ActLink permission="inventory:import:run" to="/inventory/import">{t`Import a file`}</ActLink>;
  return (
    <Page title={t`Imports`} to="/inventory/imports" crumbs={[{ label: t`Inventory`, to: '/inventory' }]} description={t`What was brought in from files, what became of each row, and the way to undo it.`} actions={<><TableTools<ImportSummary> label={t`Imports`} file="imports" api="/api/v1/workload-imports" columns={columns} rowId={rowId} fetchPage={fetchPage} total={list.total} />{begin}</>}>
      <DataTable<ImportSummary>
        label={t`Imports`} rows={list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} loading={list.loading} error={list.error ? shownProblem(list.error) : null} onRetry={list.retry} hasMore={list.hasMore} onLoadMore={list.loadMore} total={list.total ?? undefined}
        onOpen={(row) => void router.navigate({ to: '/inventory/imports/$id', params: { id: row.id } })}
        empty={<EmptyState title={t`Nothing was imported yet`} action={begin}>{t`A list of AI use cases in a spreadsheet is enough to begin: nothing is written before you have seen what it becomes.`}</EmptyState>}
      />
    </Page>
  );
}
