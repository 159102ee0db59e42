import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { RosterProblem } from '@roster/api-client';
import { ChangedColumns, ImportMapping, Instant, MeaningIcon, Panel, ProblemAlert, TableSkeleton, useFormat } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { shownProblem } from '../api/problem.js';
import { Awaited } from '../api/awaited.js';
import { useDraft } from '../forms/use-draft.js';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { useCommands } from '../shell/commands.js';
import { toast } from '../shell/toast.js';
import { decisionsOf, withDecisions } from './duplicate-decisions.js';
import { ImportCauses } from './import-causes.js';
import { ImportDuplicates } from './import-duplicates.js';
import { ImportFigures } from './import-figures.js';
import { asDraft, isPending, nextOptions, NOTHING_PENDING, withFix, type PendingOptions } from './import-options.js';
import { ImportDefaults, ImportReading } from './import-reading.js';
import { ImportRows } from './import-rows.js';
import { causesQuery, importHref, targetsQuery, useImportStep, type ImportOptions, type WorkloadImport } from './import.queries.js';
import classes from './import.module.css';

/** An import of which nothing is written: what it would do, what is wrong with all remedies, and where each column goes. */
export function ImportDraft({ found }: { found: WorkloadImport }) {
  const { t } = useLingui();
  const may = useMay('inventory:import:run');
  const targets = useQuery(targetsQuery);
  const ready = found.state === 'previewed' && found.result !== undefined;
  const causes = useQuery({ ...causesQuery(found.id), enabled: ready });
  const stored = useDraft<PendingOptions>(`import:${found.id}`, NOTHING_PENDING);
  const [pending, setPending] = useState(stored.values);
  const step = useImportStep(found.id);
  const decide = (next: PendingOptions): void => {
    setPending(next);
    if (isPending(next)) stored.keep(asDraft(next));
    else stored.clear();
  };
  // What the file is read with is no draft any more; if it cannot be read, it is one again.
  const reread = (options: ImportOptions): void => {
    stored.clear();
    step.mutate({ act: 'reread', options }, { onError: (error) => { if (isPending(pending)) stored.keep(asDraft(pending)); toast.failed(error); } });
  };
  const others = (change: Partial<ImportOptions>): void => decide({ ...pending, others: { ...pending.others, ...change } });
  const keptDecisions = decisionsOf((found.options as Record<string, unknown>)['duplicates']);
  const decisions = pending.others.duplicates ?? keptDecisions;
  const changed = isPending(pending);
  const commit = (): void => step.mutate({ act: 'commit' }, { onError: toast.failed });
  useCommands(useMemo(() => (ready ? [{ id: 'import.columns', label: t`Go to the columns`, group: t`This page`, run: () => document.getElementById('import-columns')?.scrollIntoView() }] : []), [t, ready]));
  return (
    <div className={classes.stack}>
      {found.state === 'failed' && found.problem ? <ProblemAlert problem={shownProblem(new RosterProblem(found.problem as Record<string, unknown>, 422))} /> : null}
      {found.state === 'canceled' ? <ProblemAlert problem={{ kind: 'problem', title: t`Reading was stopped`, detail: t`Nothing was written. The file is still here: read it again, or bring another one.` }} /> : null}
      {ready && found.result ? <Panel flush title={t`What this import will do`} description={t`A dry run: nothing is written yet.`}><ImportFigures result={found.result} written={false} /></Panel> : null}
      {ready && found.duplicatesUnchecked > 0 ? <Unchecked count={found.duplicatesUnchecked} /> : null}
      {ready && keptDecisions.length > 0 ? <Decided count={keptDecisions.length} busy={step.isPending} onForget={() => reread(nextOptions({ ...(found.options as Record<string, unknown>), duplicates: [] }, pending))} /> : null}
      {found.rememberedFrom ? <Remembered from={found.rememberedFrom} /> : null}
      {found.warnings.length > 0 ? <Panel title={t`About the file`}><Warnings found={found} /></Panel> : null}
      <Panel title={t`How the file was read`}><ImportReading found={found} pending={pending} targets={targets.data ?? []} onChange={others} readOnly={!may.allowed} /></Panel>
      {ready ? (
        <Panel flush title={t`What needs a look`} description={t`Grouped by cause: one remedy mends all of its rows. Rejected rows stay out; the others are imported.`} actions={found.result && found.result.rejected > 0 ? <RejectedLink id={found.id} count={found.result.rejected} /> : undefined}>
          {causes.data && targets.data ? <ImportCauses causes={causes.data} targets={targets.data} busy={step.isPending}
            duplicates={<ImportDuplicates id={found.id} decisions={decisions} onDecide={may.allowed ? (decision) => others({ duplicates: typeof decision === 'number' ? withDecisions(decisions, [], decision) : withDecisions(decisions, [decision]) }) : null} />}
            onFix={may.allowed ? (fix) => reread(withFix(nextOptions(found.options as Record<string, unknown>, pending), fix)) : null} /> : <Awaited queries={[causes, targets]}><TableSkeleton rows={3} columns={3} /></Awaited>}
        </Panel>
      ) : null}
      {found.columns.length > 0 ? (
        <div id="import-columns">
          <Panel flush title={t`Where each column goes`} description={t`Guessed from headings and values. What no field fits is kept as a custom field; nothing is lost without being named.`}>
            {targets.data ? <ImportMapping columns={found.columns} targets={targets.data} changes={pending.columns} readOnly={may.why} onChange={(columns) => decide({ ...pending, columns })} /> : <Awaited queries={[targets]}><TableSkeleton rows={8} columns={3} /></Awaited>}
          </Panel>
        </div>
      ) : null}
      {found.columns.length > 0 && targets.data ? <Panel title={t`Values for rows that have none`} description={t`For what everybody who made the file knew. It never answers a fact for which the file has a column.`}><ImportDefaults found={found} pending={pending} targets={targets.data} onChange={others} readOnly={!may.allowed} /></Panel> : null}
      {ready ? <ImportRows id={found.id} written={false} /> : null}
      <div className={classes.act} role="region" aria-label={t`What happens next`}>
        <div className={classes.actWords}>{changed ? <><strong><Trans>Changed, not checked yet</Trans></strong>{Object.keys(pending.columns).length > 0 ? <> · <ChangedColumns changes={pending.columns} /></> : null}</> : ready && found.result ? <Outlook found={found} /> : <Trans>Repair what is named above, then read the file again.</Trans>}</div>
        <div className={classes.acts}>
          {changed ? <Button variant="default" onClick={() => decide(NOTHING_PENDING)}>{t`Discard changes`}</Button> : null}
          {changed || !ready ? (
            <ActButton permission="inventory:import:run" loading={step.isPending} onClick={() => reread(nextOptions(found.options as Record<string, unknown>, pending))}>{ready ? t`Check again` : t`Read the file again`}</ActButton>
          ) : <CommitButton found={found} busy={step.isPending} onCommit={commit} />}
        </div>
      </div>
    </div>
  );
}

function Outlook({ found }: { found: WorkloadImport }) {
  const { result } = found;
  const format = useFormat();
  if (!result) return null;
  const rejected = format.number(result.rejected);
  return (
    <>
      <Plural value={result.created} one="# workload will be created" other="# workloads will be created" />
      {result.updated > 0 ? <>, <Plural value={result.updated} one="# changed" other="# changed" /></> : null}
      {result.rejected > 0 ? <>; <Trans>{rejected} rejected rows stay out</Trans></> : null}. <Trans>It can be undone as a whole for 30 days.</Trans>
    </>
  );
}

function CommitButton({ found, busy, onCommit }: { found: WorkloadImport; busy: boolean; onCommit: () => void }) {
  const { t } = useLingui();
  const format = useFormat();
  const writes = (found.result?.created ?? 0) + (found.result?.updated ?? 0);
  const count = format.number(writes);
  return <ActButton permission="inventory:import:run" size="sm" loading={busy} unless={writes === 0 ? t`Nothing would change: every row is rejected, merged, or says what the inventory says already` : null} onClick={onCommit}>{writes === 1 ? t`Import 1 workload` : t`Import ${count} workloads`}</ActButton>;
}

/** What could not be compared is said, not left out. */
function Unchecked({ count }: { count: number }) {
  return <div className={classes.warning} role="note"><MeaningIcon meaning="unknown" size={16} /><p><Plural value={count} one="# new row was not compared with others by name, because too many names are alike." other="# new rows were not compared with others by name, because too many names are alike." /> <Trans>They may be duplicates too.</Trans></p></div>;
}

/** Rows that were decided about are no likely duplicates any more: what was decided, and the way back. */
function Decided({ count, busy, onForget }: { count: number; busy: boolean; onForget: () => void }) {
  const { t } = useLingui();
  return (
    <div className={classes.warning} role="note">
      <MeaningIcon meaning="information" size={16} />
      <p><Plural value={count} one="# row is taken as the workload you named, or left out, as you decided." other="# rows are taken as the workloads you named, or left out, as you decided." /> <ActButton permission="inventory:import:run" variant="subtle" size="compact-xs" loading={busy} onClick={onForget}>{t`Decide again`}</ActButton></p>
    </div>
  );
}

/** A draft whose file and rows are gone: what there was, and how to go on. */
export function ImportGone({ found }: { found: WorkloadImport }) {
  const { t } = useLingui();
  return (
    <div className={classes.stack}>
      <ProblemAlert problem={{ kind: 'problem', title: t`The file and its rows were removed`, detail: t`A draft is kept for 30 days after the last change. Nothing of it was written; bring the file again to go on.` }} />
      {found.result ? <Panel flush title={t`What it would have done`}><ImportFigures result={found.result} written={false} /></Panel> : null}
    </div>
  );
}

function Remembered({ from }: { from: NonNullable<WorkloadImport['rememberedFrom']> }) {
  const { fileName } = from;
  return (
    <div className={classes.warning} role="note">
      <MeaningIcon meaning="information" size={16} />
      <p><Trans>The columns are the same as in <Link to="/inventory/imports/$id" params={{ id: from.id }}>{fileName}</Link>, so they go where you put them then</Trans> <Instant at={from.committedAt} only="relative" />.</p>
    </div>
  );
}

function Warnings({ found }: { found: WorkloadImport }) {
  return <ul className={classes.warnings}>{found.warnings.map(({ code, message, remedy }) => <li key={code} className={classes.warning}><MeaningIcon meaning="attention" size={16} /><p>{message} <span className={classes.hint}>{remedy}</span></p></li>)}</ul>;
}

/** The rejected rows as a file to repair, with what is wrong with each. */
export function RejectedLink({ id, count }: { id: string; count: number }) {
  const { t } = useLingui();
  return <Button component="a" href={`${importHref(id)}/rejected.csv`} download variant="default"><Plural value={count} one="Download # rejected row" other="Download # rejected rows" />{' '}<span className="r-visually-hidden">{t`as CSV with what is wrong with each`}</span></Button>;
}
