import { Anchor, Drawer } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { DecisionTree } from '@roster/ui';
import { Link } from '@tanstack/react-router';
import { NextStagePanel } from '../next-stage.js';
import { SourceLink } from '../source-link.js';
import { useWorkload } from '../workload-context.js';
import { keepAsOf } from '../workload-tabs.js';

/** Why the stage is what it is: the tree with the way taken, every answer, fact, source and age, beside the page. */
export function WhyDrawer({ onClose }: { onClose: () => void }) {
  const { t } = useLingui();
  const { workload, classification } = useWorkload();
  if (!classification) return null;
  return (
    <Drawer opened onClose={onClose} size="min(900px, 100vw)" title={t`Why this stage: ${workload.key}`} closeButtonProps={{ 'aria-label': t`Close` }}>
      <DecisionTree result={classification} renderSource={(source) => <SourceLink source={source} workloadKey={workload.key} />}><NextStagePanel /></DecisionTree>
      <Anchor component={Link} to={`/workloads/${encodeURIComponent(workload.key)}/classification`} search={keepAsOf as never} size="sm" onClick={onClose}>{t`Timeline and what-if`}</Anchor>
    </Drawer>
  );
}
