import { describe, expect, it } from '@jest/globals';
import { FakeClock } from './fake-clock.js';

describe('FakeClock', () => {
  it('stands still until it is moved', () => {
    const clock = new FakeClock('2026-03-01T00:00:00Z');
    expect(clock.now()).toEqual(clock.now());
    expect(clock.advance({ days: 1, minutes: 1 }).toISOString()).toBe('2026-03-02T00:01:00.000Z');
    expect(clock.set('2020-02-29T12:00:00Z').toISOString()).toBe('2020-02-29T12:00:00.000Z');
  });
  it('refuses what is not an instant', () => {
    expect(() => new FakeClock('yesterday')).toThrow('Not an instant: yesterday');
  });
});
