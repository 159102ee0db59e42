import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { delaySeconds, LOGIN_THROTTLE, networkOf, secondsToWait, type ThrottleCounter } from './login-throttle.js';

const now = new Date('2026-05-01T12:00:00Z');
const secondsAgo = (seconds: number) => new Date(now.getTime() - seconds * 1000);
const failed = (failures: number, ago = 0, lastSucceededAt: Date | null = null): ThrottleCounter => ({ failures, lastFailedAt: secondsAgo(ago), lastSucceededAt });
const none = { pair: null, network: null, account: null };

describe('login throttling', () => {
  it('lets the first failures pass and then doubles the wait up to the limit', () => {
    expect([0, 4, 5, 6, 7, 8, 12, 13, 14, 1000].map((n) => delaySeconds(n, 5, 300))).toEqual([0, 0, 1, 2, 4, 8, 128, 256, 300, 300]);
    expect(secondsToWait(none, now)).toBe(0);
    expect(secondsToWait({ ...none, pair: failed(4) }, now)).toBe(0);
    expect(secondsToWait({ ...none, pair: failed(8) }, now)).toBe(8);
  });

  it('lets the wait run out, whatever happened before', () => {
    expect(secondsToWait({ ...none, pair: failed(8, 7) }, now)).toBe(1);
    expect(secondsToWait({ ...none, pair: failed(8, 8) }, now)).toBe(0);
    expect(secondsToWait({ ...none, pair: failed(100_000, LOGIN_THROTTLE.longestPairDelaySeconds) }, now)).toBe(0);
  });

  it('never makes anybody wait who has not failed from their own network, however hard the account is attacked', () => {
    fc.assert(fc.property(fc.nat(1_000_000), fc.nat(86_400), (failures, ago) => {
      expect(secondsToWait({ ...none, account: failed(failures, ago) }, now)).toBe(0);
      expect(secondsToWait({ pair: { failures: 0, lastFailedAt: null, lastSucceededAt: secondsAgo(9) }, network: failed(failures, ago), account: failed(failures, ago) }, now)).toBe(0);
    }), { numRuns: 200 });
  });

  it('gives an unfamiliar network one try at an attacked account, and a familiar one all of them', () => {
    const account = failed(LOGIN_THROTTLE.attackThreshold);
    expect(secondsToWait({ ...none, pair: failed(1), account }, now)).toBe(1);
    expect(secondsToWait({ ...none, pair: failed(3), account }, now)).toBe(4);
    expect(secondsToWait({ ...none, pair: failed(3, 0, secondsAgo(86_400)), account }, now)).toBe(0);
  });

  it('slows a network that tries many accounts, and never for longer than its limit', () => {
    expect(secondsToWait({ ...none, network: failed(29) }, now)).toBe(0);
    expect(secondsToWait({ ...none, network: failed(33) }, now)).toBe(8);
    expect(secondsToWait({ ...none, network: failed(9_999) }, now)).toBe(LOGIN_THROTTLE.longestNetworkDelaySeconds);
  });

  it('never waits longer than the longest delay, for any history', () => {
    const counter = fc.option(fc.record({ failures: fc.nat(), lastFailedAt: fc.option(fc.nat(200_000).map(secondsAgo)), lastSucceededAt: fc.option(fc.nat(20_000_000).map(secondsAgo)) }));
    fc.assert(fc.property(counter, counter, counter, (pair, network, account) => {
      const wait = secondsToWait({ pair, network, account }, now);
      expect(wait).toBeGreaterThanOrEqual(0);
      expect(wait).toBeLessThanOrEqual(LOGIN_THROTTLE.longestPairDelaySeconds);
    }), { numRuns: 300 });
  });

  it('forgets after a day', () => {
    expect(secondsToWait({ ...none, pair: failed(8, LOGIN_THROTTLE.memoryHours * 3600) }, now)).toBe(0);
  });

  it('counts by network', () => {
    expect(networkOf('203.0.113.77')).toBe('203.0.113.0/24');
    expect(networkOf('::ffff:203.0.113.9')).toBe('203.0.113.0/24');
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('20010db8000100/56');
    expect(networkOf('2001:db8:1:ff::9')).toBe('20010db8000100/56');
    expect(networkOf('2001:db8:1:100::9')).toBe('20010db8000101/56');
    expect(networkOf('::1')).toBe('00000000000000/56');
    expect(networkOf('fe80::1%eth0')).toBe('fe800000000000/56');
  });
});
