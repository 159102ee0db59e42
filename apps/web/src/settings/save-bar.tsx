import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ProblemAlert } from '@roster/ui';
import type { ReactNode } from 'react';
import { shownProblem } from '../api/problem.js';
import { ActButton } from '../session/act-button.js';
import classes from './settings.module.css';

/** What is changed and not saved yet, in words, with the act to save it. Nothing when nothing is changed. */
export function SaveBar({ changes, restored, saving, error, onSave, onDiscard, act }: {
  changes: readonly { readonly key: string; readonly words: ReactNode }[]; restored: boolean; saving: boolean; error: Error | null; onSave: () => void; onDiscard: () => void; act: string;
}) {
  const { t } = useLingui();
  if (changes.length === 0) return null;
  const count = changes.length;
  return (
    <section className={`${classes.bar} r-no-print`} aria-label={t`Unsaved changes`}>
      <div className={classes.row}>
        <strong><Plural value={count} one="# unsaved change" other="# unsaved changes" /></strong>
        {restored ? <span className={classes.dim}><Trans>kept from before the page was loaded</Trans></span> : null}
      </div>
      <ul className={classes.changes}>{changes.map(({ key, words }) => <li key={key}>{words}</li>)}</ul>
      {error ? <ProblemAlert problem={shownProblem(error)} compact /> : null}
      <div className={classes.row}>
        <span className={`${classes.row} ${classes.end}`}>
          <Button variant="default" onClick={onDiscard}>{t`Discard`}</Button>
          <ActButton permission="access:organization:manage" loading={saving} onClick={onSave}>{act}</ActButton>
        </span>
      </div>
    </section>
  );
}
