import { Button, SegmentedControl } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { bodyOf, type Schemas } from '@roster/api-client';
import { ProblemAlert, TextSkeleton, useFormat } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { api } from '../api/client.js';
import { usePagedList } from '../api/paged-list.js';
import { shownProblem } from '../api/problem.js';
import { useDuplicateWords } from '../inventory/duplicate-words.js';
import type { Decision } from './duplicate-decisions.js';
import classes from './import.module.css';

type Duplicate = Schemas['ImportDuplicateDto'];
const PAGE = 20;

/**
 * New rows beside what they may be the same as, with the score and why; each with what to do about it.
 * @param onDecide told a decision, or the line whose row becomes a workload of its own after all; null when nothing can be decided any more
 */
export function ImportDuplicates({ id, decisions, onDecide }: { id: string; decisions: readonly Decision[]; onDecide: ((decision: Decision | number) => void) | null }) {
  const { t } = useLingui();
  const list = usePagedList<Duplicate>({
    queryKey: ['import', id, 'duplicates'],
    fetchPage: (cursor, signal) => bodyOf(api.GET('/api/v1/workload-imports/{id}/duplicates', { params: { path: { id }, query: { limit: PAGE, cursor } }, signal })),
  });
  if (list.error) return <ProblemAlert compact problem={shownProblem(list.error)} onRetry={list.retry} />;
  if (list.loading) return <TextSkeleton lines={3} />;
  return (
    <>
      <ul className={classes.duplicates} aria-label={t`Likely duplicates`}>{list.rows.map((one) => <Pair key={one.line} one={one} decision={decisions.find(({ line }) => line === one.line)} onDecide={onDecide} />)}</ul>
      {list.hasMore ? <Button variant="subtle" size="compact-xs" style={{ justifySelf: 'start' }} loading={list.loadingMore} onClick={list.loadMore}>{t`Show more`}</Button> : null}
    </>
  );
}

function Pair({ one, decision, onDecide }: { one: Duplicate; decision: Decision | undefined; onDecide: ((decision: Decision | number) => void) | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const words = useDuplicateWords();
  const { line, name, workload, otherName, others } = one;
  const lineNumber = format.number(line);
  const otherLine = format.number(one.otherLine ?? 0);
  const score = format.percent(one.score);
  const choices = [{ value: 'own', label: t`Keep both` }, ...(workload ? [{ value: 'same', label: t`It is this one` }] : []), { value: 'left_out', label: t`Leave the row out` }];
  const decide = (value: string): void => {
    if (onDecide === null) return;
    if (value === 'own') onDecide(line);
    else onDecide({ line, as: value === 'same' ? 'same' : 'left_out', ...(value === 'same' && workload ? { workload } : {}) });
  };
  return (
    <li className={classes.duplicate}>
      <div>
        <strong>{name}</strong> <span className={classes.hint}><Trans>line {lineNumber}</Trans></span>
        <div>
          {workload ? <><Link to="/workloads/$key" params={{ key: workload }} target="_blank">{otherName}</Link> <code>{workload}</code></> : <>{otherName} <span className={classes.hint}><Trans>line {otherLine}</Trans></span></>}
          {' '}<span className={classes.hint}><Trans>{score} alike</Trans>: {words(one.reasons)}{others > 0 ? <>; <Plural value={others} one="# more like it" other="# more like it" /></> : null}</span>
        </div>
      </div>
      {onDecide === null ? null : <SegmentedControl size="xs" aria-label={t`What to do with ${name}`} value={decision?.as ?? 'own'} data={choices} onChange={decide} />}
    </li>
  );
}
