import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { whenIdle } from './when-idle.js';

/** A browser that tells when it is idle: whenever the test says so. */
function idleBrowser() {
  const waiting = new Map<number, { readonly run: () => void; readonly timeout: number | undefined }>();
  Object.assign(globalThis, {
    requestIdleCallback: (run: () => void, options?: { timeout: number }) => { waiting.set(waiting.size + 1, { run, timeout: options?.timeout }); return waiting.size; },
    cancelIdleCallback: (handle: number) => { waiting.delete(handle); },
  });
  return waiting;
}

describe('what can wait until the browser is idle', () => {
  beforeEach(() => { jest.useFakeTimers(); });
  afterEach(() => {
    jest.useRealTimers();
    Reflect.deleteProperty(globalThis, 'requestIdleCallback');
    Reflect.deleteProperty(globalThis, 'cancelIdleCallback');
  });

  it('runs when the browser has nothing to do, at the latest after the time given', () => {
    const waiting = idleBrowser();
    const run = jest.fn();
    whenIdle(run, 500);
    expect([...waiting.values()].map(({ timeout }) => timeout)).toEqual([500]);
    expect(run).not.toHaveBeenCalled();
    waiting.forEach((wait) => wait.run());
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('waits the time given in a browser that does not tell', () => {
    const run = jest.fn();
    whenIdle(run, 500);
    jest.advanceTimersByTime(499);
    expect(run).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(run).toHaveBeenCalledTimes(1);
  });

  it('is taken back in either', () => {
    const run = jest.fn();
    whenIdle(run, 500)();
    jest.advanceTimersByTime(1_000);
    const waiting = idleBrowser();
    whenIdle(run, 500)();
    expect(waiting.size).toBe(0);
    expect(run).not.toHaveBeenCalled();
  });
});
