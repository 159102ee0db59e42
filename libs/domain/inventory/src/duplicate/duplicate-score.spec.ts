import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { duplicateScore, LIKELY_DUPLICATE, textSimilarity, type DuplicateCandidate } from './duplicate-score.js';

const candidate = (over: Partial<DuplicateCandidate> = {}): DuplicateCandidate => ({ name: 'Support bot', team: 'Care', purpose: 'Answers questions about orders', repositories: [], interfaces: [], models: [], ...over });
const other = candidate({ name: 'Invoice reader', team: 'Finance', purpose: 'Reads invoices' });

describe('duplicateScore', () => {
  it('finds nothing between different workloads', () => expect(duplicateScore(candidate(), other)).toEqual({ score: 0, reasons: [] }));

  it('takes the same name in the same team for the same workload', () => {
    expect(duplicateScore(candidate(), candidate({ team: ' care ' }))).toEqual({ score: 0.9, reasons: ['similar_name_in_team'] });
  });

  it('does not take a similar name alone for enough when the team differs', () => {
    const { score, reasons } = duplicateScore(candidate(), candidate({ team: 'Sales' }));
    expect(reasons).toEqual(['similar_name']);
    expect(score).toBeLessThan(LIKELY_DUPLICATE);
    expect(duplicateScore(candidate({ team: null }), candidate({ team: null })).reasons).toEqual(['similar_name']);
  });

  it('takes the same repository or endpoint for a likely duplicate', () => {
    expect(duplicateScore(candidate({ repositories: ['git.example.com/a'] }), { ...other, repositories: ['git.example.com/b', 'git.example.com/a'] })).toEqual({ score: 0.7, reasons: ['same_repository'] });
    expect(duplicateScore(candidate({ interfaces: ['api.example.com/v1'] }), { ...other, interfaces: ['api.example.com/v1'] }).reasons).toEqual(['same_interface']);
  });

  it('takes the same model for the same purpose for a likely duplicate, the same model alone for nothing', () => {
    const model = ['openai gpt-5 2026-01'];
    expect(duplicateScore(candidate({ models: model }), { ...other, models: model })).toEqual({ score: 0, reasons: [] });
    expect(duplicateScore(candidate({ models: model }), { ...other, models: model, purpose: 'Answers questions about the orders' })).toEqual({ score: 0.6, reasons: ['same_model_and_purpose'] });
  });

  it('adds up reasons without ever being certain', () => {
    const both = duplicateScore(candidate({ repositories: ['r'] }), candidate({ repositories: ['r'] }));
    expect(both).toEqual({ score: 0.97, reasons: ['similar_name_in_team', 'same_repository'] });
  });

  it('is symmetric and stays between 0 and 1', () => {
    const words = fc.array(fc.constantFrom('support', 'bot', 'invoice', 'reader', 'eu'), { maxLength: 4 }).map((parts) => parts.join(' '));
    const any = fc.record({ name: words, team: fc.constantFrom(null, 'Care', 'Sales'), purpose: fc.option(words, { nil: null }), repositories: fc.subarray(['a', 'b']), interfaces: fc.subarray(['c', 'd']), models: fc.subarray(['e']) });
    fc.assert(fc.property(any, any, (a, b) => {
      const forth = duplicateScore(a, b);
      expect(duplicateScore(b, a).score).toBe(forth.score);
      expect(forth.score).toBeGreaterThanOrEqual(0);
      expect(forth.score).toBeLessThanOrEqual(1);
    }), { numRuns: 200 });
  });
});

describe('textSimilarity', () => {
  it.each([['word', 'two words', 4 / 11], ['Support Bot', 'support  bot', 1], ['abc', 'xyz', 0], ['', '', 0], ['顧客', '顧客', 1], ['…', '…', 1]])('of %s and %s', (a, b, expected) => {
    expect(textSimilarity(a, b)).toBeCloseTo(expected, 10);
  });
});
