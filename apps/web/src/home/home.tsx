import { useLingui } from '@lingui/react/macro';
import { PageHeader } from '@roster/ui';
import { useMe } from '../session/me.js';

/** What needs me. */
export function Home() {
  const { t } = useLingui();
  const { user } = useMe();
  const name = user.name;
  return <PageHeader title={t`What needs you, ${name}`} />;
}
