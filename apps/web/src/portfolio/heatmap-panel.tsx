import { NativeSelect, TextInput } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { RISK_TIERS, STAGES } from '@roster/contracts';
import { EmptyState, Heatmap, Panel, ProblemAlert, TableSkeleton, useCoverageWords, useFormat, useStageName, FigureTable, type HeatmapDomain, type HeatmapRow, type Navigate } from '@roster/ui';
import { SegmentedControl } from '@mantine/core';
import { useMemo, useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { useTypedText } from '../forms/use-typed-text.js';
import { useAsOf } from '../shell/as-of.js';
import { fetchHeatmap, type Heatmap as HeatmapPage } from './portfolio.queries.js';
import classes from './portfolio-page.module.css';

export interface HeatmapFilter {
  readonly stage?: string;
  readonly riskTier?: string;
  readonly q?: string;
  readonly sort?: string;
}

/** Coverage of every workload by domain, with the filters that matter here; what is shown is part of the address. */
export function HeatmapPanel({ filter, onFilter, onOpen, onNavigate }: { filter: HeatmapFilter; onFilter: (filter: HeatmapFilter) => void; onOpen: (row: HeatmapRow, domain: HeatmapDomain) => void; onNavigate: Navigate }) {
  const { t } = useLingui();
  const format = useFormat();
  const name = useStageName();
  const words = useCoverageWords();
  const asOf = useAsOf();
  const [view, setView] = useState('chart');
  const query = useMemo(() => {
    const text = new URLSearchParams({ 'filter[lifecycle][ne]': 'retired' });
    if (filter.stage) text.set('filter[stage]', filter.stage === 'none' ? 'is empty' : filter.stage);
    if (filter.riskTier) text.set('filter[riskTier]', filter.riskTier === 'none' ? 'is empty' : filter.riskTier);
    if (filter.q?.trim()) text.set('q', filter.q.trim());
    text.set('sort', filter.sort ?? '-missingEvidence');
    return text.toString();
  }, [filter]);
  const list = usePagedList<HeatmapPage['items'][number], HeatmapPage>({ queryKey: ['portfolio', 'heatmap', query, asOf], fetchPage: (cursor, signal) => fetchHeatmap(query, asOf, cursor, signal) });
  const domains = list.first?.domains ?? [];
  const rows = useMemo((): HeatmapRow[] => list.rows.map(({ key, name: title, stage, hardening, undetermined, frozen, cells }) => ({ key, name: title, href: `/workloads/${encodeURIComponent(key)}/evidence`, stage, hardening, undetermined, frozen, cells })), [list.rows]);
  const tierName: Record<string, string> = { low: t`Low`, medium: t`Medium`, high: t`High`, critical: t`Critical` };
  const set = (change: HeatmapFilter): void => onFilter({ ...filter, ...change });
  const [typed, type] = useTypedText(filter.q ?? '', (q) => set({ q }));
  const controls = (
    <div className={classes.controls}>
      <TextInput size="xs" aria-label={t`Search workloads`} placeholder={t`Search workloads`} value={typed} onChange={(event) => type(event.currentTarget.value)} />
      <NativeSelect size="xs" aria-label={t`Stage`} value={filter.stage ?? ''} onChange={(event) => set({ stage: event.currentTarget.value })} data={[{ value: '', label: t`All stages` }, { value: 'none', label: t`Not classified` }, ...STAGES.map((stage) => ({ value: stage, label: name(stage) }))]} />
      <NativeSelect size="xs" aria-label={t`Risk tier`} value={filter.riskTier ?? ''} onChange={(event) => set({ riskTier: event.currentTarget.value })} data={[{ value: '', label: t`All tiers` }, { value: 'none', label: t`Tier not set` }, ...RISK_TIERS.map((tier) => ({ value: tier, label: tierName[tier] ?? tier }))]} />
      <NativeSelect size="xs" aria-label={t`Order`} value={filter.sort ?? '-missingEvidence'} onChange={(event) => set({ sort: event.currentTarget.value })} data={[{ value: '-missingEvidence', label: t`Most missing first` }, { value: 'missingEvidence', label: t`Least missing first` }, { value: 'name', label: t`By name` }, { value: 'fallsAt', label: t`Falling soonest` }]} />
      <SegmentedControl size="xs" aria-label={t`How the heatmap is shown`} value={view} onChange={setView} data={[{ value: 'chart', label: t`Chart` }, { value: 'table', label: t`Table` }]} />
    </div>
  );
  const label = t`Coverage by workload and domain`;
  return (
    <Panel title={t`Where is evidence missing?`} description={t`What each workload still needs, domain by domain, for its risk tier.`} actions={controls} flush>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : list.loading ? <TableSkeleton rows={8} columns={8} />
        : rows.length === 0 ? <EmptyState title={t`No workload matches`}>{t`Choose another stage or tier, or register the first workload in the inventory.`}</EmptyState>
          : view === 'table' ? (
            <div style={{ padding: 14 }}>
              <FigureTable
                label={label}
                table={{ columns: [{ id: 'workload', header: t`Workload` }, ...domains.map(({ id, name: title }) => ({ id, header: `${id} ${title}` }))],
                  rows: rows.map((row) => ({ id: row.key, cells: [row.name, ...row.cells.map(({ status, met, total }) => (total > 0 ? t`${words[status].word}, ${format.number(met)} of ${format.number(total)}` : words[status].word))] })) }}
              />
            </div>
          ) : <Heatmap label={label} domains={domains} rows={rows} total={list.total} hasMore={list.hasMore} loadingMore={list.loadingMore} onLoadMore={list.loadMore} onOpen={onOpen} onNavigate={onNavigate} />}
    </Panel>
  );
}
