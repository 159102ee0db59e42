import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openEventStream } from '../live/event-stream.js';
import { meQuery } from '../session/me.js';
import { NOTIFICATION_EVENTS, unreadQuery, type Notification } from './inbox.queries.js';

/** Seconds that a tab may be out of sight before it lets its connection go; coming back it connects again and reads what it missed. */
const HIDDEN_SECONDS = 30;
/** Seconds between looks at the inbox while another window has the connection. */
const POLL_SECONDS = 30;

/**
 * Keeps the inbox, and what it is about, up to date while the page is in sight.
 * @returns the newest notification that arrived while one was looking; null before
 */
export function useLiveInbox(): Notification | null {
  const client = useQueryClient();
  const [arrived, setArrived] = useState<Notification | null>(null);
  useEffect(() => {
    let close: (() => void) | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let poll: ReturnType<typeof setInterval> | undefined;
    const stop = (): void => {
      close?.();
      close = null;
    };
    const start = (): void => {
      clearInterval(poll);
      close ??= openEventStream(NOTIFICATION_EVENTS, {
        unread: (data) => client.setQueryData(unreadQuery.queryKey, (data as { unread: number }).unread),
        notification: (data) => {
          setArrived(data as Notification);
          refreshSubject(client, data as Notification);
        },
        reset: () => void client.invalidateQueries({ queryKey: ['inbox'] }),
        end: (data) => {
          stop();
          const { reason } = data as { reason: string };
          if (reason === 'session_ended') void client.invalidateQueries(meQuery);
          // Another window of the person has the connection: this one looks from time to time, until it is looked at anew.
          else poll = setInterval(() => void client.invalidateQueries({ queryKey: ['inbox'] }), POLL_SECONDS * 1_000);
        },
      }, (problem) => {
        close = null;
        if (problem.status === 401) void client.invalidateQueries(meQuery);
      }, () => void client.invalidateQueries({ queryKey: ['inbox', 'list'] }));
    };
    const onVisibility = (): void => {
      clearTimeout(timer);
      if (document.visibilityState === 'hidden') timer = setTimeout(stop, HIDDEN_SECONDS * 1_000);
      else start();
    };
    start();
    document.addEventListener('visibilitychange', onVisibility);
    return () => {
      clearTimeout(timer);
      clearInterval(poll);
      document.removeEventListener('visibilitychange', onVisibility);
      stop();
    };
  }, [client]);
  return arrived;
}

/** What a notification is about has changed: the lists that show it read again. */
function refreshSubject(client: QueryClient, { kind }: Notification): void {
  const area = kind.split('.')[0] ?? '';
  for (const key of ['inbox', 'home', ...(area === 'inventory' || area === 'classification' ? ['workload', 'inventory'] : [area])]) void client.invalidateQueries({ queryKey: [key] });
}
