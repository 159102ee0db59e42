import { Anchor } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { DefinitionList, Instant, MeaningBadge, Person } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { SeverityMark } from '../reviews/severity-mark.js';
import { PeekPanel } from '../shell/peek-panel.js';
import { meaningOf, useActionWords } from './action-words.js';
import type { Action } from './actions.queries.js';
import classes from './actions.module.css';

/**
 * An action at a glance, beside the list: what is to be done, by whom and by when.
 * @param action null when nothing is looked at
 * @param href where the action can be changed
 */
export function ActionPeek({ action, href, onClose }: { action: Action | null; href: (id: string) => string; onClose: () => void }) {
  return (
    <PeekPanel opened={action !== null} title={action?.title ?? ''} {...(action ? { href: href(action.id) } : {})} onClose={onClose}>
      {action ? <Facts action={action} /> : null}
    </PeekPanel>
  );
}

function Facts({ action }: { action: Action }) {
  const { t } = useLingui();
  const words = useActionWords();
  const { key, name } = action.workload;
  return (
    <div className={classes.peek}>
      {action.detail ? <p className={classes.detail}>{action.detail}</p> : null}
      <DefinitionList items={[
        { term: t`State`, value: <MeaningBadge meaning={meaningOf(action)}>{action.overdue ? t`Overdue` : words[action.status]}</MeaningBadge> },
        { term: t`Severity`, value: <SeverityMark severity={action.severity} /> },
        { term: t`By`, value: <Instant at={action.dueAt} /> },
        { term: t`Who`, value: <Person name={action.owner?.name} /> },
        { term: t`Workload`, value: <Anchor component={Link} to={`/workloads/${key}`} size="sm"><span className={classes.key}>{key}</span> {name}</Anchor> },
        { term: t`From`, value: <Anchor component={Link} to={`/reviews/${action.reviewId}`} size="sm">{t`its review`}</Anchor> },
        ...(action.note ? [{ term: t`Note`, value: action.note }] : []),
      ]} />
    </div>
  );
}
