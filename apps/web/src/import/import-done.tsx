import { Button } from '@mantine/core';
import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { ConfirmDialog, Instant, MeaningBadge, Panel, TableSkeleton, useFormat } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Awaited } from '../api/awaited.js';
import { ActButton } from '../session/act-button.js';
import { toast } from '../shell/toast.js';
import { ImportCauses } from './import-causes.js';
import { ImportDuplicates } from './import-duplicates.js';
import { RejectedLink } from './import-draft.js';
import { ImportFigures } from './import-figures.js';
import { ImportRows } from './import-rows.js';
import { causesQuery, targetsQuery, useImportStep, type WorkloadImport } from './import.queries.js';
import classes from './import.module.css';

const INVENTORY: string = '/inventory';

/** An import that was written, or written and taken back: what became of it, and the way back. */
export function ImportDone({ found }: { found: WorkloadImport }) {
  const { t } = useLingui();
  const [asking, setAsking] = useState(false);
  const step = useImportStep(found.id);
  const gone = found.removedAt !== null;
  const causes = useQuery({ ...causesQuery(found.id), enabled: !gone });
  const targets = useQuery(targetsQuery);
  const { result, rollback } = found;
  const undone = found.state === 'rolled_back';
  const touched = (result?.created ?? 0) + (result?.updated ?? 0);
  return (
    <div className={classes.stack}>
      {result ? (
        <Panel
          flush title={undone ? t`What this import had done` : t`What this import did`} description={<><Instant at={found.committedAt} />{undone ? null : <UndoUntil found={found} />}</>}
          actions={undone ? undefined : (
            <>
              {result.rejected > 0 && !gone ? <RejectedLink id={found.id} count={result.rejected} /> : null}
              <ActButton permission="inventory:import:run" variant="default" loading={step.isPending} unless={gone ? t`It could be undone for 30 days; what that needs was removed.` : null} onClick={() => setAsking(true)}>{t`Undo this import`}</ActButton>
              {touched > 0 ? <Button component={Link} to={INVENTORY} search={{ 'filter[import]': found.id } as never}><Plural value={result.created} one="See # new workload" other="See # new workloads" /></Button> : null}
            </>
          )}
        >
          <ImportFigures result={result} written />
        </Panel>
      ) : null}
      {undone && rollback ? <Undone found={found} rollback={rollback} /> : null}
      {undone ? null : <NextSteps created={result?.created ?? 0} />}
      {gone ? <Panel title={t`Row by row`}><Trans>The file and its rows were kept for 30 days and removed</Trans> <Instant at={found.removedAt} only="relative" />. <Trans>The figures above and the trail stay.</Trans></Panel> : <>
      <Panel flush title={t`What was worth a look`}>{causes.data && targets.data ? <ImportCauses causes={causes.data} targets={targets.data} busy={false} duplicates={<ImportDuplicates id={found.id} decisions={[]} onDecide={null} />} onFix={null} /> : <Awaited queries={[causes, targets]}><TableSkeleton rows={3} columns={3} /></Awaited>}</Panel>
      <ImportRows id={found.id} written />
      </>}
      <ConfirmDialog
        opened={asking} danger title={t`Undo this import?`} act={t`Undo the import`} busy={step.isPending} onClose={() => setAsking(false)}
        onConfirm={() => step.mutate({ act: 'rollback' }, { onSuccess: () => setAsking(false), onError: toast.failed })}
      >
        <Trans>Workloads it created are withdrawn, those it changed become what they were. Whatever somebody has changed since stays as it is and is named. The trail keeps what happened.</Trans>
      </ConfirmDialog>
    </div>
  );
}

/** Until when the import can be taken back. */
function UndoUntil({ found: { keptUntil, removedAt } }: { found: WorkloadImport }) {
  if (removedAt !== null) return <> · <Trans>cannot be undone any more</Trans></>;
  return keptUntil === null ? null : <> · <Trans>can be undone until</Trans> <Instant at={keptUntil} /></>;
}

function Undone({ found, rollback }: { found: WorkloadImport; rollback: NonNullable<WorkloadImport['rollback']> }) {
  const { t } = useLingui();
  const format = useFormat();
  const withdrawn = format.number(rollback.withdrawn);
  const restored = format.number(rollback.restored);
  const kept = format.number(rollback.keptChangedSince);
  return (
    <Panel title={t`The import was undone`} description={<Instant at={found.rolledBackAt} />}>
      <Trans>{withdrawn} workloads withdrawn, {restored} made what they were before.</Trans>{' '}
      {rollback.keptChangedSince > 0 ? <MeaningBadge meaning="attention"><Trans>{kept} kept, because somebody changed them since</Trans></MeaningBadge> : null}
    </Panel>
  );
}

/** An import is a beginning: what is missing now, in one click. */
function NextSteps({ created }: { created: number }) {
  const { t } = useLingui();
  if (created === 0) return null;
  const link = (filter: string, words: string) => <Button component={Link} to={INVENTORY} search={{ [`filter[${filter}]`]: 'true' } as never} variant="default" size="compact-sm">{words}</Button>;
  return (
    <Panel title={t`What next`} description={t`Unknown stays unknown until somebody says otherwise: nothing was made up.`}>
      <div className={classes.fixes}>{link('unowned', t`Workloads without an owner`)}{link('incomplete', t`Incomplete ones`)}{link('undetermined', t`Undetermined stages`)}</div>
    </Panel>
  );
}
