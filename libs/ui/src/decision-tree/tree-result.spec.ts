import { describe, expect, it } from '@jest/globals';
import { arrange, branchGroups, countOfGaps, groupGaps, nextStage, type TreeGap, type TreeQuestion } from './tree-result.js';

const question = (id: string, onPath: boolean): TreeQuestion => ({ id, text: id, help: null, cite: null, answer: 'no', onPath, branches: [], facts: [], gaps: [] });
const gap = (code: string, domain: string | null, more: Partial<TreeGap> = {}): TreeGap => ({
  code, question: 'q3', fact: 'f', domain, requirement: null, requirements: [], need: null, message: code, action: { kind: 'none', href: null, subject: null }, ...more,
});

describe('the drawn tree', () => {
  it('draws questions in the order they were asked, and keeps those that were not asked', () => {
    const { asked, notAsked } = arrange({ questions: [question('a', true), question('b', false), question('c', true)], path: [{ question: 'c', answer: 'no' }, { question: 'a', answer: 'no' }] });
    expect(asked.map((q) => q.id)).toEqual(['c', 'a']);
    expect(notAsked.map((q) => q.id)).toEqual(['b']);
  });

  it('puts branches together where they lead to the same place, without the one that was followed', () => {
    const branches = [
      { answer: 'yes' as const, question: 'q2', stage: null, hardening: false }, { answer: 'no' as const, question: null, stage: 'pilot' as const, hardening: false },
      { answer: 'unknown' as const, question: null, stage: 'pilot' as const, hardening: false },
    ];
    expect(branchGroups(branches, 'yes')).toEqual([{ answers: ['no', 'unknown'], question: null, stage: 'pilot', hardening: false }]);
    expect(branchGroups(branches, 'no').map((group) => group.answers)).toEqual([['yes'], ['unknown']]);
    expect(branchGroups(branches.map((branch) => ({ ...branch, hardening: branch.answer === 'no' })), 'yes')).toHaveLength(2);
  });

  it('counts what a list of gaps asks for, not its lines', () => {
    expect(countOfGaps([gap('OWNER_MISSING', null), gap('DOMAIN_SHORT', 'd1', { need: 3, requirements: ['1', '2', '3', '4'] })])).toBe(4);
  });

  it('groups requirements of a domain and leaves other tasks alone', () => {
    const groups = groupGaps([gap('OWNER_MISSING', null), gap('REQUIREMENT_MISSING', 'd1'), gap('REQUIREMENT_MISSING', 'd2'), gap('REQUIREMENT_EXPIRED', 'd1'), gap('OWNER_MISSING', null)]);
    expect(groups.map((group) => group.gaps.length)).toEqual([1, 2, 1, 1]);
    expect(new Set(groups.map((group) => group.key)).size).toBe(4);
  });

  it('aims at Production from below, and at nothing from the top', () => {
    expect([nextStage('experiment'), nextStage('pilot'), nextStage('production'), nextStage('scaled')]).toEqual(['production', 'production', 'scaled', null]);
  });
});
