import { ActionIcon, Indicator, Popover } from '@mantine/core';
import { useLingui } from '@lingui/react/macro';
import { TextSkeleton, useFormat } from '@roster/ui';
import { IconInbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { unreadQuery } from './inbox.queries.js';
import { useLiveInbox } from './use-live-inbox.js';

const InboxMenu = lazy(() => import('./inbox-menu.js'));

/** What Roster wants to tell, live: how many are unread, the newest of them, and the way to all. */
export function InboxButton() {
  const { t } = useLingui();
  const format = useFormat();
  const [opened, setOpened] = useState(false);
  const arrived = useLiveInbox();
  const { data: unread = 0 } = useQuery(unreadQuery);
  // To make a formatter costs more than the button: none without a number to show.
  const count = unread === 0 ? '' : format.number(unread);
  const title = arrived?.title;
  return (
    <>
      <Indicator inline size={15} label={unread > 99 ? '99+' : count} disabled={unread === 0} offset={3} zIndex={1} color="red.9" styles={{ indicator: { fontSize: 10, paddingInline: 3, pointerEvents: 'none' } }}>
        <Popover opened={opened} onChange={setOpened} position="bottom-end" width={400} trapFocus returnFocus shadow="md">
          <Popover.Target>
            <ActionIcon aria-label={unread === 0 ? t`Inbox` : t`Inbox, ${count} unread`} onClick={() => setOpened((now) => !now)}><IconInbox size={18} /></ActionIcon>
          </Popover.Target>
          <Popover.Dropdown p={0} aria-label={t`Inbox`}>
            {opened ? <Suspense fallback={<TextSkeleton lines={4} />}><InboxMenu onLeave={() => setOpened(false)} /></Suspense> : null}
          </Popover.Dropdown>
        </Popover>
      </Indicator>
      <span role="status" className="r-visually-hidden">{title ? t`New in the inbox: ${title}` : ''}</span>
    </>
  );
}
