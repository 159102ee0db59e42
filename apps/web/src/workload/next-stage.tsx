import type { Stage } from '@roster/contracts';
import { NextStageTasks, nextStage, TextSkeleton, type TreeGap } from '@roster/ui';
import { useQuery } from '@tanstack/react-query';
import { renderTaskButton } from './acts/task-button.js';
import { useWorkload } from './workload-context.js';
import { whatIfQuery } from './workload.queries.js';

const NOTHING_SUPPOSED = {};

/** What stands between this workload and the next stage; null at the top, when it is retired, or before it was classified. */
export interface NextStage {
  readonly target: Stage;
  /** Not known while the shortest list is on its way. */
  readonly gaps: readonly TreeGap[] | null;
  readonly count: number | null;
}

/** The shortest list of missing things for the next stage. In the past, what was recorded as missing then. */
export function useNextStage(): NextStage | null {
  const { workload, classification, asOf, retired } = useWorkload();
  const target = classification && !retired ? nextStage(classification.stage) : null;
  const now = useQuery({ ...whatIfQuery(workload.key, NOTHING_SUPPOSED), enabled: target !== null && asOf === null }).data;
  if (!classification || target === null) return null;
  if (asOf !== null) return { target, gaps: classification.gaps, count: null };
  if (target === 'experiment') return null;
  return { target, gaps: now?.missingFor[target] ?? null, count: now?.missingCount[target] ?? null };
}

/** "To reach Production: 3 things", each with its button. */
export function NextStagePanel({ foldAbove }: { foldAbove?: number }) {
  const { names } = useWorkload();
  const next = useNextStage();
  if (!next) return null;
  if (next.gaps === null) return <TextSkeleton lines={4} />;
  return <NextStageTasks target={next.target} gaps={next.gaps} count={next.count ?? undefined} names={names} foldAbove={foldAbove} renderTask={renderTaskButton} />;
}
