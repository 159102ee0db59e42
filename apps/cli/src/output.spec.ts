import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { table } from './output.js';

describe('table', () => {
  it('aligns columns and shows empty cells as a dash', () => {
    expect(table(['Key', 'Stage'], [['SUPPORT-BOT', 'pilot'], ['A', null]])).toBe('Key          Stage\nSUPPORT-BOT  pilot\nA            -');
  });

  it('wraps long text at words instead of cutting it', () => {
    const long = Array.from({ length: 30 }, (_unused, n) => `word${n}`).join(' ');
    const lines = table(['Column', 'N'], [[long, 7]]).split('\n');
    expect(lines.every((line) => line.length <= 60)).toBe(true);
    expect(lines[1]).toMatch(/ 7$/);
  });

  it('loses no word, whatever the cells hold', () => {
    const word = fc.stringMatching(/^[a-z]{1,80}$/);
    fc.assert(fc.property(fc.array(fc.array(word, { minLength: 1, maxLength: 30 }), { minLength: 1, maxLength: 5 }), (rows) => {
      const shown = table(['Words'], rows.map((words) => [words.join(' ')])).split(/\s+/);
      expect(shown).toEqual(['Words', ...rows.flat()]);
    }), { numRuns: 100 });
  });
});
