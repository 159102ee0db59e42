import { describe, expect, it } from '@jest/globals';
import { deriveFacts } from '../fact/derive-facts.js';
import { coverageOf, productionInput, smallFactPolicy, statement } from '../fact/fact-input.builder.js';
import { evaluateFreeze } from '../freeze/freeze.js';
import { evaluateTree } from '../tree/evaluate-tree.js';
import { TreeRegistry } from '../tree/tree-registry.js';
import { buildTrace, packTrace, traceDigest, unpackTrace } from './trace.js';

const tree = new TreeRegistry().current();
const NOW = new Date('2026-05-10T00:00:00.000Z');
function traceOf(change: Parameters<typeof productionInput>[0], now = NOW) {
  const input = productionInput(change);
  const coverage = input.coverageAt(now);
  const evaluation = evaluateTree(tree, deriveFacts(tree, input, smallFactPolicy, now, coverage));
  return { evaluation, trace: buildTrace(evaluation, evaluateFreeze(evaluation, input, smallFactPolicy, coverage), null, input) };
}
const digest = (change: Parameters<typeof productionInput>[0], now = NOW): string => {
  const { evaluation, trace } = traceOf(change, now);
  return traceDigest({ stage: evaluation.stage, hardening: evaluation.hardening, undetermined: evaluation.undetermined, frozen: trace.freeze.active }, tree.digest, 'policy', JSON.stringify(packTrace(trace)));
};
const bare = { tier: null, owners: [], drills: {}, statements: { handlesPii: statement('yes') }, coverageAt: coverageOf({ 'small-1/data.1': 'submitted', 'small-1/people.1': 'satisfied' }) };

describe('the stored trace', () => {
  it('keeps every gap, in fewer lines', () => {
    const { trace } = traceOf(bare);
    const stored: unknown = JSON.parse(JSON.stringify(packTrace(trace)));
    expect(unpackTrace(stored as ReturnType<typeof packTrace>)).toEqual(trace);
    expect(trace.gaps.filter((g) => g.code === 'REQUIREMENT_MISSING')).toHaveLength(5);
    expect(packTrace(trace).gaps.length).toBeLessThan(trace.gaps.length);
    expect(trace.freeze.gaps.length).toBeGreaterThan(0);
  });

  it('lists gaps only for questions that matter to the outcome', () => {
    expect(traceOf({ ...bare, statements: { processesRealData: statement('no') } }).trace.gaps.map((g) => g.question)).toEqual(['q1']);
    expect(new Set(traceOf(bare).trace.gaps.map((g) => g.question))).toEqual(new Set(['q2', 'q3']));
  });

  it('has the same digest as long as it says the same, whatever the time', () => {
    expect(digest({})).toBe(digest({}, new Date('2026-05-11T00:00:00.000Z')));
    const later = coverageOf({ 'small-1/data.1': 'satisfied', 'small-1/watch.1': { satisfiedUntil: '2026-07-01T00:00:00.000Z' }, 'small-1/people.1': 'satisfied' });
    const much = coverageOf({ 'small-1/data.1': 'satisfied', 'small-1/watch.1': { satisfiedUntil: '2026-09-01T00:00:00.000Z' }, 'small-1/people.1': 'satisfied' });
    expect(digest({ coverageAt: later })).toBe(digest({ coverageAt: much }));
    const different = [{}, { tier: 'medium' as const }, { owners: [] }, { statements: { handlesPii: statement('yes') } }, { statements: { processesRealData: { ...statement('yes'), provenance: 'attested' as const } } }].map((c) => digest(c));
    expect(new Set(different).size).toBe(different.length);
  });
});
