import { describe, expect, it } from '@jest/globals';
import { RISK_TIERS, STAGES } from '@roster/contracts';
import { editDistance, nearestWord } from './nearest-word.js';

describe('did you mean', () => {
  it.each([['Prod', 'production'], ['pilott', 'pilot'], ['scalled', 'scaled'], ['experimnet', 'experiment'], ['zzz', null], ['p', null]])('%s -> %s', (word, expected) => {
    expect(nearestWord(word, STAGES)).toBe(expected);
  });
  it.each([['Hihg', 'high'], ['crit', 'critical'], ['medium risk', 'medium'], ['7', null], ['', null]])('%s -> %s', (word, expected) => {
    expect(nearestWord(word, RISK_TIERS)).toBe(expected);
  });
  it('counts edits up to its limit', () => {
    expect([editDistance('abc', 'abc', 2), editDistance('abc', 'acb', 2), editDistance('abc', 'ab', 2), editDistance('abc', 'xyz', 2), editDistance('a', 'abcdef', 2)]).toEqual([0, 1, 1, 3, 3]);
  });
});
