import { describe, expect, it } from '@jest/globals';
import { answerFaults, blockingRequirements, templateDigest, templateFrom, type TemplateEdition } from './review-template.js';

const edition: TemplateEdition = {
  id: 'made-up-1', title: 'Made up',
  domains: [
    { id: 'A', name: 'Alpha', summary: '', criteria: [{ id: 'A.1', key: 'made-up-1/A.1', title: 'First', wordingVerified: true, facets: [] },
      { id: 'A.2', key: 'made-up-1/A.2', title: 'Second', wordingVerified: false, facets: [{ id: 'A.2.part' }] }] },
    { id: 'B', name: 'Beta', summary: '', criteria: [{ id: 'B.1', key: 'made-up-1/B.1', title: 'Third', wordingVerified: true, facets: [] }] },
  ],
  freezeDomains: ['A'], toolBlockingDomains: [],
};
const template = templateFrom(edition);
const yes = template.questions.map(({ id }) => ({ questionId: id, answer: 'yes' as const }));

describe('review templates', () => {
  it('ask the general questions and one per domain of the edition, however many it has', () => {
    expect(template.questions.map(({ id }) => id)).toEqual(['general.purpose', 'general.owners', 'general.incidents', 'general.concentration', 'A', 'B']);
    expect(template.questions.at(-2)).toEqual({
      id: 'A', domainId: 'A', domainName: 'Alpha', text: 'A Alpha: do the controls still work as the evidence says?',
      prompts: [{ text: 'First', wordingVerified: true }, { text: 'Second', wordingVerified: false }],
    });
  });

  it('know which requirements block, from the edition alone', () => {
    expect([...blockingRequirements(edition)]).toEqual(['made-up-1/A.1', 'made-up-1/A.2', 'made-up-1/A.2.part']);
    expect([...blockingRequirements({ ...edition, freezeDomains: [], toolBlockingDomains: ['B'] })]).toEqual(['made-up-1/B.1']);
  });

  it('have a digest that changes with the content alone', () => {
    expect(templateDigest(templateFrom({ ...edition, title: 'Renamed' }))).toBe(templateDigest(template));
    expect(templateDigest(templateFrom({ ...edition, domains: edition.domains.slice(1) }))).not.toBe(templateDigest(template));
  });

  it('accept one answer per question, with a comment where it is not a yes', () => {
    expect(answerFaults(template, yes)).toEqual([]);
    expect(answerFaults(template, [...yes.slice(0, -1), { questionId: 'B', answer: 'no', comment: 'Drift alert was off' }])).toEqual([]);
    expect(answerFaults(template, [...yes.slice(0, -2), { questionId: 'A', answer: 'unknown', comment: ' ' }, { questionId: 'Z', answer: 'yes' }, ...yes.slice(0, 1)])).toEqual([
      { questionId: 'A', fault: 'comment_missing', index: 4 },
      { questionId: 'Z', fault: 'unknown_question', index: 5 },
      { questionId: 'general.purpose', fault: 'repeated', index: 6 },
      { questionId: 'B', fault: 'missing', index: null },
    ]);
    expect(answerFaults(template, [])).toHaveLength(6);
  });
});
