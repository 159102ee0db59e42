import { useSyncExternalStore } from 'react';

export type Connection = 'live' | 'connecting' | 'lost';

/** Every open stream says how it is; the frame shows the worst. */
const streams = new Map<symbol, Connection>();
const listeners = new Set<() => void>();
let worst: Connection = 'live';

function settle(): void {
  const states = [...streams.values()];
  const next: Connection = states.includes('lost') ? 'lost' : states.includes('connecting') ? 'connecting' : 'live';
  if (next === worst) return;
  worst = next;
  for (const listener of listeners) listener();
}

/** Tells how a stream is. @param state null when the stream is no longer wanted */
export function reportStream(stream: symbol, state: Connection | null): void {
  if (state === null) streams.delete(stream);
  else streams.set(stream, state);
  settle();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

/** How the live connection of the page is: shown in the frame when it is lost. */
export const useConnection = (): Connection => useSyncExternalStore(subscribe, () => worst);
