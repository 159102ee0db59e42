import type { RosterProblem } from '@roster/api-client';
import { FreezeBanner, type TreeGap } from '@roster/ui';
import { renderTaskButton } from '../acts/task-button.js';
import { useWorkload } from '../workload-context.js';
import classes from './fields.module.css';

/** A change that a freeze refused (409): the gaps that would have to close first, each with its task. */
export function RefusedByFreeze({ problem }: { problem: RosterProblem }) {
  const { names } = useWorkload();
  const gaps = Array.isArray(problem.extensions.gaps) ? (problem.extensions.gaps as readonly TreeGap[]) : [];
  const undetermined = problem.code === 'CLASSIFICATION_FREEZE_UNDETERMINED';
  return (
    <div role="alert" className={classes.refused}>
      <p>{problem.detail}</p>
      <FreezeBanner freeze={{ frozen: true, active: !undetermined, undetermined, because: [], gaps, breakGlass: null }} names={names} renderTask={renderTaskButton} />
    </div>
  );
}
