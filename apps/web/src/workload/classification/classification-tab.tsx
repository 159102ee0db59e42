import { Trans, useLingui } from '@lingui/react/macro';
import { CardSkeleton, DecisionTree, EmptyState, Panel } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { NextStagePanel } from '../next-stage.js';
import { SourceLink } from '../source-link.js';
import { useWorkload } from '../workload-context.js';
import { classificationQuery } from '../workload.queries.js';
import { GatePanel } from './gate-panel.js';
import { Timeline } from './timeline.js';
import { WhatIfPanel } from './what-if-panel.js';
import classes from './classification.module.css';

/** Why the stage is what it is, what would make it another one, what a pipeline is told, and how it came about. */
export function ClassificationTab() {
  const { t } = useLingui();
  const { workload, classification, asOf, retired } = useWorkload();
  const pending = useQuery(classificationQuery(workload.key, asOf)).isPending;
  if (!classification) {
    return pending ? <CardSkeleton lines={8} /> : (
      <EmptyState title={t`Not classified by then`}><p><Trans>The stage is computed for the first time when a workload is registered. Look at a later instant.</Trans></p></EmptyState>
    );
  }
  return (
    <div className={classes.tab}>
      <div className={classes.main}>
        <Panel title={t`Why this stage`}>
          <DecisionTree result={classification} renderSource={(source) => <SourceLink source={source} workloadKey={workload.key} />}><NextStagePanel /></DecisionTree>
        </Panel>
        {asOf === null && !retired ? <WhatIfPanel key={workload.id} /> : null}
      </div>
      <div className={classes.side}>
        {asOf === null && !retired ? <GatePanel /> : null}
        <Timeline />
      </div>
    </div>
  );
}
