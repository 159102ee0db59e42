import { Button } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconAlertOctagon, IconLock, IconPlugConnectedX } from '@tabler/icons-react';
import classes from './problem-alert.module.css';

/** What went wrong, as far as the page can say it: an RFC 9457 problem, or that nobody answered. */
export interface ShownProblem {
  readonly kind: 'problem' | 'forbidden' | 'unreachable';
  readonly title: string;
  readonly detail: string;
  readonly code?: string;
  readonly requestId?: string | null;
  readonly errors?: readonly { readonly path: string; readonly message: string }[];
}

/**
 * Says what happened, that nothing was lost, and what to do.
 * @param onRetry shows "Try again"
 */
export function ProblemAlert({ problem, onRetry, compact = false }: { problem: ShownProblem; onRetry?: () => void; compact?: boolean }) {
  const { t } = useLingui();
  const Icon = problem.kind === 'forbidden' ? IconLock : problem.kind === 'unreachable' ? IconPlugConnectedX : IconAlertOctagon;
  return (
    <div role="alert" className={`${classes.alert} ${problem.kind === 'forbidden' ? classes.forbidden : ''} ${compact ? classes.compact : ''}`}>
      <Icon size={18} aria-hidden className={classes.icon} />
      <div className={classes.body}>
        <strong>{problem.title}</strong>
        <p className={classes.detail}>{problem.detail}</p>
        {problem.errors && problem.errors.length > 0 ? <ul className={classes.errors}>{problem.errors.map(({ path, message }) => <li key={`${path} ${message}`}><code>{path}</code> {message}</li>)}</ul> : null}
        {problem.code || problem.requestId ? <p className={classes.trace}>{problem.code ? <code>{problem.code}</code> : null} {problem.requestId ? <span>{t`Request`} <code>{problem.requestId}</code></span> : null}</p> : null}
        {onRetry ? <Button variant="default" size="compact-sm" onClick={onRetry}>{t`Try again`}</Button> : null}
      </div>
    </div>
  );
}
