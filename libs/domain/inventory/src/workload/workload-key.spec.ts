import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { keyFromName, MAX_KEY_LENGTH, nextFreeKey, refuseKey } from './workload-key.js';

describe('key of a workload', () => {
  it.each([
    ['Support bot', 'SUPPORT-BOT'], ['  Support   bot (EU) ', 'SUPPORT-BOT-EU'], ['Straßen-Prüfer', 'STRASSEN-PRUFER'], ['Ærø søk', 'AERO-SOK'], ['R&D helper', 'R-AND-D-HELPER'],
    ['顧客対応', 'WORKLOAD'], ['…', 'WORKLOAD'], ['ﬁnance №1', 'FINANCE-NO1'],
    ['A very long name that goes on and on and on without any end', 'A-VERY-LONG-NAME-THAT-GOES-ON-AND-ON-AND'],
    ['X'.repeat(80), 'X'.repeat(40)],
    ['0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b', 'W-0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B'],
  ])('%s gives %s', (name, key) => expect(keyFromName(name)).toBe(key));

  it('counts up past every key that was ever used', () => {
    expect(nextFreeKey('BOT', new Set())).toBe('BOT');
    expect(nextFreeKey('BOT', new Set(['BOT']))).toBe('BOT-2');
    expect(nextFreeKey('BOT', new Set(['BOT', 'BOT-2', 'BOT-4']))).toBe('BOT-3');
  });

  it('is valid and free whatever the name and whatever is taken', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 90 }), fc.integer({ min: 0, max: 30 }), (name, used) => {
      const taken = new Set<string>();
      for (let n = 0; n < used; n += 1) taken.add(nextFreeKey(keyFromName(name), taken));
      const key = nextFreeKey(keyFromName(name), taken);
      expect(taken.size).toBe(used);
      expect(taken.has(key)).toBe(false);
      expect(key.length).toBeLessThanOrEqual(MAX_KEY_LENGTH);
      expect(refuseKey(key)).toBeNull();
    }), { numRuns: 300 });
  });

  it.each([['support-bot', 'capital'], ['A--B', 'capital'], ['-A', 'capital'], ['A_B', 'capital'], ['', 'capital'], ['A'.repeat(61), 'at most 60'], ['0190A1B2-C3D4-7E5F-8A9B-0C1D2E3F4A5B', 'form of an id']])(
    'refuses %s and says what was expected', (key, why) => expect(refuseKey(key)).toContain(why));
});
