import { Anchor, Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { CardSkeleton, EmptyState, EvidenceKindIcon, EvidenceStatusMark, Instant, KeyHint, Panel, ProblemAlert, TableSkeleton, useEvidenceKindWords, useFormat } from '@roster/ui';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { useCommands } from '../shell/commands.js';
import { Page } from '../shell/page.js';
import { DecisionDialog, type PendingDecision } from './decision-dialog.js';
import { EvidenceLinks } from './evidence-links.js';
import { evidenceCountQuery, evidenceListKey, evidenceQuery, fetchEvidence, type Evidence, type EvidenceFilters, type EvidenceSummary } from './evidence.queries.js';
import { useVersionRefusal } from './four-eyes.js';
import { VersionPanel } from './version-panel.js';
import classes from './evidence-queue.module.css';

/** What a person looks through: what they may decide, what they submitted, and links to evidence that was accepted before. */
export type QueueName = 'mine-to-decide' | 'links' | 'submitted-by-me';
const QUEUES: readonly QueueName[] = ['mine-to-decide', 'links', 'submitted-by-me'];
export const readQueueName = (text: unknown): QueueName => QUEUES.find((name) => name === text) ?? 'mine-to-decide';

const PAGE = 50;
const filtersOf = (queue: QueueName, workload: string | undefined): EvidenceFilters => ({
  ...(queue === 'mine-to-decide' ? { 'filter[awaiting]': 'my_decision' } : queue === 'links' ? { 'filter[awaiting]': 'my_link_decision' } : { 'filter[status]': ['submitted', 'quarantined'], 'filter[submittedBy]': 'me' }),
  ...(workload === undefined ? {} : { 'filter[workload]': workload }), sort: 'updatedAt',
});

/**
 * Decides evidence one after the other, by keyboard: j and k move, a accepts, r rejects with a reason.
 * @param workload key of the only workload to look at; undefined = all
 */
export function EvidenceQueue({ queue, workload }: { queue: QueueName; workload: string | undefined }) {
  const { t } = useLingui();
  const format = useFormat();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const mayDecide = useMay('evidence:version:review', false);
  const filters = useMemo(() => filtersOf(queue, workload), [queue, workload]);
  const list = usePagedList<EvidenceSummary>({ queryKey: evidenceListKey(filters), fetchPage: (cursor, signal) => fetchEvidence(filters, cursor, signal, { limit: PAGE, count: true }) });
  const counts = { 'mine-to-decide': useQuery(evidenceCountQuery(filtersOf('mine-to-decide', workload))).data, links: useQuery(evidenceCountQuery(filtersOf('links', workload))).data, 'submitted-by-me': useQuery(evidenceCountQuery(filtersOf('submitted-by-me', workload))).data };
  const words: Record<QueueName, string> = { 'mine-to-decide': t`Waiting for my decision`, links: t`Links to confirm`, 'submitted-by-me': t`Submitted by me` };
  const [selected, setSelected] = useState<string | null>(null);
  const [pending, setPending] = useState<PendingDecision | null>(null);
  const moved = selected !== null;
  const index = Math.max(0, list.rows.findIndex(({ id }) => id === selected));
  const current = list.rows[index];
  const detail = useQuery({ ...evidenceQuery(current?.id ?? ''), enabled: current !== undefined });
  const evidence = current !== undefined && detail.data?.id === current.id ? detail.data : undefined;
  const refusalOf = useVersionRefusal();
  const refusal = evidence ? refusalOf(evidence.latest) : null;
  const buttons = useRef<HTMLUListElement>(null);

  // The next one is on its way before it is asked for.
  const following = list.rows[index + 1]?.id;
  useEffect(() => { if (following !== undefined) void queries.prefetchQuery(evidenceQuery(following)); }, [queries, following]);

  const move = (by: number): void => {
    const next = list.rows[Math.min(list.rows.length - 1, Math.max(0, index + by))];
    if (!next) return;
    setSelected(next.id);
    if (index + by >= list.rows.length - 3 && list.hasMore) list.loadMore();
    requestAnimationFrame(() => buttons.current?.querySelector(`[data-id="${next.id}"]`)?.scrollIntoView({ block: 'nearest' }));
  };
  const ask = (decision: 'accept' | 'reject'): void => {
    if (!evidence || refusal !== null || !mayDecide.allowed) return;
    setPending({ itemId: evidence.id, title: evidence.title, decision, about: { version: evidence.latest.version, waitingLinks: evidence.links.filter(({ status }) => status === 'proposed').length } });
  };
  const latest = useRef({ move, ask });
  useEffect(() => { latest.current = { move, ask }; });
  const currentId = current?.id;
  useCommands(useMemo(() => [
    { id: 'queue.next', label: t`Next item`, group: t`Decision queue`, keys: ['j'], run: () => latest.current.move(1) },
    { id: 'queue.previous', label: t`Previous item`, group: t`Decision queue`, keys: ['k'], run: () => latest.current.move(-1) },
    ...(queue === 'links' ? [] : [
      { id: 'queue.accept', label: t`Accept evidence`, group: t`Decision queue`, keys: ['a'], permission: 'evidence:version:review' as const, run: () => latest.current.ask('accept') },
      { id: 'queue.reject', label: t`Reject evidence with a reason`, group: t`Decision queue`, keys: ['r'], permission: 'evidence:version:review' as const, run: () => latest.current.ask('reject') },
    ]),
    ...(currentId === undefined ? [] : [{ id: 'queue.open', label: t`Open evidence`, group: t`Decision queue`, keys: ['o'], run: () => void navigate({ to: '/evidence/$id', params: { id: currentId } }) }]),
  ], [t, queue, currentId, navigate]));

  /** Moves on before the list is read again, so that the next item is there at once. */
  const decided = (): void => {
    const next = list.rows[index + 1] ?? list.rows[index - 1];
    setPending(null);
    setSelected(next?.id ?? null);
  };
  const shownText = format.number(list.rows.length);
  const totalText = format.number(list.total ?? list.rows.length);
  const position = format.number(index + 1);
  const currentTitle = current?.title ?? '';
  return (
    <Page title={t`Evidence to decide`} to="/evidence/queue" crumbs={[{ label: t`Evidence`, to: '/evidence' }]}
      description={workload === undefined ? undefined : <><Trans>Only {workload}.</Trans> <Anchor component={Link} to="/evidence/queue" search={((previous: Record<string, unknown>) => ({ ...previous, workload: undefined })) as never} size="sm">{t`Show all`}</Anchor></>}
      actions={<span className={classes.keys}><KeyHint keys={['j']} /> <KeyHint keys={['k']} /> {t`next, previous`} <KeyHint keys={['a']} /> {t`accept`} <KeyHint keys={['r']} /> {t`reject`}</span>}>
      <nav className={classes.queues} aria-label={t`Queues`}>
        {QUEUES.map((name) => {
          const count = counts[name];
          return (
            <Link key={name} to="/evidence/queue" search={((previous: Record<string, unknown>) => ({ ...previous, list: name === 'mine-to-decide' ? undefined : name })) as never} className={classes.queue} aria-current={name === queue ? 'page' : undefined} onClick={() => setSelected(null)}>
              {words[name]} <span className={classes.count}>{count === undefined ? '…' : format.number(count)}</span>
            </Link>
          );
        })}
      </nav>
      <p role="status" className="r-visually-hidden">{moved && current !== undefined ? t`${position} of ${totalText}: ${currentTitle}` : null}</p>
      {mayDecide.allowed || queue === 'submitted-by-me' ? null : <p className={classes.why}>{mayDecide.why}</p>}
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} />
        : list.loading ? <TableSkeleton rows={6} columns={2} />
          : current === undefined ? <QueueEmpty queue={queue} />
            : (
              <div className={classes.layout}>
                <div className={classes.listing}>
                  <ul ref={buttons} className={classes.list} aria-label={words[queue]}>
                    {list.rows.map((row) => <QueueRow key={row.id} row={row} current={row.id === current.id} onPick={() => setSelected(row.id)} />)}
                  </ul>
                  <p className={classes.foot} role="status">
                    <Trans>{shownText} of {totalText}</Trans> {list.hasMore ? <Button size="compact-sm" variant="default" loading={list.loadingMore} onClick={list.loadMore}>{t`More`}</Button> : null}
                  </p>
                </div>
                <div className={classes.item}>
                  {detail.error ? <ProblemAlert problem={shownProblem(detail.error)} onRetry={() => void detail.refetch()} /> : evidence ? <QueueItem evidence={evidence} queue={queue} refusal={refusal} onAsk={ask} /> : <CardSkeleton lines={8} />}
                </div>
              </div>
            )}
      {pending ? <DecisionDialog pending={pending} onClose={() => setPending(null)} onDecided={decided} /> : null}
    </Page>
  );
}

function QueueRow({ row, current, onPick }: { row: EvidenceSummary; current: boolean; onPick: () => void }) {
  const { submittedBy, submittedAt } = row.latest;
  const { name } = submittedBy;
  return (
    <li>
      <button type="button" data-id={row.id} className={classes.row} aria-current={current ? 'true' : undefined} onClick={onPick}>
        <span className={classes.rowTitle}><EvidenceKindIcon kind={row.kind} size={14} /> {row.title}</span>
        <span className={classes.rowMeta}>{name} · <Instant at={submittedAt} only="relative" /> · <Plural value={row.linkCount} _0="no links" one="# link" other="# links" /></span>
      </button>
    </li>
  );
}

function QueueItem({ evidence, queue, refusal, onAsk }: { evidence: Evidence; queue: QueueName; refusal: string | null; onAsk: (decision: 'accept' | 'reject') => void }) {
  const { t } = useLingui();
  const kinds = useEvidenceKindWords();
  return (
    <>
      <div className={classes.head}>
        <div>
          <h2 className={classes.title}><Anchor component={Link} to={`/evidence/${evidence.id}`} inherit>{evidence.title}</Anchor></h2>
          <span className={classes.meta}><EvidenceStatusMark status={evidence.status} /> {kinds[evidence.kind]}</span>
        </div>
        {queue === 'links' ? null : (
          <div className={classes.acts}>
            <ActButton permission="evidence:version:review" unless={refusal} rightSection={<KeyHint keys={['a']} />} onClick={() => onAsk('accept')}>{t`Accept evidence`}</ActButton>
            <ActButton permission="evidence:version:review" unless={refusal} variant="default" rightSection={<KeyHint keys={['r']} />} onClick={() => onAsk('reject')}>{t`Reject evidence`}</ActButton>
          </div>
        )}
      </div>
      {refusal !== null && queue !== 'links' ? <p className={classes.why}>{refusal}</p> : null}
      <VersionPanel evidence={evidence} version={evidence.latest} />
      <Panel title={queue === 'links' ? t`Links that wait` : t`What it would support`} flush description={queue === 'links' ? undefined : t`Accepting the version accepts these links too, except those you made.`}>
        <EvidenceLinks evidence={evidence} onlyWaiting={queue === 'links'} />
      </Panel>
    </>
  );
}

function QueueEmpty({ queue }: { queue: QueueName }) {
  const { t } = useLingui();
  const library = <Anchor component={Link} to="/evidence" size="sm">{t`Open the library`}</Anchor>;
  if (queue === 'submitted-by-me') return <EmptyState title={t`Nothing of yours waits for somebody else`} action={library}><Trans>What you submit stands here until somebody other than you has decided it.</Trans></EmptyState>;
  if (queue === 'links') return <EmptyState title={t`No links wait for you`} action={library}><Trans>When somebody links accepted evidence to another workload or criterion, the new link waits here for a second pair of eyes.</Trans></EmptyState>;
  return <EmptyState title={t`Nothing waits for your decision`} action={library}><Trans>Evidence that somebody else submits appears here. What you submitted yourself is decided by somebody else.</Trans></EmptyState>;
}
