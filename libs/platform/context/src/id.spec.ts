import { describe, expect, it } from '@jest/globals';
import { isId, newId } from './id.js';

describe('newId', () => {
  const at = new Date('2026-06-01T09:00:00.000Z');

  it('gives ids that sort by their instant, and by their order within a millisecond', () => {
    const ids = [at, at, at, new Date(at.getTime() + 1), new Date(at.getTime() + 1)].flatMap((instant) => Array.from({ length: 1000 }, () => newId(instant)));
    expect([...ids].sort()).toEqual(ids);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every(isId)).toBe(true);
  });

  it('carries the instant', () => {
    expect(Number.parseInt(newId(at).replace('-', '').slice(0, 12), 16)).toBe(at.getTime());
  });

  it('sorts by order without an instant, too', () => {
    const ids = Array.from({ length: 1000 }, () => newId());
    expect([...ids].sort()).toEqual(ids);
  });
});
