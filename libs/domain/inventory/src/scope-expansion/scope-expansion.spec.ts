import { describe, expect, it } from '@jest/globals';
import { scopeExpansions, type WorkloadScope } from './scope-expansion.js';

const silent: WorkloadScope = { exposure: null, usersAffected: [], dataClasses: [], specialCategories: [], jurisdictions: [], autonomyLevel: null, toolGrants: [], executesTools: 'unknown' };
const stated: WorkloadScope = {
  exposure: 'internal', usersAffected: ['employees'], dataClasses: ['internal'], specialCategories: ['health'], jurisdictions: ['DE'], autonomyLevel: 'L1', toolGrants: ['crm read'], executesTools: 'yes',
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
    ['autonomy_raised', { autonomyLevel: 'L3' }], ['new_tool_grant', { toolGrants: ['crm read', 'crm write'] }],
  ])('names %s', (kind, change) => expect(scopeExpansions(stated, { ...stated, ...change }).map((expansion) => expansion.kind)).toEqual([kind]));
  it('takes the first tool of a workload that executes none for new', () => {
    expect(scopeExpansions({ ...silent, executesTools: 'no' }, { ...silent, toolGrants: ['mail write'] }).map((e) => e.kind)).toEqual(['new_tool_grant']);
  });
  it('sees no expansion in less autonomy or exposure', () => expect(scopeExpansions(stated, { ...stated, exposure: 'none', autonomyLevel: 'L0' })).toEqual([]));
});
