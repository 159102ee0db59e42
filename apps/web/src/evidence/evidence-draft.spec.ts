import { describe, expect, it } from '@jest/globals';
import { kindOfFile, linksOf, titleOfFile } from './evidence-draft.js';

describe('a draft of evidence', () => {
  it('links every workload with every criterion, or the workloads alone', () => {
    expect(linksOf({ workloads: ['A', 'B'], criteria: ['e/1', 'e/2'] })).toEqual([{ workload: 'A', criterion: 'e/1' }, { workload: 'A', criterion: 'e/2' }, { workload: 'B', criterion: 'e/1' }, { workload: 'B', criterion: 'e/2' }]);
    expect(linksOf({ workloads: ['A'], criteria: [] })).toEqual([{ workload: 'A', criterion: null }]);
    expect(linksOf({ workloads: [], criteria: ['e/1'] })).toEqual([]);
  });

  it.each([['pen_test_2026.pdf', 'pen test 2026'], ['v1.2 notes', 'v1.2 notes'], ['.env', '.env'], ['a.tar.zip', 'a.tar']])('calls %s %s', (name, title) => {
    expect(titleOfFile(name)).toBe(title);
  });

  it.each([['image/png', 'screenshot'], ['application/json', 'test_run'], ['application/sarif+json', 'test_run'], ['text/xml', 'test_run'], ['application/vnd.openxmlformats-officedocument.wordprocessingml.document', 'document'], ['', 'document']])('takes %s for %s', (type, kind) => {
    expect(kindOfFile({ type })).toBe(kind);
  });
});
