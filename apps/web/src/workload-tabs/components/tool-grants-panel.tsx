import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, Instant, Panel, ProblemAlert, TableSkeleton } from '@roster/ui';
import { IconPencil, IconTrash } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { shownProblem } from '../../api/problem.js';
import { ActButton } from '../../session/act-button.js';
import { toast } from '../../shell/toast.js';
import { useWorkload } from '../../workload/workload-context.js';
import { toolGrantsQuery } from '../../workload/workload.queries.js';
import type { ToolGrant } from '../tabs.queries.js';
import { useComponentWords } from './component-words.js';
import { toGrantInput } from './part.js';
import { PERMISSION, RowAct, useRefusal } from './row-act.js';
import { usePartChange } from './use-part-change.js';
import classes from './components.module.css';

const GrantDialog = lazy(() => import('./grant-dialog.js'));

/** Which tools the workload may use, on what, and how; granted, changed and withdrawn here, wherever the panel stands. */
export function ToolGrantsPanel() {
  const { t } = useLingui();
  const { workload, asOf } = useWorkload();
  const { access } = useComponentWords();
  const refusal = useRefusal();
  const { data, error, refetch } = useQuery(toolGrantsQuery(workload.key, asOf));
  const [edited, setEdited] = useState<ToolGrant | 'new' | null>(null);
  const items = data?.items ?? [];
  const { change, clash } = usePartChange('toolGrants', items.map(toGrantInput));
  // Withdrawing makes things safer and is done at once; granting again may be refused by a freeze, so there is no undo.
  const remove = (grant: ToolGrant): void => change.mutate({ before: toGrantInput(grant), after: null }, { onSuccess: (saved) => { if (saved) toast.done({ message: t`The grant is withdrawn.` }); }, onError: toast.failed });
  return (
    <Panel
      title={t`Tool grants`} flush={items.length > 0} description={workload.frozen ? t`Frozen: nothing can be granted or widened, withdrawing is possible.` : t`Which tools it may use, on what, and how. A new grant may ask for a review.`}
      actions={<ActButton permission={PERMISSION} unless={refusal} variant="default" size="compact-sm" onClick={() => setEdited('new')}>{t`Grant a tool`}</ActButton>}
    >
      {error ? <ProblemAlert problem={shownProblem(error)} onRetry={() => void refetch()} /> : !data ? <TableSkeleton rows={2} columns={4} /> : items.length === 0 ? (
        <EmptyState title={workload.executesTools === 'yes' ? t`It executes tools, but no grant is recorded` : t`No tool is granted`}>
          {workload.executesTools === 'yes' ? <p><Trans>A tool that is used without a grant is a finding. Record what it may do.</Trans></p> : null}
        </EmptyState>
      ) : (
        <div className={classes.scroll} tabIndex={0} role="region" aria-label={t`Tool grants of this workload`}>
          <table className={classes.table}>
            <thead><tr><th scope="col">{t`Tool`}</th><th scope="col">{t`Access`}</th><th scope="col">{t`On what`}</th><th scope="col">{t`Since`}</th><th scope="col"><span className="r-visually-hidden">{t`Acts`}</span></th></tr></thead>
            <tbody>
              {items.map((grant) => {
                const { name } = grant;
                return (
                  <tr key={`${grant.name} ${grant.scope}`}>
                    <th scope="row">{grant.name}</th>
                    <td>{access[grant.access]}</td>
                    <td className={classes.long}>{grant.scope === '' ? t`everything the tool reaches` : grant.scope}</td>
                    <td><Instant at={grant.grantedAt} only="day" relative={false} /></td>
                    <td className={`${classes.acts} r-no-print`}><RowAct label={t`Change ${name}`} onClick={() => setEdited(grant)}><IconPencil size={15} /></RowAct><RowAct label={t`Withdraw ${name}`} onClick={() => remove(grant)}><IconTrash size={15} /></RowAct></td>
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {clash}
      <Suspense fallback={null}>{edited ? <GrantDialog grants={items} grant={edited === 'new' ? null : edited} onClose={() => setEdited(null)} /> : null}</Suspense>
    </Panel>
  );
}
