import { reportStream } from './connection.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Server-sent events that heal: a lost connection is shown in the frame and tried again, at growing distances and at once when the browser is online again.
 * @param on handlers by event name; `data` is parsed JSON
 * @param onOpen called on every connection, also after a loss: time to read what was missed
 * @returns ends the stream
 */
export function openEventStream(url: string, on: Readonly<Record<string, (data: unknown, id: string) => void>>, onOpen: () => void = () => undefined): () => void {
  const stream = Symbol(url);
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let lastId = '';
  const connect = (): void => {
    clearTimeout(timer);
    source?.close();
    const address = new URL(url, location.href);
    if (lastId !== '') address.searchParams.set('lastEventId', lastId);
    source = new EventSource(address);
    source.onopen = () => {
      wait = FIRST_WAIT_MS;
      reportStream(stream, 'live');
      onOpen();
    };
    source.onerror = () => {
      source?.close();
      reportStream(stream, 'lost');
      timer = setTimeout(connect, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
    for (const [name, handle] of Object.entries(on)) {
      source.addEventListener(name, (event) => {
        const { data, lastEventId } = event as MessageEvent<string>;
        if (lastEventId !== '') lastId = lastEventId;
        handle(JSON.parse(data), lastEventId);
      });
    }
  };
  reportStream(stream, 'connecting');
  connect();
  addEventListener('online', connect);
  return () => {
    clearTimeout(timer);
    removeEventListener('online', connect);
    source?.close();
    reportStream(stream, null);
  };
}
