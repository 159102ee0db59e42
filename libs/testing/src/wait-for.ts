import { setTimeout as sleep } from 'node:timers/promises';

export interface WaitOptions {
  /** Milliseconds; default 10,000. */
  readonly timeout?: number;
  /** Milliseconds between tries; default 25. */
  readonly interval?: number;
  /** Said in the error: what was waited for. */
  readonly what?: string;
}

/**
 * Waits until the condition returns something truthy, and returns that.
 * @throws when the time is over, naming what was waited for and the last error or value of the condition
 */
export async function waitFor<T>(condition: () => T | Promise<T>, options: WaitOptions = {}): Promise<NonNullable<T>> {
  const { timeout = 10_000, interval = 25, what = 'the condition' } = options;
  const deadline = performance.now() + timeout;
  let last: unknown;
  for (;;) {
    try {
      const value = await condition();
      if (value) return value;
      last = value;
    } catch (error) {
      last = error;
    }
    if (performance.now() > deadline) {
      throw new Error(`Waited ${timeout} ms for ${what}; last: ${last instanceof Error ? last.message : JSON.stringify(last)}`, { cause: last });
    }
    await sleep(interval);
  }
}
