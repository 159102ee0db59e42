import { useLingui } from '@lingui/react/macro';
import { FreezeBanner, FreezeLine } from '@roster/ui';
import { Link, useRouterState } from '@tanstack/react-router';
import { ActButton } from '../session/act-button.js';
import { useActs } from './acts/acts.js';
import { renderTaskButton } from './acts/task-button.js';
import { useWorkload } from './workload-context.js';
import { keepAsOf } from './workload-tabs.js';

/** The freeze of this workload: with its reasons and what one may do about it on the overview, in one line on the other tabs. */
export function WorkloadFreeze() {
  const { t } = useLingui();
  const { workload, classification, names } = useWorkload();
  const onOverview = useRouterState({ select: ({ matches }) => matches.some(({ routeId }) => routeId === '/_app/workloads/$key/') });
  const open = useActs();
  if (!classification) return null;
  const { freeze } = classification;
  if (!onOverview) return <FreezeLine freeze={freeze} link={<Link to="/workloads/$key" params={{ key: workload.key }} search={keepAsOf as never}>{t`See why, and what ends it`}</Link>} />;
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
