import { describe, expect, it } from '@jest/globals';
import type { CustomFieldDefinition } from '../custom-field/custom-value.js';
import { planRow, type BulkChange, type BulkState } from './bulk-change.js';

const SAID = { at: '2026-05-10T12:00:00.000Z', by: 'Ada' };
const NOTHING: BulkChange = { set: {}, add: {}, remove: {}, facts: {}, custom: {}, owners: {} };
const PERSON = { memberId: 'm1', email: 'ada@example.org', name: 'Ada' };
const state = (more: Partial<BulkState> = {}): BulkState => ({
  id: 'w1', key: 'BOT', version: 4, lifecycle: 'active', frozen: false, answered: true, custom: { bureau: 'CBP' }, statements: [], owners: [],
  fields: { team: 'Claims', tags: ['EU', 'beta'], jurisdictions: ['DE'], riskTier: null, exposure: 'internal' } as unknown as BulkState['fields'],
  facts: { processesRealData: 'yes', handlesPii: 'unknown', executesTools: 'no', downstreamChange: 'unknown', maintained: 'unknown' }, ...more,
});
const definitions = new Map<string, CustomFieldDefinition>([['bureau', { key: 'bureau', type: 'text', choices: [], archived: false }]]);
const plan = (change: Partial<BulkChange>, on = state()) => planRow(on, { ...NOTHING, ...change }, definitions, SAID);

describe('a bulk edit of one workload', () => {
  it('shows field by field what would change, and what is so already', () => {
    expect(plan({ set: { team: 'Billing', riskTier: 'high' }, custom: { bureau: null } })).toMatchObject({
      outcome: 'will_change', touches: true, changes: [{ field: 'team', from: 'Claims', to: 'Billing' }, { field: 'riskTier', from: null, to: 'high' }, { field: 'custom.bureau', from: 'CBP', to: null }],
    });
    expect(plan({ set: { team: 'Claims' }, add: { tags: ['eu'] }, custom: { bureau: 'CBP' } })).toMatchObject({ outcome: 'unchanged', changes: [], touches: false });
  });

  it('adds to lists and takes from them, whatever the case, and keeps the order', () => {
    expect(plan({ add: { tags: ['gamma', 'BETA'] }, remove: { tags: ['eu'] } }).fields.tags).toEqual(['beta', 'gamma']);
    expect(plan({ remove: { jurisdictions: ['FR'] } }).outcome).toBe('unchanged');
    expect(plan({ add: { environments: Array.from({ length: 51 }, (_, n) => `e${n}`) } })).toMatchObject({ outcome: 'refused', reason: 'list_too_long' });
  });

  it('declares facts, and never against a stronger statement', () => {
    expect(plan({ facts: { handlesPii: 'yes' } })).toMatchObject({ facts: { handlesPii: 'yes' }, changes: [{ field: 'handlesPii', from: 'unknown', to: 'yes' }] });
    const attested = state({ facts: { ...state().facts, handlesPii: 'yes' }, statements: [{ fact: 'handlesPii', value: 'yes', provenance: 'attested', source: null, at: SAID.at, by: 'Eve' }] });
    expect(plan({ facts: { handlesPii: 'no' } }, attested)).toMatchObject({ outcome: 'refused', reason: 'fact_overruled' });
    expect(plan({ facts: { handlesPii: 'yes' } }, attested)).toMatchObject({ outcome: 'will_change', changes: [{ field: 'facts.handlesPii', from: null, to: { value: 'yes', provenance: 'declared' } }] });
  });

  it('refuses what is retired, and growth of what is frozen', () => {
    expect(plan({ set: { team: 'Billing' } }, state({ lifecycle: 'retired' }))).toMatchObject({ outcome: 'refused', reason: 'retired' });
    expect(plan({ add: { jurisdictions: ['FR'] } }, state({ frozen: true }))).toMatchObject({ outcome: 'refused', reason: 'frozen' });
    expect(plan({ remove: { jurisdictions: ['DE'] }, set: { exposure: 'none' } }, state({ frozen: true })).outcome).toBe('will_change');
    expect(plan({ set: { exposure: 'general' } }).expansions.map(({ kind }) => kind)).toEqual(['more_traffic']);
  });

  it('proposes owners by the rule of proposing one', () => {
    const owner = (id: string, memberId: string, status: 'accepted' | 'proposed') => ({ id, role: 'risk_owner' as const, status, memberId, email: `${memberId}@example.org` });
    const propose = (...owners: ReturnType<typeof owner>[]) => plan({ owners: { risk_owner: PERSON } }, state({ owners }));
    expect(propose()).toMatchObject({ outcome: 'will_change', touches: false, owners: [{ ends: null, proposes: PERSON }], changes: [{ field: 'owners.risk_owner', from: null, to: 'ada@example.org' }] });
    expect(propose(owner('a', 'm1', 'accepted')).outcome).toBe('unchanged');
    expect(propose(owner('a', 'm1', 'proposed')).outcome).toBe('unchanged');
    expect(propose(owner('a', 'm2', 'accepted'), owner('b', 'm3', 'proposed')).owners).toMatchObject([{ ends: { id: 'b' }, proposes: PERSON }]);
    expect(propose(owner('a', 'm1', 'accepted'), owner('b', 'm3', 'proposed')).owners).toMatchObject([{ ends: { id: 'b' }, proposes: null }]);
  });
});
