import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState } from '@roster/ui';
import { IconFileImport, IconPlus } from '@tabler/icons-react';
import { ActLink } from '../session/act-link.js';
import { useAsOf } from '../shell/as-of.js';

/** An inventory without workloads: what belongs in it, and the two ways to begin. */
export function NothingYet() {
  const { t } = useLingui();
  const asOf = useAsOf();
  if (asOf !== null) return <EmptyState title={t`Nothing was registered then`}><Trans>At this moment the inventory had no workloads. Return to now to see what there is.</Trans></EmptyState>;
  return (
    <EmptyState title={t`No workloads yet`} action={
      <>
        <ActLink permission="inventory:workload:create" to="/inventory/register" leftSection={<IconPlus size={14} />}><Trans>Register a workload</Trans></ActLink>{' '}
        <ActLink permission="inventory:import:run" to="/inventory/import" variant="default" leftSection={<IconFileImport size={14} />}><Trans>Import a list</Trans></ActLink>
      </>
    }>
      <Trans>Every model, agent and AI feature you run belongs here, with the person who answers for it. Register the first one with six answers, or import the list you already have.</Trans>
    </EmptyState>
  );
}
