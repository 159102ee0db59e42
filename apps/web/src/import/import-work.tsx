import { Trans, useLingui } from '@lingui/react/macro';
import { Panel, ProgressLine } from '@roster/ui';
import { useQueryClient } from '@tanstack/react-query';
import { problemOf, useOperation } from '../live/use-operation.js';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import { ImportFigures } from './import-figures.js';
import { importHref, importQuery, useImportStep, type WorkloadImport } from './import.queries.js';
import classes from './import.module.css';

/** An import while something is done to it: live progress, which can be left. */
export function ImportWork({ found }: { found: WorkloadImport }) {
  const { t } = useLingui();
  const client = useQueryClient();
  const step = useImportStep(found.id);
  const operation = useOperation(importHref(found.id), (ended) => {
    if (ended.status === 'failed' && found.state !== 'pending') toast.failed(problemOf(ended));
    // What was written or taken back shows everywhere.
    void (found.state === 'pending' ? client.invalidateQueries(importQuery(found.id)) : client.invalidateQueries());
  });
  const progress = operation?.progress ?? found.progress;
  const name = { pending: t`Reading the file`, committing: t`Importing`, rolling_back: t`Undoing the import` }[found.state as 'pending' | 'committing' | 'rolling_back'];
  return (
    <div className={classes.stack}>
      <Panel title={name} description={t`You can leave this page; you find it again under Inventory, Imports.`} actions={found.state === 'pending' ? <ActButton permission="inventory:import:run" variant="default" loading={step.isPending} onClick={() => step.mutate({ act: 'cancel' }, { onError: toast.failed })}>{t`Stop reading`}</ActButton> : undefined}>
        <ProgressLine done={progress.done} total={progress.total} unit={t`rows`} label={name} />
        {found.state === 'pending' ? <p className={classes.hint}><Trans>Nothing is written before you say so.</Trans></p> : null}
      </Panel>
      {found.result && found.state !== 'pending' ? <Panel flush><ImportFigures result={found.result} written={found.state === 'rolling_back'} /></Panel> : null}
    </div>
  );
}
