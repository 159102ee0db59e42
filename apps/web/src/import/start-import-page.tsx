import { Anchor, Button, Textarea } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { FileDrop, Panel, ProblemAlert, ProgressLine, useFormat, type ShownProblem } from '@roster/ui';
import { useMutation } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { shownProblem } from '../api/problem.js';
import { useDraft } from '../forms/use-draft.js';
import { ActButton } from '../session/act-button.js';
import { useMay } from '../session/may.js';
import { Page } from '../shell/page.js';
import { uploadImport } from './import.queries.js';
import { ImportSteps } from './import-steps.js';
import classes from './import.module.css';

/** Rows and columns of pasted text; a line inside quotes is not a row, so the count is a hint and not a promise. */
const lines = (text: string): number => text.split('\n').filter((line) => line.trim() !== '').length;

/** The first step of an import: a file or pasted text. What it would become is shown before anything is written. */
export function StartImportPage() {
  const { t } = useLingui();
  const format = useFormat();
  const router = useRouter();
  const may = useMay('inventory:import:run');
  const draft = useDraft('import-paste', { text: '' });
  const [text, setText] = useState(draft.values.text);
  const [problem, setProblem] = useState<ShownProblem | null>(null);
  const start = useMutation({
    mutationFn: (file: File) => uploadImport(file),
    onMutate: () => setProblem(null),
    onSuccess: async (id) => { draft.clear(); await router.navigate({ to: '/inventory/imports/$id', params: { id } }); },
    onError: (error) => setProblem(shownProblem(error)),
  });
  const paste = (): void => start.mutate(new File([text], text.includes('\t') ? 'pasted.tsv' : 'pasted.csv', { type: 'text/csv' }));
  const rows = format.number(Math.max(0, lines(text) - 1));
  return (
    <Page
      title={t`Import workloads`} to="/inventory/import" crumbs={[{ label: t`Inventory`, to: '/inventory' }]} description={t`Bring the list you have. Nothing is written before you have seen what it becomes.`}
      actions={<Button component={Link} to="/inventory/imports" variant="default">{t`Earlier imports`}</Button>}
    >
      <ImportSteps at={1} />
      <div className={`${classes.stack} ${classes.narrow}`}>
        {problem ? <ProblemAlert problem={problem} /> : null}
        {may.allowed ? null : <ProblemAlert problem={{ kind: 'forbidden', title: t`You may not import`, detail: may.why ?? '' }} />}
        {start.isPending ? <Panel><ProgressLine done={0} total={null} unit={t`bytes`} label={t`Sending the file`} /></Panel> : null}
        <FileDrop
          label={t`File with workloads`} many={false} disabled={!may.allowed || start.isPending} onFiles={([file]) => { if (file) start.mutate(file); }}
          hint={<Trans>CSV or TSV in any encoding, XLSX, JSON or NDJSON. One row per workload, the first row names the columns. Only a name is needed; columns that no field fits become custom fields.</Trans>}
        />
        <div className={classes.or}><Trans>or</Trans></div>
        <div className={classes.paste}>
          <Textarea
            className={classes.mono} label={t`Paste rows`} description={t`Straight from a spreadsheet, with the row that names the columns.`} minRows={5} maxRows={14} value={text}
            placeholder={'Name\tTeam\tPurpose\nSupport bot\tSupport\tAnswers questions of customers'} disabled={!may.allowed || start.isPending}
            onChange={(event) => { const next = event.currentTarget.value; setText(next); draft.keep({ text: next.length > 200_000 ? '' : next }); }}
          />
          <ActButton permission="inventory:import:run" unless={lines(text) < 2 ? t`Paste at least the names of the columns and one row` : null} loading={start.isPending} onClick={paste}>{lines(text) < 2 ? t`Check the pasted rows` : t`Check ${rows} pasted rows`}</ActButton>
        </div>
        <p className={classes.hint}><Trans>A single workload? <Anchor component={Link} to="/inventory/register" size="xs">Register it</Anchor> with six fields. From a pipeline, use <code>roster import</code> or the API.</Trans></p>
      </div>
    </Page>
  );
}
