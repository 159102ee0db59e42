import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { bodyOf } from '@roster/api-client';
import type { Provenance, RiskTier } from '@roster/contracts';
import { Instant, Panel, ProblemAlert, StageBadge, TextSkeleton, useAnswerWords, useGapWords, useProvenanceWords, useTriggerWords, useWorkloadVocabulary } from '@roster/ui';
import { useState, type ReactNode } from 'react';
import { api } from '../../api/client.js';
import { usePagedList } from '../../api/paged-list.js';
import { shownProblem } from '../../api/problem.js';
import { useWorkload } from '../workload-context.js';
import { workloadKey, type ClassificationLine } from '../workload.queries.js';
import { differenceOf, isSame, type LineDifference } from './timeline-diff.js';
import classes from './classification.module.css';

const PAGE = 25;
const SHOWN_CHANGES = 4;

/** Every stored result, newest first: what changed against the one before, and why it was evaluated. */
export function Timeline() {
  const { t } = useLingui();
  const { workload, asOf } = useWorkload();
  const list = usePagedList<ClassificationLine>({
    queryKey: [...workloadKey(workload.key), 'classifications', asOf],
    fetchPage: (cursor, signal) => bodyOf(api.GET('/api/v1/workloads/{key}/classifications', { params: { path: { key: workload.key }, query: { limit: PAGE, cursor, asOf: asOf ?? undefined } }, signal })),
  });
  return (
    <Panel title={t`Timeline`} description={t`Results are never changed; a new one is stored when the answer differs.`}>
      {list.error ? <ProblemAlert problem={shownProblem(list.error)} onRetry={list.retry} compact /> : null}
      {list.loading ? <TextSkeleton lines={6} /> : null}
      <ol className={classes.lines} role="list" aria-label={t`Classifications, newest first`}>
        {list.rows.map((line, index) => <Line key={line.id} line={line} before={list.rows[index + 1] ?? null} first={index === list.rows.length - 1 && !list.hasMore} />)}
      </ol>
      {list.hasMore ? <Button variant="default" size="compact-sm" loading={list.loadingMore} onClick={list.loadMore}>{t`Show earlier results`}</Button> : null}
    </Panel>
  );
}

/** @param first nothing was decided before it; otherwise, without `before`, what came before is on the next page */
function Line({ line, before, first }: { line: ClassificationLine; before: ClassificationLine | null; first: boolean }) {
  const { t } = useLingui();
  const why = useTriggerWords()(line.trigger);
  const difference = differenceOf(line, before);
  const who = line.decidedBy.name;
  return (
    <li className={`${classes.line} ${difference.stage || first ? classes.moved : ''}`}>
      <span className={classes.dot} aria-hidden />
      <div className={classes.lineHead}>
        <StageBadge stage={line.stage} hardening={line.hardening} undetermined={line.undetermined} frozen={line.frozen} />
        <Instant at={line.decidedAt} />
      </div>
      <div className={classes.lineWhy}>{line.decidedBy.type === 'system' ? <Trans>By Roster itself, because {why}</Trans> : <Trans>For {who}, because {why}</Trans>}</div>
      {first ? <div className={classes.lineWhy}>{t`The first result.`}</div> : before !== null && isSame(difference) ? <div className={classes.lineWhy}>{t`Says the same as the one before.`}</div> : <Changes difference={difference} before={before} line={line} />}
    </li>
  );
}

function Changes({ difference, before, line }: { difference: LineDifference; before: ClassificationLine | null; line: ClassificationLine }) {
  const { t } = useLingui();
  const { names } = useWorkload();
  const answers = useAnswerWords();
  const provenances = useProvenanceWords();
  const tiers = useWorkloadVocabulary().riskTier;
  const gapWords = useGapWords(names);
  const [all, setAll] = useState(false);
  if (before === null) return null;
  const tier = (value: ClassificationLine['riskTier']): string => (value === null ? t`not set` : tiers[value as RiskTier]);
  const item = (key: string, kind: 'turned' | 'opened' | 'closed', text: ReactNode): ReactNode => (
    <li key={key} className={kind === 'turned' ? undefined : classes[kind]}><span className={classes.sign} aria-hidden>{kind === 'opened' ? '+' : kind === 'closed' ? '✓' : '→'}</span><span>{text}</span></li>
  );
  const [tierFrom, tierTo] = [tier(before.riskTier), tier(line.riskTier)];
  const items: ReactNode[] = [
    ...(difference.riskTier ? [item('tier', 'turned', <Trans>Risk tier: {tierFrom} → {tierTo}</Trans>)] : []),
    ...(difference.frozen ? [item('frozen', line.frozen ? 'opened' : 'closed', line.frozen ? t`Scope is frozen` : t`The freeze has ended`)] : []),
    ...(difference.tree ? [item('tree', 'turned', <Trans>Tree: {before.tree.id} → {line.tree.id}</Trans>)] : []),
    ...(difference.edition ? [item('edition', 'turned', <Trans>Edition: {before.edition} → {line.edition}</Trans>)] : []),
    ...difference.facts.map(({ from, to }) => {
      const [was, is] = [from === null ? t`not asked` : answers[from], answers[to.value]];
      return item(`fact ${to.id}`, 'turned', <>{to.title}: {was} → <b>{is}</b></>);
    }),
    ...difference.provenance.map(({ from, to }) => item(`provenance ${to.id}`, 'turned', <>{to.title}: {provenances[from as Provenance].word} → {provenances[to.provenance as Provenance].word}</>)),
    ...difference.closed.map((gap) => item(`closed ${gap.code} ${gap.requirement ?? gap.fact} ${gap.action.subject ?? ''}`, 'closed', <><span className="r-visually-hidden">{t`Closed:`}</span> <s>{gapWords(gap)}</s></>)),
    ...difference.opened.map((gap) => item(`opened ${gap.code} ${gap.requirement ?? gap.fact} ${gap.action.subject ?? ''}`, 'opened', <><span className="r-visually-hidden">{t`New gap:`}</span> {gapWords(gap)}</>)),
  ];
  const shown = all ? items : items.slice(0, SHOWN_CHANGES);
  const more = items.length - SHOWN_CHANGES;
  return (
    <>
      <ul className={classes.changes} role="list">{shown}</ul>
      {more > 0 ? <Button className={classes.more} variant="subtle" size="compact-xs" aria-expanded={all} onClick={() => setAll(!all)}>{all ? t`Show fewer` : <Plural value={more} one="# more change" other="# more changes" />}</Button> : null}
    </>
  );
}
