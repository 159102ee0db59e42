import { RosterProblem } from '@roster/api-client';
import { ProblemAlert, Bone, CardSkeleton, TableSkeleton } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Outlet, useNavigate, useRouterState } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { shownProblem } from '../api/problem.js';
import { useAsOf } from '../shell/as-of.js';
import { ActsProvider } from './acts/acts.js';
import { NoSuchWorkload } from './no-such-workload.js';
import { PrintSheet } from './print-sheet.js';
import { WorkloadContext } from './workload-context.js';
import { WorkloadFreeze } from './workload-freeze.js';
import { WorkloadHeader } from './workload-header.js';
import { classificationQuery, editionQuery, gapNamesOf, workloadQuery } from './workload.queries.js';
import { WorkloadTabs } from './workload-tabs.js';
import classes from './workload-layout.module.css';

/**
 * The page of a workload: header, freeze and tabs, with the tab below. Everything honours time travel.
 * @param workloadKey key or id as it stands in the address; a key that was merged away leads to the workload it went into
 */
export function WorkloadLayout({ workloadKey }: { workloadKey: string }) {
  const asOf = useAsOf();
  const { data: workload, error, refetch } = useQuery(workloadQuery(workloadKey, asOf));
  const { data: classification = null, error: unclassified, isPending } = useQuery(classificationQuery(workloadKey, asOf));
  const problem = unclassified instanceof RosterProblem && unclassified.code === 'CLASSIFICATION_RESULT_NOT_FOUND' ? null : unclassified;
  const unread = classification ? null : isPending ? 'pending' : problem ? 'failed' : null;
  const edition = useQuery({ ...editionQuery(classification?.edition ?? ''), enabled: classification !== null }).data;
  useCanonicalAddress(workloadKey, workload?.key);
  const page = useMemo(() => (workload ? { workload, classification, unread, names: gapNamesOf(edition), asOf, retired: workload.lifecycle === 'retired' } as const : null), [workload, classification, unread, edition, asOf]);
  if (error instanceof RosterProblem && error.status === 404) return <NoSuchWorkload workloadKey={workloadKey} asOf={asOf} />;
  if (error) return <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} />;
  if (!page) return <WorkloadSkeleton />;
  return (
    <WorkloadContext value={page}>
      <ActsProvider>
        <div className={classes.page}>
          <WorkloadHeader />
          {problem ? <ProblemAlert problem={shownProblem(problem)} compact /> : null}
          <WorkloadFreeze />
          <WorkloadTabs workloadKey={page.workload.key} />
          <div className={classes.tab}><Outlet /></div>
          <PrintSheet />
        </div>
      </ActsProvider>
    </WorkloadContext>
  );
}

/** Keys are written in one way; a merged or lower-case key in the address gives way to the one the workload has. */
function useCanonicalAddress(asked: string, known: string | undefined): void {
  const navigate = useNavigate();
  const href = useRouterState({ select: ({ location }) => location.href });
  useEffect(() => {
    if (known === undefined || known === asked) return;
    const from = `/workloads/${encodeURIComponent(asked)}`;
    if (href.startsWith(from)) void navigate({ href: `/workloads/${encodeURIComponent(known)}${href.slice(from.length)}`, replace: true });
  }, [asked, known, href, navigate]);
}

function WorkloadSkeleton() {
  return (
    <div className={classes.page}>
      <div className={classes.skeletonHead}><Bone width="38%" height={24} /><Bone width="62%" height={16} /></div>
      <TableSkeleton rows={1} columns={8} />
      <div className={classes.skeletonBody}><CardSkeleton lines={7} /><CardSkeleton lines={7} /></div>
    </div>
  );
}
