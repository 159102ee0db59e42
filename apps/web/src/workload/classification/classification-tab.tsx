import { CardSkeleton, DecisionTree, Panel } from '@roster/ui';
import { useLingui } from '@lingui/react/macro';
import { NextStagePanel } from '../next-stage.js';
import { SourceLink } from '../source-link.js';
import { useWorkload } from '../workload-context.js';

/** The tree with the way taken, the timeline, what-if, and the gate. */
export function ClassificationTab() {
  const { t } = useLingui();
  const { workload, classification } = useWorkload();
  if (!classification) return <CardSkeleton lines={8} />;
  return (
    <Panel title={t`Why this stage`}>
      <DecisionTree result={classification} renderSource={(source) => <SourceLink source={source} workloadKey={workload.key} />}><NextStagePanel /></DecisionTree>
    </Panel>
  );
}
