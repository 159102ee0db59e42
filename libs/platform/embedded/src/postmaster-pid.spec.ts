import { describe, expect, it } from '@jest/globals';
import { parsePostmasterPid } from './postmaster-pid.js';
import { processIdentity, startTicks } from './process-identity.js';

describe('parsePostmasterPid', () => {
  it('reads a complete lock file', () => {
    expect(parsePostmasterPid('4711\n/data/pg\n1700000000\n5433\n\n127.0.0.1\n  123 456\nready   \n')).toEqual({ pid: 4711, dataDir: '/data/pg', port: 5433, ready: true });
  });
  it('reads one that is still being written, and a single-user server', () => {
    expect(parsePostmasterPid('4711\n/data/pg\n')).toEqual({ pid: 4711, dataDir: '/data/pg', port: null, ready: false });
    expect(parsePostmasterPid('-4711\n/data/pg\n1\n5433\n\n\n\nstarting\n')).toMatchObject({ pid: 4711, ready: false });
  });
  it.each(['', '\n', 'x\n/data', '0\n/data', '1.5\n'])('refuses %j', (text) => {
    expect(parsePostmasterPid(text)).toBeNull();
  });
});

describe('process identity', () => {
  it('finds the start time behind a name with spaces and brackets', () => {
    const rest = Array.from({ length: 30 }, (_, index) => String(index + 3)).slice(1).join(' ');
    expect(startTicks(`12 (a ) b) S ${rest}`)).toBe('22');
    expect(startTicks(`12 (zombie) Z ${rest}`)).toBeNull();
  });
  it('is stable for a live process and null for none', () => {
    expect(processIdentity(process.pid)).toBe(processIdentity(process.pid));
    expect(processIdentity(process.pid)).toContain(`${process.pid}@`);
    expect(processIdentity(2 ** 22 + 5)).toBeNull();
  });
});
