import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { DataTable, EmptyState, Instant, MeaningBadge, Panel, useFormat, type ExportColumn } from '@roster/ui';
import { IconStopwatch } from '@tabler/icons-react';
import { Link, useSearch } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { TableTools } from '../../table-export/table-tools.js';
import { useTableColumns } from '../../table-export/use-table-columns.js';
import { keepAsOf } from '../../workload/workload-tabs.js';
import { useWorkload } from '../../workload/workload-context.js';
import { drillPage, type Drill } from '../tabs.queries.js';
import { DrillDialog } from './drill-dialog.js';
import { useDrillWords } from './drill-words.js';
import { LiveDrill } from './live-drill.js';
import classes from './drills.module.css';

const rowId = ({ id }: Drill): string => id;
const KINDS = ['kill_switch', 'rollback', 'page_owner', 'fallback'] as const;

/** Rehearsals of a workload: the live kill-switch timer, other kinds by form, and all that were recorded (domain.md section 9). */
export function DrillsTab() {
  const { t } = useLingui();
  const format = useFormat();
  const { workload, asOf, retired } = useWorkload();
  const { drill: asked } = useSearch({ strict: false }) as { drill?: string };
  const wanted = KINDS.find((kind) => kind === asked && kind !== 'kill_switch');
  const [form, setForm] = useState<Drill['kind'] | null>(wanted ?? null);
  const pages = drillPage(workload.key, asOf);
  const list = usePagedList<Drill>(pages);
  const { kinds, results } = useDrillWords();
  const all = useMemo((): ExportColumn<Drill>[] => [
    { id: 'endedAt', header: t`When`, width: 240, exported: (drill) => drill.endedAt, cell: (drill) => <Instant at={drill.endedAt} /> },
    { id: 'kind', header: t`Kind`, width: 120, exported: (drill) => drill.kind, cell: (drill) => kinds[drill.kind] },
    { id: 'result', header: t`Result`, width: 110, exported: (drill) => drill.result, cell: (drill) => <MeaningBadge meaning={results[drill.result].meaning} plain>{results[drill.result].word}</MeaningBadge> },
    { id: 'duration', header: t`Took`, width: 110, align: 'end', exported: (drill) => drill.durationSeconds, cell: (drill) => format.duration(drill.durationSeconds) },
    { id: 'limit', header: t`Limit`, width: 130, exported: (drill) => (drill.withinLimit === null ? null : drill.withinLimit ? 'within' : 'over'), cell: (drill) => (drill.withinLimit === null ? <span className={classes.dim}>{t`no limit`}</span> : drill.withinLimit ? <MeaningBadge meaning="met" plain>{t`within`}</MeaningBadge> : <MeaningBadge meaning="broken" plain>{t`over`}</MeaningBadge>) },
    { id: 'counts', header: t`Counts until`, width: 180, exported: (drill) => drill.countsUntil, cell: (drill) => (drill.countsUntil ? <Instant at={drill.countsUntil} only="day" /> : <span className={classes.dim}>{t`does not count`}</span>) },
    { id: 'method', header: t`Method`, minWidth: 160, width: 220, exported: (drill) => drill.method, cell: (drill) => <span title={drill.method}>{drill.method}</span> },
    { id: 'by', header: t`Recorded by`, width: 150, exported: (drill) => drill.recordedBy.name, cell: (drill) => drill.recordedBy.name },
    { id: 'evidence', header: t`Evidence`, width: 120, exported: (drill) => drill.evidence.id, cell: (drill) => <Anchor component={Link} to={`/evidence/${drill.evidence.id}`} search={keepAsOf as never} size="sm">{t`The record`}</Anchor> },
  ], [t, format, kinds, results]);
  const columns = useTableColumns(all);
  const refusal = retired ? t`The workload is retired; its history stays as it is.` : null;
  const empty = (
    <EmptyState title={t`No drill has been recorded`} icon={<IconStopwatch size={26} />}>
      <p><Trans>Production asks for a passed kill-switch drill within five minutes that has not expired for the risk tier. Until there is one, nobody knows whether this workload can be switched off in time.</Trans></p>
    </EmptyState>
  );
  return (
    <div className={classes.tab}>
      {asOf === null ? <LiveDrill refusal={refusal} /> : null}
      <Panel
        title={t`Drills`} flush={list.rows.length > 0} description={t`Every drill becomes evidence by itself. One that went wrong is followed by another, never corrected.`}
        actions={<>{KINDS.filter((kind) => kind !== 'kill_switch' || asOf === null).map((kind) => {
          const name = kinds[kind];
          return <ActButton key={kind} permission="incidents:drill:record" unless={refusal} variant="default" size="compact-sm" onClick={() => setForm(kind)}>{kind === 'kill_switch' ? t`Kill switch, measured elsewhere` : name}</ActButton>;
        })}<TableTools<Drill> label={t`Drills of this workload`} file={`drills-${workload.key}`} api={`/api/v1/workloads/${workload.key}/drills`} columns={columns} rowId={rowId} fetchPage={pages.fetchPage} total={null} asOf={asOf} size="compact-sm" /></>}
      >
        {list.rows.length === 0 && !list.loading && !list.error ? empty : (
          <DataTable
            label={t`Drills of this workload`} rows={list.rows} about={list.about} columns={columns.all} columnLayout={columns.layout} onColumnLayoutChange={columns.setLayout} rowId={rowId} loading={list.loading} error={list.error ? shownProblem(list.error) : null} onRetry={list.retry}
            empty={empty} hasMore={list.hasMore} onLoadMore={list.loadMore} density="compact"
          />
        )}
      </Panel>
      {form ? <DrillDialog kind={form} run={null} onClose={() => setForm(null)} /> : null}
    </div>
  );
}
