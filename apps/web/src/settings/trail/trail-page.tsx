import { Button, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import { EmptyState, Panel, ProblemAlert, TableSkeleton, useFormat } from '@roster/ui';
import { IconFileCertificate } from '@tabler/icons-react';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { useMay } from '../../session/may.js';
import { Page } from '../../shell/page.js';
import { hasNoPlace, type TrailEntry } from '../../workload-tabs/tabs.queries.js';
import { Checkpoint, Entry } from '../../workload-tabs/trail/trail-tab.js';
import { TrailExport } from '../../workload-tabs/trail/trail-export.js';
import { readTrailFilters, trailParameters, type TrailFilter, type TrailFilters } from './trail-filters.js';
import classes from '../settings.module.css';

const OBJECT_TYPES = ['workload', 'owner_assignment', 'evidence_item', 'review', 'classification', 'drill', 'pack', 'workload_import', 'workload_bulk_edit', 'saved_view', 'member', 'invitation', 'api_key', 'organization', 'custom_field'] as const;

/** The trail of the whole organization: filtered, entry by entry, each proving itself in the browser. */
export function TrailPage() {
  const { t } = useLingui();
  const { allowed, why } = useMay('trail:entry:read');
  return (
    <Page title={t`Trail`} to="/settings/trail" crumbs={[{ label: t`Settings`, to: '/settings' }]} description={t`Every change, in the order in which it happened. An entry is written in the same transaction as its change and is never altered; each proves its place here in your browser.`}>
      {allowed ? <><Checkpoint /><Entries /></> : <EmptyState title={t`You may not read the trail`} icon={<IconFileCertificate size={26} />}><p>{why}</p></EmptyState>}
    </Page>
  );
}

function Entries() {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const search: Readonly<Record<string, unknown>> = useSearch({ strict: false });
  const filters = readTrailFilters(search);
  const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = 50) =>
    bodyOf(api.GET('/api/v1/trail', { params: { query: { limit, count: cursor === undefined, ...trailParameters(filters), ...(cursor === undefined ? {} : { cursor }) } }, signal }));
  const list = usePagedList<TrailEntry>({ queryKey: ['trail', 'entries', filters], fetchPage, settling: hasNoPlace });
  const set = (change: TrailFilters): void => void navigate({
    to: '/settings/trail', replace: true, resetScroll: false, search: { ...search, ...Object.fromEntries(Object.entries(change).map(([name, value]) => [`filter[${name}]`, value === '' ? undefined : value])) } as never,
  });
  const filtered = Object.keys(filters).length > 0;
  const [shown, total] = [format.number(list.rows.length), format.number(list.total ?? 0)];
  return (
    <Panel
      title={t`Entries`} flush={list.rows.length > 0}
      actions={<>
        {filtered ? <Button variant="default" size="compact-sm" onClick={() => set({ action: '', actor: '', objectType: '', workload: '', since: '', until: '' })}>{t`Clear filters`}</Button> : null}
        <TrailExport label={t`Trail`} of={null} fetchPage={fetchPage} total={list.stale ? null : list.total} />
      </>}
    >
      <div className={classes.filters} style={{ padding: list.rows.length > 0 ? '12px 14px' : '0 0 12px' }}>
        <Typed name="action" label={t`Act`} placeholder="inventory.workload.changed" value={filters.action ?? ''} onChange={set} />
        <Typed name="workload" label={t`Workload`} placeholder={t`Key`} value={filters.workload ?? ''} onChange={set} />
        <Select label={t`About`} size="xs" className={classes.narrow} clearable placeholder={t`anything`} value={filters.objectType ?? null} data={OBJECT_TYPES.map((value) => ({ value, label: value.replaceAll('_', ' ') }))} onChange={(objectType) => set({ objectType: objectType ?? '' })} />
        <TextInput label={t`From`} type="date" size="xs" value={filters.since ?? ''} onChange={(event) => set({ since: event.currentTarget.value })} />
        <TextInput label={t`To`} type="date" size="xs" value={filters.until ?? ''} onChange={(event) => set({ until: event.currentTarget.value })} />
      </div>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
      {list.loading ? <TableSkeleton rows={8} columns={4} /> : null}
      {!list.loading && !list.error && list.rows.length === 0 ? <EmptyState title={t`No entry matches`}><Trans>Nothing of this kind was recorded. An act is named like inventory.workload.changed; take a filter away to see more.</Trans></EmptyState> : null}
      {list.rows.length > 0 ? <p className={classes.more}><span className={classes.dim} role="status"><Trans>{shown} of {total} entries, newest first</Trans></span></p> : null}
      <ol className={classes.entries}>{list.rows.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>
      {list.hasMore ? <p className={classes.more}><Button variant="default" size="compact-sm" onClick={list.loadMore} loading={list.loadingMore}>{t`Show earlier entries`}</Button></p> : null}
    </Panel>
  );
}

/** A text filter that asks when the typing pauses. */
function Typed({ name, label, placeholder, value, onChange }: { name: TrailFilter; label: string; placeholder: string; value: string; onChange: (change: TrailFilters) => void }) {
  const [typed, setTyped] = useState<string | null>(null);
  const ask = useDebouncedCallback((text: string) => { onChange({ [name]: text.trim() }); setTyped(null); }, 350);
  return <TextInput label={label} size="xs" placeholder={placeholder} value={typed ?? value} onChange={(event) => { setTyped(event.currentTarget.value); ask(event.currentTarget.value); }} />;
}
