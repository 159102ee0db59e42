import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '@roster/platform-errors';
import { encodeCursor, readListQuery } from '@roster/platform-http';
import { readWorkloadList, WORKLOAD_LIST, type Condition } from './workload-list.js';

const NOW = new Date('2026-05-10T12:00:00Z');
const ME = '0190a1b2-0000-7e5f-8a9b-0c1d2e3f4a5b';
const ID = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const read = (raw: Record<string, string | string[]>) => readWorkloadList(readListQuery(raw, WORKLOAD_LIST), { now: NOW, me: ME });
const filter = (name: string, ...values: string[]): readonly Condition[] => read({ [`filter[${name}]`]: values }).conditions;
const wrong = (name: string, ...values: string[]): string => {
  try {
    filter(name, ...values);
  } catch (error) {
    if (error instanceof ProblemError && error.code === 'PLATFORM_REQUEST_INVALID') return `${error.errors[0]?.path ?? ''}: ${error.errors[0]?.message ?? ''}`;
    throw error;
  }
  throw new Error('expected a problem');
};
const isIn = (column: string, values: (string | number)[], type: 'text' | 'smallint' | 'uuid' = 'text', negated = false): Condition => ({ kind: 'in', column, type, values, negated, orNull: false });

describe('filters of the workload list', () => {
  it('reads stages and tiers as ranks, so that the index of the order answers them', () => {
    expect(filter('stage', 'pilot', 'production')).toEqual([isIn('stage_rank', [2, 3], 'smallint')]);
    expect(filter('stage', 'is empty')).toEqual([isIn('stage_rank', [0], 'smallint')]);
    expect(filter('stage', 'pilot', 'is empty')).toEqual([isIn('stage_rank', [2, 0], 'smallint')]);
    expect(filter('riskTier', 'not:low')).toEqual([isIn('risk_rank', [1], 'smallint', true)]);
  });

  it('reads unknown as a value', () => {
    expect(filter('handlesPii', 'unknown')).toEqual([isIn('handles_pii', ['unknown'])]);
    expect(filter('downstreamChange', 'unknown', 'yes')).toEqual([{ kind: 'facet', field: 'downstreamChange', values: ['yes'], negated: false, orUnstated: true, reference: false }]);
  });

  it('reads texts without regard to case', () => {
    expect(filter('team', 'Customer Care')).toEqual([isIn('team_sort', ['customer care'])]);
    expect(filter('team', 'is not empty')).toEqual([isIn('team_sort', [''], 'text', true)]);
    expect(filter('key', 'support-bot')).toEqual([isIn('key', ['SUPPORT-BOT'])]);
    expect(filter('tags', 'EU')).toEqual([{ kind: 'facet', field: 'tags', values: ['eu'], negated: false, orUnstated: false, reference: false }]);
    expect(filter('custom.bureau', 'CBP')).toEqual([{ kind: 'facet', field: 'custom.bureau', values: ['cbp'], negated: false, orUnstated: false, reference: false }]);
    expect(filter('custom.bureau', 'is:empty')).toEqual([{ kind: 'facetSet', field: 'custom.bureau', value: false }]);
  });

  it('reads flags, people, imports and components', () => {
    expect(filter('frozen', 'true')).toEqual([{ kind: 'flag', column: 'frozen', value: true }]);
    expect(filter('riskOwner', ID, 'Ada@Example.org')).toEqual([{ kind: 'member', role: 'risk_owner', ids: [ID], emails: ['ada@example.org'], negated: false }]);
    expect(filter('riskOwner', 'is empty')).toEqual([{ kind: 'set', column: 'risk_owner_member_id', type: 'uuid', value: false }]);
    expect(filter('owner', ID)).toEqual([{ kind: 'member', role: 'any', ids: [ID], emails: [], negated: false }]);
    expect(filter('import', ID)).toEqual([isIn('import_id', [ID], 'uuid')]);
    expect(filter('component', 'gpt-5')).toEqual([{ kind: 'component', ids: [], names: ['gpt-5'], negated: false }]);
    expect(filter('provider', 'Acme')).toEqual([{ kind: 'provider', names: ['acme'], negated: false }]);
  });

  it('reads relative dates, comparisons, days and ranges', () => {
    const range = (operator: string, at: string): object => ({ kind: 'range', column: 'next_review_sort', operator, at: new Date(at) });
    expect(filter('nextReviewDueAt', 'next 30d')).toEqual([range('>=', '2026-05-10T12:00:00Z'), range('<=', '2026-06-09T12:00:00Z')]);
    expect(filter('nextReviewDueAt', 'last:12h')).toEqual([range('>=', '2026-05-10T00:00:00Z'), range('<=', '2026-05-10T12:00:00Z')]);
    expect(filter('nextReviewDueAt', '>=2026-01-01', '<2026-02-01T00:00:00+01:00')).toEqual([range('>=', '2026-01-01T00:00:00Z'), { kind: 'set', column: 'next_review_sort', type: 'instant', value: true }, range('<', '2026-01-31T23:00:00Z')]);
    expect(filter('nextReviewDueAt', '<now+1d')).toEqual([range('<', '2026-05-11T12:00:00Z')]);
    expect(filter('nextReviewDueAt', '2026-02-28')).toEqual([range('>=', '2026-02-28T00:00:00Z'), range('<', '2026-03-01T00:00:00Z')]);
    expect(filter('nextReviewDueAt', 'is empty')).toEqual([{ kind: 'set', column: 'next_review_sort', type: 'instant', value: false }]);
  });

  it.each([
    ['stage', ['Pilot'], 'expected one of experiment, pilot, production, scaled'], ['handlesPii', ['maybe'], 'expected one of yes, no, unknown'], ['handlesPii', ['is empty'], 'never empty'],
    ['frozen', ['yes'], 'true or false'], ['frozen', ['true', 'false'], 'true or false'], ['stage', ['pilot', 'not:production'], 'not both'], ['riskOwner', ['Ada'], 'a member id'], ['import', ['1'], 'expected an id'],
    ['updatedAt', ['yesterday'], 'last 7d'], ['updatedAt', ['2026-02-30'], 'last 7d'], ['updatedAt', ['>=x'], 'a day in UTC like'], ['updatedAt', ['is empty'], 'never empty'],
    ['tags', ['x'.repeat(201)], 'cannot be filtered'], ['exposure', ['everybody'], 'expected one of none'], ['owner', ['is empty'], 'knows no empty'],
  ])('refuses %s = %j and says what was expected', (name, values, message) => {
    expect(wrong(name, ...values)).toContain(`filter[${name}]: `);
    expect(wrong(name, ...values)).toContain(message);
  });
});

describe('typed operators of the workload list', () => {
  const op = (name: string, operator: string, ...values: string[]): readonly Condition[] => read({ [`filter[${name}][${operator}]`]: values }).conditions;
  const refusal = (name: string, operator: string, ...values: string[]): string => {
    try {
      op(name, operator, ...values);
    } catch (error) {
      if (error instanceof ProblemError) return `${error.errors[0]?.path ?? ''}: ${error.errors[0]?.message ?? ''}`;
      throw error;
    }
    throw new Error('expected a problem');
  };
  const range = (operator: string, at: string, column = 'next_review_sort'): object => ({ kind: 'range', column, operator, at: new Date(at) });
  const stated = (value: boolean, column = 'next_review_sort'): object => ({ kind: 'set', column, type: 'instant', value });

  it('compares ranks, and what is not set is neither less nor more', () => {
    expect(op('riskTier', 'gte', 'high')).toEqual([{ kind: 'compare', column: 'risk_rank', type: 'smallint', operator: '>=', value: 3 }]);
    expect(op('stage', 'lt', 'production')).toEqual([{ kind: 'compare', column: 'stage_rank', type: 'smallint', operator: '<', value: 3 }, { kind: 'compare', column: 'stage_rank', type: 'smallint', operator: '>', value: 0 }]);
  });

  it('compares times from now, and never is not later than anything', () => {
    expect(op('nextReviewDueAt', 'lt', 'now')).toEqual([range('<', '2026-05-10T12:00:00Z')]);
    expect(op('fallsAt', 'lte', 'now+30d')).toEqual([range('<=', '2026-06-09T12:00:00Z', 'falls_sort')]);
    expect(op('nextReviewDueAt', 'gte', 'now-7d')).toEqual([range('>=', '2026-05-03T12:00:00Z'), stated(true)]);
    expect(op('updatedAt', 'gte', 'now-2w')).toEqual([range('>=', '2026-04-26T12:00:00Z', 'updated_at')]);
    expect(op('nextReviewDueAt', 'lte', '2026-05-31')).toEqual([range('<=', '2026-05-31T23:59:59.999Z')]);
    expect(op('nextReviewDueAt', 'gt', '2026-05-31')).toEqual([range('>', '2026-05-31T23:59:59.999Z'), stated(true)]);
    for (const [sign, operator] of [['<', 'lt'], ['<=', 'lte'], ['>', 'gt'], ['>=', 'gte']] as const) expect(filter('nextReviewDueAt', `${sign}2026-05-31`)).toEqual(op('nextReviewDueAt', operator, '2026-05-31'));
    expect(filter('nextReviewDueAt', '>=2026-05-01')).toEqual([range('>=', '2026-05-01T00:00:00Z'), stated(true)]);
  });

  it('counts missing evidence, and unknown is neither none nor some', () => {
    expect(op('missingEvidence', 'gte', '1')).toEqual([{ kind: 'compare', column: 'missing_evidence', type: 'integer', operator: '>=', value: 1 }]);
    expect(filter('missingEvidence', '0')).toEqual([{ kind: 'in', column: 'missing_evidence', type: 'integer', values: [0], negated: false, orNull: false }]);
    expect(filter('missingEvidence', '0', 'unknown')).toEqual([{ kind: 'in', column: 'missing_evidence', type: 'integer', values: [0], negated: false, orNull: true }]);
    expect(filter('missingEvidence', 'unknown')).toEqual([{ kind: 'set', column: 'missing_evidence', type: 'integer', value: false }]);
    expect(op('missingEvidence', 'ne', 'unknown')).toEqual([{ kind: 'set', column: 'missing_evidence', type: 'integer', value: true }]);
    expect(filter('missingEvidence', 'not:unknown', 'not:0')).toEqual([{ kind: 'in', column: 'missing_evidence', type: 'integer', values: [0], negated: true, orNull: false }]);
    expect(op('missingEvidence', 'ne', '0')).toEqual([{ kind: 'in', column: 'missing_evidence', type: 'integer', values: [0], negated: true, orNull: true }]);
  });

  it('takes unknown for what is not set, but never away from a text that may say so', () => {
    expect(filter('riskTier', 'unknown')).toEqual([isIn('risk_rank', [0], 'smallint')]);
    expect(filter('riskTier', 'high', 'unknown')).toEqual([isIn('risk_rank', [3, 0], 'smallint')]);
    expect(filter('kind', 'unknown')).toEqual([isIn('kind_sort', [''])]);
    expect(filter('exposure', 'unknown')).toEqual([{ kind: 'facetSet', field: 'exposure', value: false }]);
    expect(filter('exposure', 'general', 'unknown')).toEqual([{ kind: 'facet', field: 'exposure', values: ['general'], negated: false, orUnstated: true, reference: false }]);
    expect(filter('team', 'unknown')).toEqual([isIn('team_sort', ['unknown'])]);
    expect(op('handlesPii', 'ne', 'unknown')).toEqual([isIn('handles_pii', ['unknown'], 'text', true)]);
    expect(op('riskTier', 'ne', 'unknown')).toEqual([isIn('risk_rank', [0], 'smallint', true)]);
  });

  it('asks for empty with yes and no', () => {
    expect(op('team', 'empty', 'yes')).toEqual([isIn('team_sort', [''])]);
    expect(op('riskOwner', 'empty', 'no')).toEqual([{ kind: 'set', column: 'risk_owner_member_id', type: 'uuid', value: true }]);
    expect(op('nextReviewDueAt', 'empty', 'yes')).toEqual([stated(false)]);
    expect(op('tags', 'empty', 'yes')).toEqual([{ kind: 'facetSet', field: 'tags', value: false }]);
  });

  it('knows who asks', () => {
    expect(filter('owner', 'me')).toEqual([{ kind: 'member', role: 'any', ids: [ME], emails: [], negated: false }]);
    expect(op('riskOwner', 'ne', 'me')).toEqual([{ kind: 'member', role: 'risk_owner', ids: [ME], emails: [], negated: true }]);
    expect(filter('mine', 'true')).toEqual([{ kind: 'mine', memberId: ME, negated: false }]);
  });

  it('compares custom dates and numbers', () => {
    expect(op('custom.renewal', 'lt', 'now+7d')).toEqual([{ kind: 'facetRange', field: 'custom.renewal', operator: '<', value: '2026-05-17' }]);
    expect(op('custom.users', 'gte', '1000')).toEqual([{ kind: 'facetRange', field: 'custom.users', operator: '>=', value: 1000 }]);
  });

  it('joins filters and operators of one field', () => {
    expect(read({ 'filter[stage]': ['pilot', 'production'], 'filter[stage][ne]': 'production' }).conditions).toHaveLength(2);
  });

  it.each([
    ['riskTier', 'gte', ['huge'], 'expected one of low'], ['team', 'lt', ['a'], 'expected one of the operators ne, empty'], ['frozen', 'ne', ['true'], 'takes no operators'], ['missingEvidence', 'gt', ['-1'], 'a whole number'],
    ['nextReviewDueAt', 'lt', ['tomorrow'], 'now+30d'], ['nextReviewDueAt', 'lt', ['now', 'now+1d'], 'once'], ['team', 'empty', ['maybe'], 'yes or no'], ['updatedAt', 'empty', ['yes'], 'expected one of the operators'],
    ['custom.bureau', 'gt', ['CBP'], 'expected a number, "now+30d"'], ['mine', 'ne', ['true'], 'takes no operators'],
  ])('refuses %s %s %j and says what was expected', (name, operator, values, message) => {
    expect(refusal(name, operator, ...values)).toContain(`filter[${name}][${operator}]: `);
    expect(refusal(name, operator, ...values)).toContain(message);
  });
});

describe('order and cursor of the workload list', () => {
  it('starts with what changed last', () => {
    const { sort, descending, after } = read({});
    expect(sort.columns).toEqual([{ sql: 'updated_at', type: 'timestamptz' }]);
    expect([descending, after]).toEqual([true, null]);
  });

  it('continues after the last row of a page', () => {
    const cursor = encodeCursor({ field: 'stage', descending: true }, [2, '2026-05-01T00:00:00.123+00:00', ID]);
    expect(read({ sort: '-stage', cursor }).after).toEqual([2, '2026-05-01T00:00:00.123Z', ID]);
    expect(read({ sort: 'nextReviewDueAt', cursor: encodeCursor({ field: 'nextReviewDueAt', descending: false }, ['infinity', ID]) }).after).toEqual(['infinity', ID]);
  });

  it.each([[['x', ID]], [[2, 'never', ID]], [[2, '2026-05-01T00:00:00Z', 'id']], [[1.5, '2026-05-01T00:00:00Z', ID]], [[null, '2026-05-01T00:00:00Z', ID]]])('refuses the forged cursor %j', (key) => {
    expect(() => read({ sort: 'stage', cursor: encodeCursor({ field: 'stage', descending: false }, key as string[]) })).toThrow('PLATFORM_CURSOR_INVALID');
  });

  it('tells who answers for it from who was asked to', () => {
    const roleOf = (name: string): unknown => read({ [`filter[${name}]`]: ID }).conditions[0];
    expect([roleOf('owner'), roleOf('accountable')]).toMatchObject([{ kind: 'member', role: 'any', ids: [ID] }, { kind: 'member', role: 'accountable', ids: [ID] }]);
  });

  it('documents every filter and every order', () => {
    expect(WORKLOAD_LIST.filters).toHaveLength(47);
    expect(WORKLOAD_LIST.sorts).toEqual(['-updatedAt', 'name', 'key', 'registeredAt', 'fallsAt', 'nextReviewDueAt', 'stage', 'riskTier', 'kind', 'missingEvidence', 'team', 'businessUnit']);
  });
});
