import type { Page, Request } from 'playwright-core';
import { waitFor } from '@roster/testing';

/** What a page asked for and did not get yet. Streams of events are open for as long as the page is, and are none of it. */
interface Traffic { readonly open: Set<Request>; started: number }

const traffic = new WeakMap<Page, Traffic>();

/** Follows what a page asks for, from its first request on: `settled` needs it. */
export function watchTraffic(page: Page): void {
  const seen: Traffic = { open: new Set(), started: 0 };
  traffic.set(page, seen);
  page.on('request', (request) => {
    if (request.resourceType() === 'eventsource') return;
    // A new document: nobody waits for what the one before it asked for.
    if (request.isNavigationRequest() && request.frame() === page.mainFrame()) seen.open.clear();
    seen.open.add(request);
    seen.started += 1;
  });
  const close = (request: Request): void => { seen.open.delete(request); };
  page.on('requestfinished', close);
  page.on('requestfailed', close);
}

/** Runs in the page, after it has drawn what it has: what it still says it waits for. The gallery shows waiting shapes for their own sake. */
const look = async (): Promise<string | null> => {
  await document.fonts.ready;
  await new Promise((resolve) => { requestAnimationFrame(() => requestAnimationFrame(resolve)); });
  await new Promise((resolve) => { requestIdleCallback(resolve, { timeout: 2_000 }); });
  if (document.readyState !== 'complete') return 'the document';
  if (location.pathname !== '/gallery' && document.querySelector('[data-waiting], [data-placeholder], [aria-busy="true"]') !== null) return 'a shape or list that is on its way';
  return [...document.images].some((image) => image.loading !== 'lazy' && !image.complete) ? 'an image' : null;
};

/**
 * Waits until a page is at rest: it has got everything it asked for, has drawn it, and asked for nothing more upon it. Until then what is on
 * the page moves, is replaced, or does not hear a key yet.
 * @throws Error after 20 seconds, naming what is still on its way
 */
export async function settled(page: Page): Promise<void> {
  const seen = traffic.get(page);
  if (seen === undefined) throw new Error('Only pages of `openWindow` are followed');
  let quiet = 0;
  let waitsFor: string | null = null;
  await waitFor(async () => {
    const before = seen.started;
    waitsFor = seen.open.size > 0 ? [...seen.open].map((request) => request.url()).join(', ') : await page.evaluate(look);
    quiet = waitsFor === null && seen.open.size === 0 && seen.started === before ? quiet + 1 : 0;
    return quiet === 2;
  }, { timeout: 20_000, interval: 30, what: 'the page to be at rest' }).catch((error: unknown) => { throw new Error(`${page.url()} waits for ${waitsFor ?? 'nothing, yet goes on asking'}`, { cause: error }); });
}
