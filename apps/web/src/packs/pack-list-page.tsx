import { Checkbox, NativeSelect } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { DataTable, EmptyState, Instant, Person, useFormat, type ExportColumn } from '@roster/ui';
import { IconBoxSeam, IconShieldCheck } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { shownProblem } from '../api/problem.js';
import { ActButton } from '../session/act-button.js';
import { Page } from '../shell/page.js';
import { TableTools } from '../table-export/table-tools.js';
import { useTableColumns } from '../table-export/use-table-columns.js';
import { PackStatusMark, requesterName, useScopeWords } from './pack-words.js';
import { countOf, fetchPacks, packListQuery, type Pack, type PackFilter } from './packs.queries.js';
import classes from './packs.module.css';

const route = getRouteApi('/_app/packs/');
const rowId = ({ id }: Pack): string => id;

/** Every pack that was asked for, newest first. */
export function PackListPage() {
  const { t } = useLingui();
  const format = useFormat();
  const scopeWords = useScopeWords();
  const navigate = useNavigate();
  const { status = '', mine = '' } = route.useSearch();
  const filter: PackFilter = { ...(status === '' ? {} : { status }), mine: mine === 'true' };
  const list = useInfiniteQuery(packListQuery(filter));
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? [], [list.data]);
  const total = list.data?.pages[0]?.total;
  const set = (change: Record<string, string | undefined>): void => void navigate({ to: '.', replace: true, resetScroll: false, search: ((previous: Record<string, unknown>) => ({ ...previous, ...change })) as never });
  const all = useMemo((): ExportColumn<Pack>[] => [
    { id: 'scope', header: t`About`, width: 220, exported: (pack) => scopeWords(pack.scope), cell: (pack) => <Link to="/packs/$id" params={{ id: pack.id }}>{scopeWords(pack.scope)}</Link>, hideable: false },
    { id: 'asOf', header: t`As known on`, width: 160, exported: ({ asOf }) => asOf, cell: ({ asOf }) => <Instant at={asOf} relative={false} /> },
    { id: 'status', header: t`State`, width: 116, exported: ({ status: state }) => state, cell: (pack) => <PackStatusMark status={pack.status} /> },
    { id: 'workloads', header: t`Workloads`, width: 116, align: 'end', exported: (pack) => (pack.result ? countOf(pack, 'workloads') : null), cell: (pack) => (pack.result ? format.number(countOf(pack, 'workloads')) : '') },
    { id: 'files', header: t`Evidence files`, width: 142, align: 'end', exported: (pack) => (pack.result ? countOf(pack, 'evidenceFiles') : null), cell: (pack) => (pack.result ? format.number(countOf(pack, 'evidenceFiles')) : '') },
    { id: 'size', header: t`Size`, width: 90, align: 'end', exported: ({ result }) => result?.size ?? null, cell: ({ result }) => (result ? format.bytes(result.size) : '') },
    { id: 'edition', header: t`Edition`, width: 96, exported: ({ edition }) => edition, cell: ({ edition }) => edition },
    { id: 'requestedAt', header: t`Asked for`, width: 150, exported: ({ requestedAt }) => requestedAt, cell: ({ requestedAt }) => <Instant at={requestedAt} relative={false} /> },
    { id: 'requestedBy', header: t`By`, width: 140, exported: requesterName, cell: (pack) => <Person name={requesterName(pack)} /> },
  ], [t, format, scopeWords]);
  const columns = useTableColumns(all);
  const build = <ActButton permission="packs:pack:build" leftSection={<IconBoxSeam size={15} aria-hidden />} onClick={() => void navigate({ to: '/packs/new' })}>{t`Build a pack`}</ActButton>;
  return (
    <Page
      title={t`Which evidence packs were handed out?`} name={t`Packs`} to="/packs" description={t`A pack is a sealed export that anybody can check offline, without an account and without trusting us.`}
      actions={<><Link to="/packs/verify"><IconShieldCheck size={15} aria-hidden style={{ verticalAlign: '-3px' }} /> {t`Verify a pack`}</Link>{build}</>}
    >
      <div className={classes.controls}>
        <NativeSelect
          size="xs" aria-label={t`State`} value={status} onChange={(event) => set({ status: event.currentTarget.value || undefined })}
          data={[{ value: '', label: t`All states` }, { value: 'succeeded', label: t`Ready` }, { value: 'running', label: t`Being built` }, { value: 'queued', label: t`Waiting` }, { value: 'failed', label: t`Failed` }]}
        />
        <Checkbox size="xs" label={t`Asked for by me`} checked={mine === 'true'} onChange={(event) => set({ mine: event.currentTarget.checked ? 'true' : undefined })} />
        <TableTools<Pack> label={t`Packs`} file="packs" api="/api/v1/packs" columns={columns} rowId={rowId} fetchPage={(cursor, signal, limit) => fetchPacks(filter, cursor, signal, limit)} total={total ?? null} />
      </div>
      <DataTable
        label={t`Packs`} rows={rows} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} loading={list.isPending} error={list.error && !list.data ? shownProblem(list.error) : null} onRetry={() => void list.refetch()}
        hasMore={list.hasNextPage} onLoadMore={() => void list.fetchNextPage()} {...(total === undefined ? {} : { total })} onOpen={(pack) => void navigate({ to: '/packs/$id', params: { id: pack.id } })}
        empty={status !== '' || mine === 'true' ? <EmptyState title={t`No pack matches`}>{t`Choose another state.`}</EmptyState> : (
          <EmptyState title={t`No pack yet`} icon={<IconBoxSeam size={28} />} action={build}>{t`A pack holds workloads, owners, coverage, evidence files and the trail behind them, as they were known at an instant. It is signed; an auditor checks it on their own laptop.`}</EmptyState>
        )}
      />
    </Page>
  );
}
