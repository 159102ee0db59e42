import { describe, expect, it } from '@jest/globals';
import { newToolGrants, scopeExpansions, type WorkloadScope } from './scope-expansion.js';

const silent: WorkloadScope = { exposure: null, usersAffected: [], dataClasses: [], specialCategories: [], jurisdictions: [], autonomyLevel: null };
const stated: WorkloadScope = {
  exposure: 'internal', usersAffected: ['employees'], dataClasses: ['internal'], specialCategories: ['health'], jurisdictions: ['DE'], autonomyLevel: 'L1'
};

describe('scopeExpansions', () => {
  it('lets a workload be described for the first time', () => expect(scopeExpansions(silent, stated)).toEqual([]));
  it('sees no expansion in an unchanged or a smaller scope', () => {
    expect(scopeExpansions(stated, stated)).toEqual([]);
    expect(scopeExpansions(stated, silent)).toEqual([]);
  });
  it.each([
    ['more_traffic', { exposure: 'general' }], ['new_user_group', { usersAffected: ['employees', 'customers'] }], ['new_user_group', { usersAffected: ['customers'] }],
    ['new_data_class', { dataClasses: ['internal', 'restricted'] }], ['new_data_class', { specialCategories: ['health', 'religion'] }], ['new_region', { jurisdictions: ['DE', 'FR'] }],
    ['autonomy_raised', { autonomyLevel: 'L3' }],
  ])('names %s', (kind, change) => expect(scopeExpansions(stated, { ...stated, ...change }).map((expansion) => expansion.kind)).toEqual([kind]));
  it('sees no expansion in less autonomy or exposure', () => expect(scopeExpansions(stated, { ...stated, exposure: 'none', autonomyLevel: 'L0' })).toEqual([]));
});

describe('newToolGrants', () => {
  it.each([
    [[], ['mail write'], 'unknown', false], [[], ['mail write'], 'yes', false], [[], ['mail write'], 'no', true], [['crm read'], ['crm read', 'mail write'], 'yes', true], [['crm read'], ['crm write'], 'yes', true],
    [['crm read', 'mail write'], ['crm read'], 'yes', false], [['crm read'], [], 'yes', false],
  ])('from %j to %j with executesTools %s: %s', (before, after, executesTools, expected) => expect(newToolGrants(before, after, executesTools).length === 1).toBe(expected));
});
