import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState, useFormat } from '@roster/ui';
import { IconMapOff } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { Page } from '../shell/page.js';
import { useTravel } from '../shell/as-of.js';

/** Nothing by this key: not now, or not yet at the instant looked at. */
export function NoSuchWorkload({ workloadKey, asOf }: { workloadKey: string; asOf: string | null }) {
  const { t } = useLingui();
  const format = useFormat();
  const travel = useTravel();
  return (
    <Page title={workloadKey} to={`/workloads/${encodeURIComponent(workloadKey)}`} crumbs={[{ label: t`Inventory`, to: '/inventory' }]}>
      <EmptyState
        icon={<IconMapOff size={28} />} title={asOf === null ? t`There is no workload with this key` : t`This workload was not known then`}
        action={asOf === null
          ? <Anchor component={Link} to="/inventory">{t`Look in the inventory`}</Anchor>
          : <Anchor component="button" type="button" onClick={() => travel(null)}>{t`Return to now`}</Anchor>}
      >
        {asOf === null
          ? <p><Trans>Keys are never used twice, so it has not been renamed to something else. It may belong to another organization, or be a typing error.</Trans></p>
          : <p><Trans>You are looking at {format.instant(asOf)}. It was registered later, or never.</Trans></p>}
      </EmptyState>
    </Page>
  );
}
