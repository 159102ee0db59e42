import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CHANGE_AREAS, changesSince, statementFault, type ChangeRecord } from './change-record.js';

const since = new Date('2026-01-10T08:00:00Z');
const change: ChangeRecord = { at: '2026-02-01T10:00:00.000Z', area: 'fact', subject: 'handlesPii', from: 'unknown', to: 'yes', by: 'Ann' };
const quiet = changesSince('w1', since, 'r0', []);
const busy = changesSince('w1', since, 'r0', [change]);

describe('what changed since the last review', () => {
  it('is named by a digest that depends on the content and not on the order', () => {
    const anyChange = fc.record({
      at: fc.date({ min: since, max: new Date('2027-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
      area: fc.constantFrom(...CHANGE_AREAS), subject: fc.string(), from: fc.option(fc.string()), to: fc.option(fc.string()), by: fc.option(fc.string()),
    });
    fc.assert(fc.property(fc.array(anyChange, { maxLength: 8 }), fc.infiniteStream(fc.nat()), (changes, order) => {
      const shuffled = changes.map((item) => ({ item, at: order.next().value as number })).sort((a, b) => a.at - b.at).map(({ item }) => item);
      const one = changesSince('w1', since, null, changes);
      // Records that differ only in who did it keep the order they were found in.
      fc.pre(new Set(changes.map(({ at, area, subject, from, to }) => JSON.stringify([at, area, subject, from ?? '', to ?? '']))).size === changes.length);
      expect(changesSince('w1', since, null, shuffled)).toEqual(one);
      expect(changesSince('w1', since, null, [...changes, { ...change, subject: 'one more' }]).digest).not.toBe(one.digest);
    }), { numRuns: 60 });
  });

  it('has another digest for another workload, another start and another review', () => {
    const digests = [quiet, busy, changesSince('w2', since, 'r0', []), changesSince('w1', new Date(since.getTime() + 1), 'r0', []), changesSince('w1', since, null, [])];
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(5);
    expect(quiet.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  it.each([
    ['naming one thing', { changes: ['New model version'] }, busy, null],
    ['naming one thing although the record is quiet', { changes: ['New team lead'] }, quiet, null],
    ['affirming a quiet record by its digest', { nothingChangedSince: quiet.digest }, quiet, null],
    ['affirming although the record shows a change', { nothingChangedSince: busy.digest }, busy, 'record_differs'],
    ['affirming what was read before something else happened', { nothingChangedSince: 'sha256:00' }, quiet, 'digest_stale'],
    ['saying nothing', {}, quiet, 'missing'],
    ['saying nothing in a list', { changes: [] }, busy, 'missing'],
    ['saying both', { changes: ['New model'], nothingChangedSince: quiet.digest }, quiet, 'both'],
    ['naming a blank', { changes: ['  '] }, busy, 'blank'],
    ['naming something and a blank', { changes: ['New model', ' . '] }, busy, 'blank'],
  ])('%s', (_, statement, current, fault) => {
    expect(statementFault(statement, current)).toBe(fault);
  });
});
