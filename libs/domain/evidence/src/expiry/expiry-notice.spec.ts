import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { dueNotice, firstNoticeAt, nextNoticeAfter, type ExpiryNotice } from './expiry-notice.js';

const EXPIRES = new Date('2026-06-30T12:00:00.000Z');
const WARN = [30, 14, 7, 1];
const before = (days: number, milliseconds = 0): Date => new Date(EXPIRES.getTime() - days * 86_400_000 + milliseconds);

describe('expiry notices', () => {
  it('are due at 30, 14, 7 and 1 days and at the expiry, to the millisecond', () => {
    expect(dueNotice(EXPIRES, WARN, before(30, -1))).toBeNull();
    expect(dueNotice(EXPIRES, WARN, before(30))).toEqual({ kind: 'expiring', days: 30 });
    expect(dueNotice(EXPIRES, WARN, before(14, -1))).toEqual({ kind: 'expiring', days: 30 });
    expect(dueNotice(EXPIRES, WARN, before(3))).toEqual({ kind: 'expiring', days: 7 });
    expect(dueNotice(EXPIRES, WARN, before(0, -1))).toEqual({ kind: 'expiring', days: 1 });
    expect(dueNotice(EXPIRES, WARN, EXPIRES)).toEqual({ kind: 'expired' });
  });

  it('start at once for what is accepted late, and never for what does not expire', () => {
    expect(firstNoticeAt(null, WARN, EXPIRES)).toBeNull();
    expect(firstNoticeAt(EXPIRES, WARN, before(100))).toEqual(before(30));
    expect(firstNoticeAt(EXPIRES, WARN, before(20))).toEqual(before(20));
    expect(firstNoticeAt(EXPIRES, WARN, before(-5))).toEqual(before(-5));
    expect(firstNoticeAt(EXPIRES, [], before(20))).toEqual(EXPIRES);
  });

  it('say each thing at most once and always end with the expiry, however late and irregular the sweep is', () => {
    const days = fc.uniqueArray(fc.integer({ min: 1, max: 365 }), { maxLength: 6 });
    fc.assert(fc.property(days, fc.integer({ min: -10, max: 400 }), fc.array(fc.integer({ min: 0, max: 60 }), { minLength: 1, maxLength: 40 }), (warn, start, delays) => {
      const said: ExpiryNotice[] = [];
      let at = firstNoticeAt(EXPIRES, warn, before(start));
      for (let round = 0; at !== null; round += 1) {
        const now = new Date(at.getTime() + (delays[round % delays.length] ?? 0) * 86_400_000);
        const notice = dueNotice(EXPIRES, warn, now);
        expect(notice).not.toBeNull();
        if (notice) said.push(notice);
        at = nextNoticeAfter(EXPIRES, warn, now);
        expect(at === null || at.getTime() > now.getTime()).toBe(true);
      }
      expect(said.at(-1)).toEqual({ kind: 'expired' });
      const warned = said.flatMap((n) => (n.kind === 'expiring' ? [n.days] : []));
      expect(said.filter((n) => n.kind === 'expired')).toHaveLength(1);
      expect(warned).toEqual([...new Set(warned)].sort((a, b) => b - a));
    }), { numRuns: 300, seed: 11 });
  });
});
