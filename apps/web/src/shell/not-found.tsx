import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { EmptyState } from '@roster/ui';
import { Link } from '@tanstack/react-router';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useLingui();
  return <EmptyState title={t`There is nothing at this address`} action={<Anchor component={Link} to="/">{t`Go to Home`}</Anchor>}><p><Trans>It may have been moved or removed, or it belongs to another organization.</Trans></p></EmptyState>;
}
