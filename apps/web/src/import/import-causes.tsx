import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, MeaningBadge, useFormat, type ImportTarget } from '@roster/ui';
import { IconArrowRight } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { ActButton } from '../session/act-button.js';
import type { ImportCause, ImportFix } from './import.queries.js';
import classes from './import.module.css';

const FEW = 6;

/**
 * Why rows are rejected or worth a look: each cause once, with one remedy for all of its rows.
 * @param duplicates the pairs behind the cause "likely duplicate"
 * @param onFix reads the file again with the remedy; null when nothing can be changed any more
 */
export function ImportCauses({ causes, targets, busy, duplicates, onFix }: { causes: readonly ImportCause[]; targets: readonly ImportTarget[]; busy: boolean; duplicates: ReactNode; onFix: ((fix: ImportFix) => void) | null }) {
  const { t } = useLingui();
  if (causes.length === 0) return <EmptyState title={t`Nothing to look at`}>{t`Every cell could be read as it stands.`}</EmptyState>;
  return <ul style={{ listStyle: 'none', margin: 0, padding: 0 }}>{causes.map((cause) => <Cause key={`${cause.severity} ${cause.code} ${cause.column} ${cause.field} ${cause.message}`} cause={cause} targets={targets} busy={busy} pairs={cause.code === 'likely_duplicate' ? duplicates : null} onFix={onFix} />)}</ul>;
}

function Cause({ cause, targets, busy, pairs, onFix }: { cause: ImportCause; targets: readonly ImportTarget[]; busy: boolean; pairs: ReactNode; onFix: ((fix: ImportFix) => void) | null }) {
  const { t } = useLingui();
  const [all, setAll] = useState(false);
  const fieldLabel = targets.find(({ name }) => name === cause.field)?.label ?? null;
  const { column } = cause;
  const examples = cause.examples.filter(({ value }) => value !== null);
  const shown = all ? examples : examples.slice(0, FEW);
  const hidden = examples.length - shown.length;
  const shownCount = shown.length;
  const valueCount = cause.values;
  const lines = cause.examples[0]?.lines ?? [];
  return (
    <li className={classes.cause}>
      <div className={classes.causeHead}>
        <MeaningBadge plain meaning={cause.severity === 'error' ? 'broken' : 'attention'}>{cause.severity === 'error' ? t`Rejects` : t`Worth a look`}</MeaningBadge>
        <span className={classes.causeTitle}>{column ? <><q>{column}</q>{fieldLabel ? <> <IconArrowRight size={12} aria-hidden /> {fieldLabel}</> : null}: </> : null}{cause.message}</span>
        <span className={classes.rows}><Plural value={cause.rows} one="# row" other="# rows" />{cause.values > 1 ? <>, <Plural value={cause.values} one="# value" other="# different values" /></> : null}</span>
      </div>
      {pairs}
      {shown.length > 0 && pairs === null ? (
        <ul className={classes.values} aria-label={t`Values`}>
          {shown.map(({ value, didYouMean, rows }, index) => (
            <li key={index} className={classes.value} title={value ?? undefined}><code>{value}</code>{didYouMean ? <span><IconArrowRight size={11} aria-label={t`did you mean`} /> <strong>{didYouMean}</strong></span> : null}{rows > 1 ? <span className={classes.rows}>× {rows}</span> : null}</li>
          ))}
          {hidden > 0 ? <li><Button variant="subtle" size="compact-xs" onClick={() => setAll(true)}>{t`${hidden} more`}</Button></li> : null}
          {hidden === 0 && valueCount > shownCount ? <li className={classes.rows}>{cause.severity === 'error' ? <Trans>{shownCount} of {valueCount} values; the others are in the rejected rows</Trans> : <Trans>{shownCount} of {valueCount} values; the others are in the rows</Trans>}</li> : null}
        </ul>
      ) : null}
      <p className={classes.remedy}>{cause.remedy}{lines.length > 0 && pairs === null ? <> <First lines={lines} rows={cause.rows} /></> : null}</p>
      {onFix && cause.fixes.length > 0 ? <Fixes cause={cause} busy={busy} onFix={onFix} /> : null}
    </li>
  );
}

function First({ lines, rows }: { lines: readonly number[]; rows: number }) {
  const format = useFormat();
  const some = lines.slice(0, 5).map((line) => format.number(line)).join(', ');
  if (rows > lines.slice(0, 5).length) return <Trans>First in lines {some}.</Trans>;
  return lines.length === 1 ? <Trans>Line {some}.</Trans> : <Trans>Lines {some}.</Trans>;
}

/** One remedy for all rows: the first is the least lossy. */
function Fixes({ cause, busy, onFix }: { cause: ImportCause; busy: boolean; onFix: (fix: ImportFix) => void }) {
  const { t } = useLingui();
  const left = cause.fixes.find(({ kind }) => kind === 'use_suggestions')?.left ?? 0;
  const leftRows = cause.fixes.find(({ kind }) => kind === 'leave_out')?.left ?? 0;
  const suggestions = cause.examples.filter(({ didYouMean }) => didYouMean !== null).length;
  const words: Record<string, string> = {
    use_suggestions: suggestions === 1 ? t`Use the suggestion` : t`Use all suggestions`, keep_as_custom_field: t`Keep the column as a custom field`, leave_blank: t`Leave these cells blank`, leave_column_out: t`Leave the column out`,
    formulas_as_text: t`Keep formulas as text`, formulas_as_result: t`Take the values they last had`, identify_by_name: t`Identify workloads by name, team and unit`, take_as_same: t`Take the rows as those workloads`, leave_out: t`Leave all of these rows out`,
  };
  return (
    <div className={classes.fixes} role="group" aria-label={t`Mend all of these rows`}>
      {cause.fixes.map((fix, index) => <ActButton key={fix.kind} permission="inventory:import:run" size="compact-xs" variant={index === 0 ? 'light' : 'default'} unless={busy ? t`The file is being read` : null} onClick={() => onFix(fix)}>{words[fix.kind] ?? fix.kind}</ActButton>)}
      {left > 0 ? <span><Plural value={left} one="# value more after that" other="# values more after that" /></span> : null}
      {leftRows > 0 ? <span><Plural value={leftRows} one="# row more after that" other="# rows more after that" /></span> : null}
    </div>
  );
}
