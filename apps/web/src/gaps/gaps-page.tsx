import { Button, Select } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { EmptyState, GapList, Panel, ProblemAlert, StageBadge, TableSkeleton, type RenderTask } from '@roster/ui';
import { IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { api } from '../api/client.js';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { Page } from '../shell/page.js';
import { spread, type ExportedColumn } from '../table-export/exported-list.js';
import { TableExport } from '../table-export/table-export.js';
import type { Act } from '../workload/acts/acts.js';
import { Task } from '../workload/acts/task-button.js';
import { editionQuery, GAPS, gapNamesOf } from '../workload/workload.queries.js';
import classes from './gaps-page.module.css';

const GapAct = lazy(() => import('./gap-act.js'));

type Standing = Schemas['HomeGapsDto'];
const PAGE = 20;
/** One gap of one workload. */
interface GapRow { readonly id: string; readonly standing: Standing; readonly gap: Standing['gaps'][number] }
const gapRows = (standing: Standing): readonly GapRow[] => standing.gaps.map((gap, index) => ({ id: `${standing.workload.id} ${index}`, standing, gap }));
const rowId = ({ id }: GapRow): string => id;
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

/** What stands between one's workloads and the next stage, over all of them: every gap a task with the way to do it. */
export function GapsPage() {
  const { t } = useLingui();
  const navigate = useNavigate();
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const kind = text(search['filter[kind]']);
  const workload = text(search['filter[workload]']);
  const go = (next: Record<string, string | undefined>): void => void navigate({ to: '/gaps', search: { ...search, ...next } as never, replace: true, resetScroll: false });
  const fetchPage = (cursor: string | undefined, signal: AbortSignal, limit = PAGE) =>
    bodyOf(api.GET('/api/v1/home/gaps', { params: { query: { limit, ...(cursor === undefined ? {} : { cursor }), ...(kind === null ? {} : { 'filter[kind]': [kind] }), ...(workload === null ? {} : { 'filter[workload]': [workload] }) } }, signal }));
  const list = usePagedList<Standing>({ queryKey: [...GAPS, kind, workload], fetchPage });
  const columns: readonly ExportedColumn<GapRow>[] = [
    { id: 'key', header: t`Key`, exported: ({ standing }) => standing.workload.key }, { id: 'name', header: t`Workload`, exported: ({ standing }) => standing.workload.name }, { id: 'stage', header: t`Stage`, exported: ({ standing }) => standing.stage },
    { id: 'missing', header: t`What is missing`, exported: ({ gap }) => gap.message }, { id: 'task', header: t`Kind of task`, exported: ({ gap }) => gap.action.kind }, { id: 'code', header: t`Code`, exported: ({ gap }) => gap.code },
    { id: 'domain', header: t`Domain`, exported: ({ gap }) => gap.domain }, { id: 'requirement', header: t`Requirement`, exported: ({ gap }) => gap.requirement ?? gap.requirements.join('; ') },
  ];
  const kinds = [
    { value: 'assign_owner', label: t`Owners to assign` }, { value: 'state_fact', label: t`Facts to state` }, { value: 'set_risk_tier', label: t`Risk tiers to set` }, { value: 'submit_evidence', label: t`Evidence to attach` },
    { value: 'decide_evidence', label: t`Evidence to decide` }, { value: 'record_drill', label: t`Drills to record` }, { value: 'link_workload', label: t`Components to link` }, { value: 'conduct_review', label: t`Reviews to conduct` },
  ];
  const filtered = kind !== null || workload !== null;
  return (
    <Page title={t`What stands between your workloads and the next stage`} name={t`Gaps`} to="/gaps" description={t`Every gap is a task. Stages are computed: close the gaps and the stage follows.`}>
      <div className={classes.filters}>
        <Select size="xs" label={t`Kind of task`} placeholder={t`Every kind`} clearable data={kinds} value={kind} onChange={(value) => go({ 'filter[kind]': value ?? undefined })} />
        {workload === null ? null : <Button variant="default" size="xs" onClick={() => go({ 'filter[workload]': undefined })}><Trans>Only {workload}: show all workloads</Trans></Button>}
        <span className={classes.tools}><TableExport<GapRow> label={t`Gaps`} file="gaps" api="/api/v1/home/gaps" columns={columns} rowId={rowId} fetchPage={spread(fetchPage, gapRows)} total={null} /></span>
      </div>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
      {list.loading ? <TableSkeleton rows={8} columns={3} /> : null}
      {!list.loading && !list.error && list.rows.length === 0 && !list.hasMore ? (
        <EmptyState icon={<IconCircleCheck />} title={filtered ? t`No gap of this kind` : t`Nothing stands in the way`} action={filtered ? <Button variant="default" onClick={() => go({ 'filter[kind]': undefined, 'filter[workload]': undefined })}>{t`Show every gap`}</Button> : undefined}>
          {filtered ? t`No Experiment or Pilot of yours has one.` : t`You have no Experiment or Pilot with a gap. Workloads in production are reviewed, not pushed further.`}
        </EmptyState>
      ) : null}
      <div className={classes.list} aria-busy={list.stale}>{list.rows.map((row) => <WorkloadGaps key={row.workload.id} row={row} onOnly={workload === null ? () => go({ 'filter[workload]': row.workload.key }) : null} />)}</div>
      {list.hasMore ? <p className={classes.more}><Button variant="default" loading={list.loadingMore} onClick={list.loadMore}>{t`Show more workloads`}</Button></p> : null}
    </Page>
  );
}

function WorkloadGaps({ row, onOnly }: { row: Standing; onOnly: (() => void) | null }) {
  const { t } = useLingui();
  const { key, name } = row.workload;
  const edition = useQuery(editionQuery(row.edition)).data;
  const names = useMemo(() => gapNamesOf(edition), [edition]);
  const [act, setAct] = useState<Act | null>(null);
  const renderTask: RenderTask = (gaps, criteria) => <Task workloadKey={key} open={setAct} gaps={gaps} criteria={criteria} />;
  return (
    <Panel
      flush title={<span className={classes.title}><Link to="/workloads/$key" params={{ key }} className={classes.link}><code>{key}</code> {name}</Link> <StageBadge stage={row.stage} hardening={row.hardening} undetermined={row.undetermined} frozen={row.frozen} /></span>}
      actions={onOnly ? <Button variant="subtle" size="compact-sm" onClick={onOnly} aria-label={t`Only this one: ${key}`}>{t`Only this one`}</Button> : undefined}
    >
      <GapList gaps={row.gaps} names={names} renderTask={renderTask} />
      {act ? <Suspense><GapAct workloadKey={key} act={act} names={names} onClose={() => setAct(null)} /></Suspense> : null}
    </Panel>
  );
}
