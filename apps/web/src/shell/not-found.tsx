import { Anchor } from '@mantine/core';
import { Trans, useLingui } from '@lingui/react/macro';
import { Link, useLocation } from '@tanstack/react-router';
import { Page } from './page.js';

/** An address that leads nowhere. */
export function NotFound() {
  const { t } = useLingui();
  const { pathname } = useLocation();
  return (
    <Page title={t`There is nothing at this address`} to={pathname} description={<Trans>It may have been moved or removed, or it belongs to another organization.</Trans>}>
      <p><Anchor component={Link} to="/">{t`Go to Home`}</Anchor></p>
    </Page>
  );
}
