import { Button, UnstyledButton } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { CopyButton, DefinitionList, Digest, EmptyState, Instant, MeaningBadge, Panel, ProblemAlert, TableSkeleton, useFormat } from '@roster/ui';
import { IconChevronRight, IconFileCertificate } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { useMay } from '../../session/may.js';
import { useWorkload } from '../../workload/workload-context.js';
import { checkpointQuery, hasNoPlace, trailPage, type TrailEntry } from '../tabs.queries.js';
import { TrailExport } from './trail-export.js';
import classes from './trail.module.css';

const EntryProof = lazy(() => import('./entry-proof.js'));

/** Every change to the workload as the tamper-evident trail records it; each entry proves itself in the browser. */
export function TrailTab() {
  const { t } = useLingui();
  const { workload, asOf } = useWorkload();
  const { allowed, why } = useMay('trail:entry:read');
  const pages = trailPage(workload.key, asOf);
  const list = usePagedList<TrailEntry>({ ...pages, enabled: allowed, settling: hasNoPlace });
  if (!allowed) return <EmptyState title={t`You may not read the trail`} icon={<IconFileCertificate size={26} />}><p>{why}</p></EmptyState>;
  return (
    <div className={classes.tab}>
      <Checkpoint />
      <Panel title={t`Entries of this workload`} description={t`Newest first. Written in the same transaction as the change, and never changed or removed.`} flush={list.rows.length > 0} actions={list.rows.length > 0 ? <TrailExport label={t`Trail`} of={workload.key} fetchPage={pages.fetchPage} total={null} asOf={asOf} /> : undefined}>
        {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} /> : null}
        {list.loading ? <TableSkeleton rows={8} columns={4} /> : null}
        {!list.loading && !list.error && list.rows.length === 0 ? <EmptyState title={t`Nothing was recorded by then`} /> : null}
        <ol className={classes.entries}>{list.rows.map((entry) => <Entry key={entry.id} entry={entry} />)}</ol>
        {list.hasMore ? <p className={classes.more}><Button variant="default" size="compact-sm" onClick={list.loadMore} loading={list.loadingMore}>{t`Show earlier entries`}</Button></p> : null}
      </Panel>
    </div>
  );
}

export function Entry({ entry }: { entry: TrailEntry }) {
  const { t } = useLingui();
  const [open, setOpen] = useState(false);
  const { name: who } = entry.actor;
  const { type, id, version } = entry.object;
  return (
    <li className={classes.entry}>
      <UnstyledButton className={classes.head} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} aria-hidden className={`${classes.chevron} ${open ? classes.turned : ''}`} />
        <span className={classes.when}><Instant at={entry.at} relative={false} /></span>
        <code className={classes.action}>{entry.action}</code>
        <span className={classes.who}>{entry.actor.type === 'system' ? t`Roster itself` : entry.actor.type === 'api_key' ? t`API key ${who}` : who}</span>
        <span className={classes.index}>{entry.leafIndex === null ? <MeaningBadge meaning="information" plain>{t`not in the tree yet`}</MeaningBadge> : `#${entry.leafIndex}`}</span>
      </UnstyledButton>
      {open ? (
        <div className={classes.body}>
          <p className={classes.dim}><Trans>About:</Trans> <code>{type} {id}</code>{version === undefined ? null : <> <Trans>version {version}</Trans></>}</p>
          {entry.reason ? <p className={classes.reason}><Trans>Why:</Trans> <q>{entry.reason}</q></p> : null}
          <pre className={classes.payload} tabIndex={0} aria-label={t`What changed`}>{JSON.stringify(entry.payload, null, 2)}</pre>
          {entry.leafIndex === null ? <p className={classes.dim}><Trans>The entry gets its place in the tree within seconds. The proof appears here then.</Trans></p> : <Suspense fallback={<p className={classes.dim}>{t`Loading the verifier…`}</p>}><EntryProof entry={entry} /></Suspense>}
        </div>
      ) : null}
    </li>
  );
}

/** The signed head of the tree that proofs lead to. */
export function Checkpoint() {
  const { t } = useLingui();
  const format = useFormat();
  const { data, error, refetch, isPending } = useQuery(checkpointQuery);
  const none = error instanceof RosterProblem && error.status === 404;
  return (
    <Panel title={t`Signed checkpoint`} description={t`The newest signed head of the trail of your organization. Keep it: a later proof of consistency shows that nothing it covers was changed.`} actions={data ? <CopyButton value={data.note} label={t`Copy the signed note`} /> : undefined}>
      {none ? <p className={classes.dim}><Trans>Nothing has been signed yet. The first checkpoint appears within seconds of the first change.</Trans></p> : error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} compact /> : null}
      {isPending ? <TableSkeleton rows={2} columns={2} /> : null}
      {data ? (
        <DefinitionList items={[
          { term: t`Entries`, value: format.number(data.size) }, { term: t`Signed`, value: <Instant at={data.signedAt} /> }, { term: t`Root`, value: <Digest value={data.rootHash} label={t`Copy root hash`} length={24} /> },
          { term: t`Log`, value: <code>{data.origin}</code> }, { term: t`Public key`, value: <Digest value={data.verifierKey} label={t`Copy public key`} length={40} /> },
        ]} />
      ) : null}
    </Panel>
  );
}
