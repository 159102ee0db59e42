import { Button, SegmentedControl } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { CardSkeleton, DecisionTree, EmptyState, Panel } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { NextStagePanel } from '../next-stage.js';
import { SourceLink } from '../source-link.js';
import { useWorkload } from '../workload-context.js';
import { classificationQuery } from '../workload.queries.js';
import { GatePanel } from './gate-panel.js';
import { Timeline } from './timeline.js';
import { WhatIf } from './what-if.js';
import classes from './classification.module.css';

/** Why the stage is what it is, what would make it another one, what a pipeline is told, and how it came about. */
export function ClassificationTab() {
  const { t } = useLingui();
  const { workload, classification, unread, asOf, retired } = useWorkload();
  const { view } = useSearch({ strict: false }) as { view?: string };
  const navigate = useNavigate();
  const maySuppose = asOf === null && !retired;
  const supposing = maySuppose && view === 'what-if';
  const show = (whatIf: boolean): void => void navigate({ to: '.', search: ((previous: Record<string, unknown>) => ({ ...previous, view: whatIf ? 'what-if' : undefined })) as never, replace: true });
  const { isPending, refetch } = useQuery(classificationQuery(workload.key, asOf));
  if (!classification) {
    if (unread === 'failed') return <EmptyState title={t`The classification could not be read`}><p><Trans>Whether and how it is classified is not known here. Nothing was changed.</Trans></p><Button variant="default" onClick={() => void refetch()}>{t`Try again`}</Button></EmptyState>;
    return isPending ? <CardSkeleton lines={8} /> : (
      <EmptyState title={t`Not classified by then`}><p><Trans>The stage is computed for the first time when a workload is registered. Look at a later instant.</Trans></p></EmptyState>
    );
  }
  return (
    <div className={classes.tab}>
      <div className={classes.main}>
        <Panel
          title={supposing ? t`What if` : t`Why this stage`}
          actions={maySuppose ? <SegmentedControl size="xs" aria-label={t`Drawing`} value={supposing ? 'what-if' : 'as-is'} onChange={(value) => show(value === 'what-if')} data={[{ value: 'as-is', label: t`As it is` }, { value: 'what-if', label: t`What if` }]} /> : null}
        >
          {supposing ? <WhatIf key={workload.id} /> : <DecisionTree result={classification} renderSource={(source) => <SourceLink source={source} workloadKey={workload.key} />}><NextStagePanel /></DecisionTree>}
        </Panel>
      </div>
      <div className={classes.side}>
        {asOf === null && !retired ? <GatePanel /> : null}
        <Timeline />
      </div>
    </div>
  );
}
