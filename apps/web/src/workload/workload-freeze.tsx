import { useLingui } from '@lingui/react/macro';
import { FreezeBanner } from '@roster/ui';
import { ActButton } from '../session/act-button.js';
import { useActs } from './acts/acts.js';
import { renderTaskButton } from './acts/task-button.js';
import { useWorkload } from './workload-context.js';

/** The freeze of this workload with what one may do about it. */
export function WorkloadFreeze() {
  const { t } = useLingui();
  const { classification, names } = useWorkload();
  const open = useActs();
  if (!classification) return null;
  const { freeze } = classification;
  return (
    <FreezeBanner
      freeze={freeze} names={names} renderTask={renderTaskButton}
      actions={(
        <>
          <ActButton permission="classification:scope-change:request" variant="default" size="compact-sm" onClick={() => open({ act: 'scope-change' })}>{t`Ask for a scope change`}</ActButton>
          <ActButton permission="classification:freeze:break-glass" variant="default" size="compact-sm" onClick={() => open({ act: 'break-glass' })}>{freeze.breakGlass ? t`Change how long the glass stays broken` : t`Break the glass`}</ActButton>
        </>
      )}
    />
  );
}
