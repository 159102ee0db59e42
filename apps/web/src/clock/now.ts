import { useSyncExternalStore } from 'react';

/*
 * The one place of the page that reads the clock. It follows the service: the Date header of its answers sets the distance between its clock
 * and the machine's, so "in 3 days" and the kill-switch timer mean the time of the service.
 */
const TICK_MS = 30_000;
let skewMs = 0;

/** The time of the service, as far as its last answer tells. */
export const serviceNow = (): Date => new Date(Date.now() + skewMs);

/** Learns the distance from an answer. @param header its Date header (whole seconds) */
export function learnServiceTime(header: string | null, receivedAt: number = Date.now()): void {
  const at = header === null ? Number.NaN : Date.parse(header);
  if (Number.isNaN(at)) return;
  // The header has whole seconds: less than that is no difference, neither from the machine's clock nor from what is known already, so that
  // a running measurement does not jump with every answer.
  const distance = Math.abs(at - receivedAt) < 2_000 ? 0 : at - receivedAt;
  if (Math.abs(distance - skewMs) >= 2_000) skewMs = distance;
}

let shown = serviceNow();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    shown = serviceNow();
    for (const each of listeners) each();
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The current instant, refreshed every half minute. */
export const useNow = (): Date => useSyncExternalStore(subscribe, () => shown);
