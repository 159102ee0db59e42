import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Stage, TriState } from '@roster/contracts';
import { STAGES, TRI_STATES } from '@roster/contracts';
import { assume } from '../what-if/missing.js';
import { deriveFacts } from '../fact/derive-facts.js';
import { productionInput, smallFactPolicy, statement } from '../fact/fact-input.builder.js';
import type { Condition, Question } from './classification-tree.js';
import { parseTree, TreeInvalidError } from './classification-tree.js';
import { evaluateTree } from './evaluate-tree.js';
import { TreeRegistry } from './tree-registry.js';

const schema: unknown = JSON.parse(readFileSync(new URL('../../trees/classification-tree.schema.json', import.meta.url), 'utf8'));
if (typeof schema !== 'object' || schema === null) throw new Error('no schema');
const check = (document: unknown) => parseTree(document, schema as object);
const shipped = (): Record<string, unknown> => JSON.parse(readFileSync(new URL('../../trees/pai-2026-05.json', import.meta.url), 'utf8')) as Record<string, unknown>;

/** Another tree: other questions, `any`, a fact that must be no, other drills and owners. No code knows it. */
const OTHER = {
  id: 'other-1', title: 'Another tree', source: { title: 'test', publisher: 'test' }, root: 'exposed',
  facts: [
    { id: 'tools', title: 'Executes tools', from: { kind: 'statement', field: 'executesTools' } },
    { id: 'steward', title: 'Data steward', from: { kind: 'owner', role: 'data_steward' } },
    { id: 'lead', title: 'Engineering lead', from: { kind: 'owner', role: 'engineering_lead' } },
    { id: 'rollback', title: 'Rollback drilled', from: { kind: 'drill', drill: 'rollback', check: 'fresh' } },
  ],
  questions: [
    { id: 'exposed', text: 'Does it stay away from tools?', condition: { fact: 'tools', is: 'no' }, yes: { question: 'run' }, no: { stage: 'pilot', hardening: true }, unknown: { stage: 'experiment' } },
    { id: 'run', text: 'Owned and rehearsed?', condition: { all: [{ any: [{ fact: 'steward' }, { fact: 'lead' }] }, { fact: 'rollback' }] }, yes: { stage: 'production' }, no: { stage: 'pilot' }, unknown: { stage: 'pilot' } },
  ],
};

describe('a classification tree document', () => {
  it('ships as pai-2026-05 with a digest of its canonical form', () => {
    const tree = new TreeRegistry().current();
    expect(tree.id).toBe('pai-2026-05');
    expect(tree.digest).toMatch(/^sha256:[0-9a-f]{64}$/);
    const reordered = Object.fromEntries(Object.entries(shipped()).reverse());
    expect(check(reordered).digest).toBe(tree.digest);
    expect(check({ ...shipped(), title: 'changed' }).digest).not.toBe(tree.digest);
  });

  it.each([
    ['an unknown property', { ...OTHER, extra: 1 }, /additional properties/],
    ['a root that does not exist', { ...OTHER, root: 'nowhere' }, /root question nowhere does not exist/],
    ['an undeclared fact', { ...OTHER, facts: OTHER.facts.slice(1) }, /reads the fact tools, which is not declared/],
    ['a fact that is never read', { ...OTHER, facts: [...OTHER.facts, { id: 'idle', title: 'x', from: { kind: 'required_coverage' } }] }, /idle is declared and never read/],
    ['a missing unknown branch', { ...OTHER, questions: [{ ...OTHER.questions[0], unknown: undefined }, OTHER.questions[1]] }, /unknown/],
    ['a circle', { ...OTHER, questions: [OTHER.questions[0], { ...OTHER.questions[1], no: { question: 'exposed' } }] }, /circle: exposed -> run -> exposed/],
    ['an unreachable question', { ...OTHER, questions: [{ ...OTHER.questions[0], yes: { stage: 'pilot' } }, OTHER.questions[1]] }, /run cannot be reached/],
    ['a fact source that nothing can answer', { ...OTHER, facts: [{ id: 'tools', title: 'x', from: { kind: 'horoscope' } }, ...OTHER.facts.slice(1)] }, /from/],
    ['a stage that is not on the ladder', { ...OTHER, questions: [{ ...OTHER.questions[0], no: { stage: 'live' } }, OTHER.questions[1]] }, /stage/],
  ])('is refused with %s', (_what, document, message) => {
    expect(() => check(JSON.parse(JSON.stringify(document)))).toThrow(TreeInvalidError);
    expect(() => check(JSON.parse(JSON.stringify(document)))).toThrow(message);
  });

  it('can be another one, without any change of code', () => {
    const tree = check(OTHER);
    const now = new Date('2026-05-10T00:00:00Z');
    const stage = (change: Parameters<typeof productionInput>[0]): string => {
      const result = evaluateTree(tree, deriveFacts(tree, productionInput(change), smallFactPolicy, now));
      return `${result.stage}${result.hardening ? ' hardening' : ''}${result.undetermined ? ' undetermined' : ''}`;
    };
    const rollback = { rollback: { id: 'd', endedAt: '2026-05-01T00:00:00.000Z', durationSeconds: 9000 } };
    const lead = [{ role: 'engineering_lead' as const, memberId: 'm', acceptedAt: '2026-01-01T00:00:00.000Z' }];
    expect(stage({ statements: { executesTools: statement('yes') } })).toBe('pilot hardening');
    expect(stage({ statements: { executesTools: statement('unknown') } })).toBe('experiment undetermined');
    expect(stage({ owners: lead })).toBe('pilot');
    expect(stage({ owners: [], drills: rollback })).toBe('pilot');
    expect(stage({ owners: lead, drills: rollback })).toBe('production');
  });
});

describe('any tree whose exits do not fall along yes', () => {
  const facts = ['a', 'b', 'c', 'd', 'e'];
  const conditionOf: fc.Arbitrary<Condition> = fc.letrec<{ condition: Condition; leaf: Condition }>((tie) => ({
    leaf: fc.constantFrom(...facts).map((fact): Condition => ({ fact })),
    condition: fc.oneof({ maxDepth: 2 }, tie('leaf'),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((all): Condition => ({ all })),
      fc.array(tie('condition'), { minLength: 1, maxLength: 3 }).map((any): Condition => ({ any }))),
  })).condition;
  /** A ladder: each yes climbs, each other answer leaves at the rung reached so far. */
  const ladder = fc.array(conditionOf, { minLength: 1, maxLength: 3 }).map((conditions) => {
    const questions = conditions.map((condition, i): Question => {
      const here: Stage = STAGES[i] ?? 'experiment';
      const above: Stage = STAGES[i + 1] ?? 'scaled';
      return { id: `q${i}`, text: 'x', condition, yes: i + 1 < conditions.length ? { question: `q${i + 1}` } : { stage: above }, no: { stage: here }, unknown: { stage: here } };
    });
    const read = new Set(JSON.stringify(conditions).match(/"fact":"(.)"/g)?.map((m) => m[8] ?? ''));
    return check({
      id: 'random', title: 'x', source: { title: 'x', publisher: 'x' }, root: 'q0', questions,
      facts: facts.filter((f) => read.has(f)).map((id) => ({ id, title: id, from: { kind: 'required_coverage' } })),
    });
  });
  const values = fc.record(Object.fromEntries(facts.map((f) => [f, fc.constantFrom(...TRI_STATES)])));
  const leaf: Record<TriState, ReturnType<typeof assume>> = { yes: assume('yes'), no: assume('no'), unknown: assume('unknown') };
  const rank = (tree: ReturnType<typeof check>, given: Record<string, TriState>): number =>
    STAGES.indexOf(evaluateTree(tree, Object.fromEntries(Object.entries(given).map(([k, v]) => [k, leaf[v]]))).stage);

  it('never falls when an unknown or a no becomes yes, and an unknown passes nothing that a no would not', () => {
    fc.assert(fc.property(ladder, values, fc.constantFrom(...facts), (tree, given, name) => {
      const at = rank(tree, given);
      expect(rank(tree, { ...given, [name]: 'yes' })).toBeGreaterThanOrEqual(at);
      if (given[name] === 'unknown') expect(rank(tree, { ...given, [name]: 'no' })).toBe(at);
    }), { numRuns: 200 });
  });

  it('treats a fact nobody supplied as unknown and says so', () => {
    const result = evaluateTree(new TreeRegistry().current(), {});
    expect(result).toMatchObject({ stage: 'experiment', undetermined: true, unknownFacts: ['processesRealData'], gaps: [{ code: 'FACT_UNKNOWN', question: 'q1' }] });
  });
});
