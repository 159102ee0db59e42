import { ActionIcon } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { IconInbox } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';

/** The way to what Roster wants to tell. */
export function InboxButton() {
  const { t } = useLingui();
  return <ActionIcon component={Link} to="/inbox" aria-label={t`Inbox`}><IconInbox size={18} /></ActionIcon>;
}
