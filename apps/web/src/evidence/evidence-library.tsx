import { Anchor, Button, NativeSelect, TextInput } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EVIDENCE_KINDS } from '@roster/contracts';
import { DataTable, Day, EmptyState, EVIDENCE_STATUSES, EvidenceKindIcon, EvidenceStatusMark, Instant, KeyHint, useEvidenceKindWords, useEvidenceStatusWords, useFormat, type ExportColumn } from '@roster/ui';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useRef, useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { useTypedText } from '../forms/use-typed-text.js';
import { ActButton } from '../session/act-button.js';
import { useMe } from '../session/me.js';
import { useAsOf } from '../shell/as-of.js';
import { useCommands } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { PeekPanel } from '../shell/peek-panel.js';
import { TableTools } from '../table-export/table-tools.js';
import { useTableColumns } from '../table-export/use-table-columns.js';
import { useCriterionNames } from './criterion-names.js';
import { evidenceCountQuery, evidenceListKey, fetchEvidence, type EvidenceFilters, type EvidenceSummary } from './evidence.queries.js';
import { VersionFacts } from './version-facts.js';
import classes from './evidence-library.module.css';

/** State of the library in the address: filters and order, named as the API names them. */
export type LibrarySearch = EvidenceFilters;

const DEFAULT_SORT = '-updatedAt';
const PAGE = 50;
/** Filters that a view sets, so that choosing another one takes them off again. */
const OF_VIEWS = ['filter[awaiting]', 'filter[submittedBy]', 'filter[expiresAt][lt]', 'filter[expiresAt][gte]', 'filter[status]'] as const;
const rowId = ({ id }: EvidenceSummary): string => id;
const textOf = (value: string | readonly string[] | undefined): string | null => (typeof value === 'string' ? value : (value?.[0] ?? null));
const allOf = (value: string | readonly string[] | undefined): readonly string[] => (value === undefined ? [] : typeof value === 'string' ? [value] : value);
/** The value where there is one alone: what a list to choose from can show. */
const onlyOf = (value: string | readonly string[] | undefined): string | null => { const all = allOf(value); return all.length === 1 ? (all[0] ?? null) : null; };
const isFilter = (name: string): boolean => name.startsWith('filter[') || name === 'q';

/** All evidence of the organization. @param search what the address asks for @param onSearch replaces it */
export function EvidenceLibrary({ search }: { search: LibrarySearch }) {
  const { t } = useLingui();
  const { organization } = useMe();
  const asOf = useAsOf();
  const navigate = useNavigate();
  const kinds = useEvidenceKindWords();
  const statuses = useEvidenceStatusWords();
  const nameOf = useCriterionNames(organization.edition);
  const input = useRef<HTMLInputElement>(null);
  const [peeked, setPeeked] = useState<EvidenceSummary | null>(null);
  const filters = useMemo((): EvidenceFilters => ({ ...Object.fromEntries(Object.entries(search).filter(([name]) => isFilter(name))), sort: textOf(search['sort']) ?? DEFAULT_SORT }), [search]);
  const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = PAGE) => fetchEvidence(filters, cursor, signal, { limit, count: cursor === undefined });
  const list = usePagedList<EvidenceSummary>({ queryKey: evidenceListKey(filters), fetchPage });
  const waiting = useQuery(evidenceCountQuery({ 'filter[awaiting]': 'my_decision' })).data ?? 0;
  const set = (change: LibrarySearch): void => void navigate({ to: '/evidence', search: ((previous: Record<string, unknown>) => ({ ...previous, ...change })) as never, replace: true, resetScroll: false });
  const [typed, type] = useTypedText(textOf(search['q']) ?? '', (text) => set({ q: text === '' ? undefined : text }));
  useCommands(useMemo(() => [
    { id: 'evidence.search', label: t`Search evidence`, group: t`This page`, keys: ['/'], run: () => input.current?.focus() },
    { id: 'evidence.submit', label: t`Submit evidence`, group: t`This page`, keys: ['c'], permission: 'evidence:item:submit' as const, run: () => void navigate({ to: '/evidence/new' }) },
    { id: 'evidence.decide', label: t`Decide evidence`, group: t`This page`, keys: ['d'], run: () => void navigate({ to: '/evidence/queue' }) },
  ], [t, navigate]));

  const views: readonly { id: string; label: string; search: LibrarySearch }[] = [
    { id: 'all', label: t`All`, search: {} },
    { id: 'waiting', label: t`Waiting for my decision`, search: { 'filter[awaiting]': 'my_decision' } },
    { id: 'soon', label: t`Expiring within 30 days`, search: { 'filter[expiresAt][gte]': 'now', 'filter[expiresAt][lt]': 'now+30d', sort: 'expiresAt' } },
    { id: 'expired', label: t`Expired`, search: { 'filter[status]': 'expired', sort: 'expiresAt' } },
    { id: 'mine', label: t`Submitted by me`, search: { 'filter[submittedBy]': 'me' } },
  ];
  const setNames = OF_VIEWS.filter((name) => search[name] !== undefined);
  const active = views.findLast((view) => setNames.length === Object.keys(view.search).filter((name) => name !== 'sort').length && setNames.every((name) => textOf(search[name]) === view.search[name]))?.id ?? null;
  const all = useMemo((): readonly ExportColumn<EvidenceSummary>[] => [
    { id: 'title', header: t`Title`, width: 300, minWidth: 160, pinned: true, hideable: false, exported: ({ title }) => title, cell: ({ id, title, kind }) => <span className={classes.title}><EvidenceKindIcon kind={kind} size={15} /><Anchor component={Link} to={`/evidence/${id}`} size="sm" title={title}>{title}</Anchor></span> },
    { id: 'status', header: t`Status`, width: 150, exported: ({ status }) => status, cell: ({ status }) => <EvidenceStatusMark status={status} plain /> },
    { id: 'kind', header: t`Kind`, width: 130, exported: ({ kind }) => kind, cell: ({ kind }) => kinds[kind] },
    { id: 'version', header: t`Version`, width: 84, align: 'end', exported: ({ version }) => version, cell: ({ version }) => version },
    { id: 'expires', header: t`Counts until`, width: 124, sortKey: 'expiresAt', exported: ({ expiresAt }) => expiresAt, cell: ({ expiresAt, acceptedVersion }) => (expiresAt === null ? <span className={classes.dim}>{acceptedVersion === null ? '—' : t`Without end`}</span> : <Instant at={expiresAt} only="day" />) },
    { id: 'links', header: t`Links`, width: 84, align: 'end', exported: ({ linkCount }) => linkCount, cell: ({ linkCount }) => linkCount },
    { id: 'submittedBy', header: t`Submitted by`, width: 130, exported: ({ latest }) => latest.submittedBy.name, cell: ({ latest }) => latest.submittedBy.name },
    { id: 'createdAt', header: t`First submitted`, width: 130, sortKey: 'createdAt', hiddenAtFirst: true, exported: ({ createdAt }) => createdAt, cell: ({ createdAt }) => <Day date={createdAt} /> },
    { id: 'updatedAt', header: t`Changed`, width: 120, sortKey: 'updatedAt', exported: ({ updatedAt }) => updatedAt, cell: ({ updatedAt }) => <Instant at={updatedAt} only="relative" /> },
  ], [t, kinds]);
  const columns = useTableColumns(all);
  const filtered = Object.keys(search).some(isFilter);
  const clear = (): void => { set(Object.fromEntries(Object.keys(search).filter(isFilter).map((name) => [name, undefined]))); };
  return (
    <Page title={t`Evidence`} to="/evidence"
      actions={<>
        <Button component={Link} to="/evidence/queue" variant="default">{waiting > 0 ? <Trans>Decide evidence ({waiting})</Trans> : t`Decide evidence`}</Button>
        <ActButton permission="evidence:item:submit" onClick={() => void navigate({ to: '/evidence/new' })}>{t`Submit evidence`}</ActButton>
      </>}>
      {asOf === null ? null : <p className={classes.note}><Trans>The library shows evidence as it is now. How an item stood before is told by its versions.</Trans></p>}
      <div className={classes.views} role="group" aria-label={t`Views`}>
        {views.map((view) => (
          <Button key={view.id} size="compact-sm" variant={active === view.id ? 'light' : 'subtle'} color={active === view.id ? undefined : 'gray'} aria-pressed={active === view.id}
            onClick={() => set({ ...Object.fromEntries(OF_VIEWS.map((name) => [name, undefined])), sort: undefined, ...view.search })}>{view.label}</Button>
        ))}
      </div>
      <div className={classes.filters} role="search" aria-label={t`Filter evidence`}>
        <TextInput ref={input} size="xs" className={classes.search} aria-label={t`Search title, file name and address`} placeholder={t`Title, file name, address`} leftSection={<IconSearch size={14} aria-hidden />} rightSection={<KeyHint keys={['/']} />} value={typed} maxLength={200}
          onChange={(event) => type(event.currentTarget.value)} />
        <NativeSelect size="xs" aria-label={t`Status`} value={onlyOf(search['filter[status]']) ?? ''} data={[{ value: '', label: t`Any status` }, ...EVIDENCE_STATUSES.map((value) => ({ value, label: statuses[value].word }))]} onChange={(event) => set({ 'filter[status]': event.currentTarget.value || undefined })} />
        <NativeSelect size="xs" aria-label={t`Kind`} value={onlyOf(search['filter[kind]']) ?? ''} data={[{ value: '', label: t`Any kind` }, ...EVIDENCE_KINDS.map((value) => ({ value, label: kinds[value] }))]} onChange={(event) => set({ 'filter[kind]': event.currentTarget.value || undefined })} />
        <Conditions search={search} named={active === null ? [] : OF_VIEWS.filter((name) => search[name] !== undefined)} nameOf={nameOf} onRemove={(name) => set({ [name]: undefined })} />
        <TableTools<EvidenceSummary> label={t`Evidence`} file="evidence" api="/api/v1/evidence" columns={columns} rowId={rowId} fetchPage={fetchPage} total={list.stale ? null : list.total} />
      </div>
      <DataTable<EvidenceSummary> label={t`Evidence`} rows={list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} sort={textOf(search['sort']) ?? DEFAULT_SORT} onSortChange={(sort) => set({ sort: sort === DEFAULT_SORT ? undefined : sort })} loading={list.loading} error={list.error ? shownProblem(list.error) : null} onRetry={list.retry}
        hasMore={list.hasMore} onLoadMore={list.loadMore} {...(list.total === null ? {} : { total: list.total })} onOpen={({ id }) => void navigate({ to: '/evidence/$id', params: { id } })} onPeek={setPeeked} onActiveRowChange={(row) => { if (peeked !== null) setPeeked(row); }}
        empty={filtered
          ? <EmptyState title={t`No evidence fits`} action={<Button variant="default" onClick={clear}>{t`Remove the filters`}</Button>}><Trans>Nothing in the library matches all of them.</Trans></EmptyState>
          : <EmptyState title={t`There is no evidence yet`} action={<ActButton permission="evidence:item:submit" onClick={() => void navigate({ to: '/evidence/new' })}>{t`Submit evidence`}</ActButton>}><Trans>A file or an address that proves something about a workload: a test report, a runbook, a contract. It counts once somebody other than its submitter has accepted it.</Trans></EmptyState>} />
      <PeekPanel opened={peeked !== null} title={peeked?.title ?? ''} {...(peeked ? { href: `/evidence/${peeked.id}` } : {})} onClose={() => setPeeked(null)}>
        {peeked ? <div className={classes.peek}><EvidenceStatusMark status={peeked.status} /><VersionFacts version={peeked.latest} /></div> : null}
      </PeekPanel>
    </Page>
  );
}

/**
 * Every filter of the address that nothing else on the page shows, each with the way to take it off: nothing narrows unseen.
 * @param named filters that the chosen view stands for
 */
function Conditions({ search, named, nameOf, onRemove }: { search: LibrarySearch; named: readonly string[]; nameOf: (criterion: string) => string; onRemove: (name: string) => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const kinds: Readonly<Record<string, string>> = useEvidenceKindWords();
  const statuses: Readonly<Record<string, { readonly word: string }>> = useEvidenceStatusWords();
  const moment = (value: string): string => (Number.isNaN(Date.parse(value)) ? value : format.instant(value));
  const words = (name: string, values: readonly string[]): string => {
    const [first = ''] = values;
    const time = moment(first);
    const list = values.map((value) => (name === 'filter[status]' ? statuses[value]?.word : name === 'filter[kind]' ? kinds[value] : name === 'filter[criterion]' ? nameOf(value) : undefined) ?? value).join(', ');
    switch (name) {
      case 'filter[status]': return t`Status: ${list}`;
      case 'filter[kind]': return t`Kind: ${list}`;
      case 'filter[workload]': case 'filter[criterion]': return list;
      case 'filter[awaiting]': return first === 'my_link_decision' ? t`Links wait for my decision` : t`Waits for my decision`;
      case 'filter[submittedBy]': return first === 'me' ? t`Submitted by me` : t`Submitted by one member`;
      case 'filter[expiresAt][gte]': case 'filter[expiresAt][gt]': return t`Counts until ${time} or longer`;
      case 'filter[expiresAt][lt]': case 'filter[expiresAt][lte]': return t`Ends before ${time}`;
      case 'filter[expiresAt][empty]': return first === 'yes' ? t`Without an end` : t`With an end`;
      default: return `${name}: ${list}`;
    }
  };
  const shown = Object.entries(search).map(([name, value]) => [name, allOf(value)] as const)
    .filter(([name, values]) => name.startsWith('filter[') && values.length > 0 && !named.includes(name) && !((name === 'filter[status]' || name === 'filter[kind]') && values.length === 1));
  return shown.map(([name, values]) => {
    const text = words(name, values);
    return <Button key={name} size="compact-sm" variant="light" rightSection={<IconX size={12} aria-hidden />} aria-label={t`Remove the filter ${text}`} onClick={() => onRemove(name)}>{text}</Button>;
  });
}
