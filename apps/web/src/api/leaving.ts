import type { RosterClient } from '@roster/api-client';

let held = 0;
const ask = (event: BeforeUnloadEvent): void => event.preventDefault();

/** Makes the browser ask before the page is left, until what is returned is called. */
export function holdPage(): () => void {
  let holding = true;
  held += 1;
  // Only while it is needed: a page with such a listener is not kept for going back.
  if (held === 1) globalThis.addEventListener('beforeunload', ask);
  return () => {
    if (!holding) return;
    holding = false;
    held -= 1;
    if (held === 0) globalThis.removeEventListener('beforeunload', ask);
  };
}

/** Holds the page while a write of this client is under way. */
export function holdDuringWrites(client: Pick<RosterClient, 'use'>): void {
  const releases = new Map<string, () => void>();
  const release = (id: string): void => {
    releases.get(id)?.();
    releases.delete(id);
  };
  client.use({
    onRequest: ({ request, id }) => { if (request.method !== 'GET' && request.method !== 'HEAD') releases.set(id, holdPage()); },
    onResponse: ({ id }) => release(id),
    onError: ({ id }) => release(id),
  });
}

/**
 * For a write that is sent although the page is left right afterwards, such as a decision that the page has moved on from. The browser allows
 * 64 KiB of such bodies at a time: for short ones only.
 */
export const OUTLIVES_PAGE = { keepalive: true } as const;
