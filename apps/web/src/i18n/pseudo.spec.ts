import { describe, expect, it } from '@jest/globals';
import { markText, stretch } from './pseudo.js';

describe('the pseudo language', () => {
  it('marks every letter and leaves tags', () => {
    expect(markText('Open <0>Home</0>')).toBe('Ǿƥḗƞ <0>Ħǿḿḗ</0>');
  });

  it('is a third longer, in words that break, between brackets that show what is cut off', () => {
    expect(stretch('Import')).toBe('[Import ~~]');
    expect(stretch('Nothing is written before you have seen what it becomes.')).toBe('[Nothing is written before you have seen what it becomes. ~~~~~~~~ ~~~~~~~~ ~~~]');
  });

  it('does not count tags and placeholders', () => {
    expect(stretch('<0>{count}</0> rows')).toBe('[<0>{count}</0> rows ~~]');
  });
});
