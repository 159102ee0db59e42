import { RosterProblem } from '@roster/api-client';
import { reportStream } from './connection.js';

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 15_000;

/**
 * Server-sent events that heal: a lost connection is shown in the frame and tried again, at growing distances and at once when the browser is online again.
 * @param on handlers by event name; `data` is parsed JSON
 * @param onOpen called on every connection, also after a loss: time to read what was missed
 * @param onRefused called when the service does not give the stream (the session has ended, or there is no such thing): it is over then, and not lost
 * @returns ends the stream
 */
export function openEventStream(url: string, on: Readonly<Record<string, (data: unknown, id: string) => void>>, onRefused: (problem: RosterProblem) => void, onOpen: () => void = () => undefined): () => void {
  const stream = Symbol(url);
  let source: EventSource | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let wait = FIRST_WAIT_MS;
  let lastId = '';
  let over = false;
  const end = (): void => {
    over = true;
    clearTimeout(timer);
    removeEventListener('online', connect);
    source?.close();
    reportStream(stream, null);
  };
  const again = (): void => {
    if (over) return;
    reportStream(stream, 'lost');
    timer = setTimeout(connect, wait);
    wait = Math.min(wait * 2, LONGEST_WAIT_MS);
  };
  const connect = (): void => {
    clearTimeout(timer);
    source?.close();
    const address = new URL(url, location.href);
    if (lastId !== '') address.searchParams.set('lastEventId', lastId);
    source = new EventSource(address);
    let opened = false;
    source.onopen = () => {
      opened = true;
      wait = FIRST_WAIT_MS;
      reportStream(stream, 'live');
      onOpen();
    };
    source.onerror = () => {
      source?.close();
      if (opened) return again();
      refusalOf(address).then((problem) => {
        if (problem === null) return again();
        if (over) return undefined;
        end();
        return onRefused(problem);
      }, again);
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
  return end;
}

/** What the browser does not tell of a stream that did not open: the refusal of the service; null when it would give it. @throws when it cannot be reached */
async function refusalOf(address: URL): Promise<RosterProblem | null> {
  const controller = new AbortController();
  const answer = await fetch(address, { signal: controller.signal, headers: { accept: 'text/event-stream' } });
  if (answer.status < 400 || answer.status >= 500 || answer.status === 429) {
    controller.abort();
    return null;
  }
  return new RosterProblem((await answer.json().catch(() => ({}))) as Record<string, unknown>, answer.status);
}
