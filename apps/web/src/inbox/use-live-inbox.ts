import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { openEventStream } from '../live/event-stream.js';
import { meQuery } from '../session/me.js';
import { NOTIFICATION_EVENTS, unreadQuery, type Notification } from './inbox.queries.js';

/** Seconds that a tab may be out of sight before it lets its connection go; coming back it connects again and reads what it missed. */
const HIDDEN_SECONDS = 30;

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
    const stop = (): void => {
      close?.();
      close = null;
    };
    const start = (): void => {
      close ??= openEventStream(NOTIFICATION_EVENTS, {
        unread: (data) => client.setQueryData(unreadQuery.queryKey, (data as { unread: number }).unread),
        notification: (data) => {
          setArrived(data as Notification);
          refreshSubject(client, data as Notification);
        },
        reset: () => void client.invalidateQueries({ queryKey: ['inbox'] }),
        end: (data) => {
          stop();
          if ((data as { reason: string }).reason === 'session_ended') void client.invalidateQueries(meQuery);
        },
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
      document.removeEventListener('visibilitychange', onVisibility);
      stop();
    };
  }, [client]);
  return arrived;
}

/** What a notification is about has changed: the lists that show it read again. */
function refreshSubject(client: QueryClient, { kind }: Notification): void {
  const area = kind.split('.')[0] ?? '';
  for (const key of ['inbox', 'home', area === 'inventory' || area === 'classification' ? 'workload' : area]) void client.invalidateQueries({ queryKey: [key] });
}
