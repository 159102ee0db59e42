import { randomInt } from 'node:crypto';
import { v7, validate } from 'uuid';

const latest = { msecs: Number.NaN, seq: 0 };

/**
 * A new UUIDv7: ids sort by creation time, those of one process and one millisecond by their order (RFC 9562, 6.2, method 1: a counter with a random start).
 * @param at the creation instant; the machine's now by default
 */
export function newId(at?: Date): string {
  if (!at) return v7();
  const msecs = at.getTime();
  latest.seq = msecs === latest.msecs ? latest.seq + 1 : randomInt(2 ** 31);
  latest.msecs = msecs;
  return v7({ msecs, seq: latest.seq });
}
export const isId = (value: unknown): value is string => typeof value === 'string' && validate(value);
