/**
 * Runs what can wait when the browser has nothing to do for a person.
 * @param latestMs after so many milliseconds it runs anyway; also how long it waits in a browser that does not tell when it is idle
 * @returns takes it back
 */
export function whenIdle(run: () => void, latestMs: number): () => void {
  if (!('requestIdleCallback' in globalThis)) {
    const timer = setTimeout(run, latestMs);
    return () => clearTimeout(timer);
  }
  const idle = requestIdleCallback(run, { timeout: latestMs });
  return () => cancelIdleCallback(idle);
}
