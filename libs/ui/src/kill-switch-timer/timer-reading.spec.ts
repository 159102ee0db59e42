import { describe, expect, it } from '@jest/globals';
import { readTimer } from './timer-reading.js';

describe('reading the timer', () => {
  it.each([[0, '00:00'], [999, '00:00'], [61_400, '01:01'], [300_000, '05:00'], [3_725_000, '1:02:05'], [-5_000, '00:00']])('%i ms is %s', (elapsed, digits) => expect(readTimer(elapsed, 300).digits).toBe(digits));

  it('counts the limit itself as within', () => expect([readTimer(300_000, 300).over, readTimer(300_001, 300).over]).toEqual([false, true]));

  it('keeps the mark on the track however long it takes', () => {
    expect(readTimer(0, 300)).toMatchObject({ filled: 0, mark: 0.8 });
    expect(readTimer(600_000, 300)).toMatchObject({ filled: 1, mark: 0.5 });
  });
});
