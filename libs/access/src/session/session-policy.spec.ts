import { describe, expect, it } from '@jest/globals';
import { sessionEndsAt, sessionIsAlive, sessionNeedsTouch } from './session-policy.js';

const now = new Date('2026-05-01T12:00:00Z');
const minutesAgo = (minutes: number) => new Date(now.getTime() - minutes * 60_000);
const alive = {
  lastSeenAt: minutesAgo(29.9), absoluteExpiresAt: new Date(now.getTime() + 1), revokedAt: null, credentialVersion: 2, currentCredentialVersion: 2, memberStatus: 'active',
};

describe('session policy', () => {
  it('keeps a session that is fresh in every respect', () => { expect(sessionIsAlive(alive, now)).toBe(true); });

  it.each([
    ['idle for 30 minutes', { lastSeenAt: minutesAgo(30) }],
    ['past its absolute end', { absoluteExpiresAt: now }],
    ['revoked', { revokedAt: minutesAgo(1) }],
    ['older than the password', { currentCredentialVersion: 3 }],
    ['of a deactivated member', { memberStatus: 'deactivated' }],
  ])('ends a session %s', (_, change) => { expect(sessionIsAlive({ ...alive, ...change }, now)).toBe(false); });

  it('ends after twelve hours and is touched once a minute', () => {
    expect(sessionEndsAt(now).toISOString()).toBe('2026-05-02T00:00:00.000Z');
    expect([0.5, 0.99, 1, 5].map((minutes) => sessionNeedsTouch(minutesAgo(minutes), now))).toEqual([false, false, true, true]);
  });
});
