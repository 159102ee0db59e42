import { UnstyledButton } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { ImpactEffect } from '@roster/contracts';
import { Instant, MeaningIcon, Panel, ProblemAlert, ProgressLine } from '@roster/ui';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { shownProblem } from '../../api/problem.js';
import { ImpactRows } from './impact-rows.js';
import { useImpactLines, type ImpactLine } from './impact-words.js';
import type { ImpactPreview } from './use-impact-preview.js';
import classes from './impact-panel.module.css';

/**
 * What changed settings would do, computed by the service before anything is saved: each figure opens its rows.
 * @param why why it cannot be computed for this person; null when it can
 * @param children what follows besides the figures, in words
 */
export function ImpactPanel({ preview, why, children }: { preview: ImpactPreview; why: string | null; children?: ReactNode }) {
  const { t } = useLingui();
  const linesOf = useImpactLines();
  const [opened, setOpened] = useState<ImpactEffect | null>(null);
  const { id, summary, progress, error } = preview;
  return (
    <Panel title={t`What this changes`} description={summary ? <Plural value={summary.evaluated} one="Computed for # workload as if it were saved already. Nothing is saved yet." other="Computed for # workloads as if it were saved already. Nothing is saved yet." /> : t`Every workload is looked at as if it were saved already.`} flush>
      <div aria-live="polite">
        {why === null ? null : <p className={classes.words}>{why}</p>}
        {error ? <div className={classes.words}><ProblemAlert problem={shownProblem(error)} onRetry={preview.retry} compact /></div> : null}
        {why === null && !error && !summary ? <div className={classes.words}><ProgressLine done={progress?.done ?? 0} total={progress?.total} unit={t`workloads`} label={t`Impact preview`} /></div> : null}
        {summary && id ? (
          <ul className={classes.lines} role="list">
            {linesOf(summary).map((line) => <Line key={line.effect} line={line} id={id} edition={summary.edition} opened={opened === line.effect} onToggle={() => setOpened(opened === line.effect ? null : line.effect)} />)}
          </ul>
        ) : null}
        {summary?.soonestDueAt ? <p className={classes.words}><Due soonest={summary.soonestDueAt} withinWeek={summary.dueWithinWeek} /></p> : null}
        {children ? <p className={classes.words}>{children}</p> : null}
      </div>
    </Panel>
  );
}

function Line({ line, id, edition, opened, onToggle }: { line: ImpactLine; id: string; edition: string; opened: boolean; onToggle: () => void }) {
  const meaning = line.weight === 'attention' ? 'attention' : line.count === 0 ? 'met' : 'information';
  if (line.count === 0) return <li className={classes.line}><span className={classes.head}><MeaningIcon meaning={meaning} /><span className={classes.none}>{line.words}</span></span></li>;
  return (
    <li className={classes.line}>
      <UnstyledButton className={`${classes.head} ${classes.opens}`} aria-expanded={opened} onClick={onToggle}>
        <MeaningIcon meaning={meaning} /><span>{line.words}</span>{opened ? <IconChevronDown size={14} aria-hidden /> : <IconChevronRight size={14} aria-hidden className={classes.closed} />}
      </UnstyledButton>
      {opened ? <ImpactRows id={id} effect={line.effect} total={line.count} edition={edition} /> : null}
    </li>
  );
}

function Due({ soonest, withinWeek }: { soonest: string; withinWeek: number }) {
  return (
    <>
      <Trans>The first of these reviews is due <Instant at={soonest} />.</Trans>{' '}
      <Plural value={withinWeek} _0="None is due within a week." one="# is due within a week." other="# are due within a week." />{' '}
      <Trans>No review is moved into the past, so none is overdue at once.</Trans>
    </>
  );
}
