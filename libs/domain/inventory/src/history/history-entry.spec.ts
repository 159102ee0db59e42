import { describe, expect, it } from '@jest/globals';
import { entryChanges } from './history-entry.js';

const row = (over: Record<string, unknown> = {}): Record<string, unknown> => ({ tenant_id: 't', id: 'w', name: 'Bot', team: null, handles_pii: 'unknown', tags: [], custom: {}, stage: null, version: 1, updated_at: 'x', name_sort: 'bot', ...over });

describe('entryChanges', () => {
  it('names the fields as the API does and leaves bookkeeping out', () => {
    expect(entryChanges({ part: 'workload', item: '', before: row(), after: row({ handles_pii: 'yes', version: 2, updated_at: 'y', stage: 'pilot', custom: { a: 1 } }) })).toEqual([
      { field: 'handlesPii', from: 'unknown', to: 'yes' }, { field: 'stage', from: null, to: 'pilot' }, { field: 'custom.a', from: null, to: 1 },
    ]);
    expect(entryChanges({ part: 'workload', item: '', before: row(), after: row({ version: 2, updated_at: 'y' }) })).toEqual([]);
  });

  it('lists what a registration said', () => expect(entryChanges({ part: 'workload', item: '', before: null, after: row({ tags: ['x'] }) })).toEqual([{ field: 'name', from: null, to: 'Bot' }, { field: 'tags', from: null, to: ['x'] }]));

  it.each([['fact', 'facts.'], ['owner', 'owners.'], ['component', 'components.'], ['relation', 'relations.'], ['tool_grant', 'toolGrants.']] as const)('names a %s that appears or goes', (part, prefix) => {
    expect(entryChanges({ part, item: 'x', before: null, after: { a: 1 } })).toEqual([{ field: `${prefix}x`, from: null, to: { a: 1 } }]);
    expect(entryChanges({ part, item: 'x', before: { a: 1 }, after: null })).toEqual([{ field: `${prefix}x`, from: { a: 1 }, to: null }]);
  });
});
