import { describe, expect, it } from '@jest/globals';
import { coverageOf, productionInput } from '../fact/fact-input.builder.js';
import { TreeRegistry } from '../tree/tree-registry.js';
import { readSupposition, suppose, type Supposition } from './supposition.js';

const tree = new TreeRegistry().current();
const KEYS = new Set(['small-1/data.1', 'small-1/watch.1']);
const NOW = new Date('2026-05-10T00:00:00.000Z');
function read(given: Record<string, unknown>): Supposition {
  const result = readSupposition(given, tree, KEYS);
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
}

describe('a supposition', () => {
  it('sorts statements, tier, facts of the tree and requirements to where they apply', () => {
    const found = read({ processesRealData: 'no', handlesPii: 'unknown', riskTier: 'high', onCallOwner: 'yes', 'small-1/data.1': 'no' });
    expect([...found.statements]).toEqual([['processesRealData', 'no'], ['handlesPii', 'unknown']]);
    expect(found.riskTier).toBe('high');
    expect([...found.facts]).toEqual([['onCallOwner', 'yes']]);
    expect([...found.requirements]).toEqual([['small-1/data.1', 'no']]);
    expect(read({ riskTier: null }).riskTier).toBeNull();
    expect(read({}).riskTier).toBeUndefined();
  });

  it('names everything that is wrong and what is accepted', () => {
    const result = readSupposition({ colour: 'yes', onCallOwner: true, riskTier: 'huge', 'small-1/nothing': 'yes' }, tree, KEYS);
    expect(result).toMatchObject([{ path: 'facts.colour', code: 'unknown_fact' }, { path: 'facts.onCallOwner', code: 'not_one_of' }, { path: 'facts.riskTier', code: 'not_one_of' }, { path: 'facts.small-1/nothing' }]);
    expect(readSupposition(Object.fromEntries(Array.from({ length: 501 }, (_, i) => [`f${i}`, 'yes'])), tree, KEYS)).toMatchObject([{ code: 'too_many' }]);
  });

  it('changes nothing but what was supposed', () => {
    const input = productionInput({ coverageAt: coverageOf({ 'small-1/data.1': 'satisfied' }) });
    const changed = suppose(input, read({ 'small-1/data.1': 'no', 'small-1/watch.1': 'yes', handlesPii: 'yes' }));
    expect(changed.riskTier).toBe('low');
    expect(changed.statements.handlesPii).toMatchObject({ value: 'yes', source: 'what-if' });
    expect(changed.statements.executesTools).toEqual(input.statements.executesTools);
    const status = (key: string) => changed.coverageAt(NOW).domains.flatMap((d) => d.criteria).find((c) => c.key === key)?.status;
    expect(status('small-1/data.1')).toBe('missing');
    expect(status('small-1/watch.1')).toBe('satisfied');
    expect(status('small-1/data.2')).toBe('missing');
    expect(suppose(input, read({})).coverageAt).toBe(input.coverageAt);
  });
});
