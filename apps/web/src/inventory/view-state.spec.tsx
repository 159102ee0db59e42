import { describe, expect, it } from '@jest/globals';
import { readFilters, writeFilters } from './filter-parameters.js';
import { addressOf, layoutOf, queryOf, readColumns, sameState, stateOfAddress, withState, writeColumns, type ViewState } from './view-state.js';

const STATE: ViewState = {
  q: 'claims', sort: 'fallsAt', density: 'roomy', columns: [{ id: 'key', pinned: true }, { id: 'name', width: 260 }, { id: 'custom.costCentre' }],
  filters: [
    { field: 'stage', operator: 'is', values: ['pilot', 'production'] }, { field: 'riskTier', operator: 'isNot', values: ['low'] }, { field: 'fallsAt', operator: 'gte', values: ['now'] },
    { field: 'fallsAt', operator: 'lte', values: ['now+30d'] }, { field: 'team', operator: 'unknown', values: [] }, { field: 'tags', operator: 'known', values: [] },
  ],
};

describe('the state of a view', () => {
  it('survives its way through an address', () => {
    expect(stateOfAddress(addressOf(STATE))).toEqual(STATE);
  });

  it('is the query of the list with typed operators', () => {
    expect(queryOf(STATE)).toBe('q=claims&filter[stage]=pilot&filter[stage]=production&filter[riskTier][ne]=low&filter[fallsAt][gte]=now&filter[fallsAt][lte]=now%2B30d&filter[team][empty]=yes&filter[tags][empty]=no');
  });

  it('reads what the API also takes: not:, is empty, two comparisons of one field', () => {
    expect(readFilters({ 'filter[stage]': ['not:pilot', 'not:scaled'], 'filter[team]': 'is empty', 'filter[nextReviewDueAt][lt]': ['now', '2026-05-01'], 'filter[x][strange]': '1', q: 'a' })).toEqual([
      { field: 'stage', operator: 'isNot', values: ['pilot', 'scaled'] }, { field: 'team', operator: 'unknown', values: [] },
      { field: 'nextReviewDueAt', operator: 'lt', values: ['now'] }, { field: 'nextReviewDueAt', operator: 'lt', values: ['2026-05-01'] },
    ]);
    expect(writeFilters([{ field: 'stage', operator: 'is', values: ['pilot'] }, { field: 'stage', operator: 'is', values: ['scaled', 'pilot'] }])).toEqual({ 'filter[stage]': ['pilot', 'scaled'] });
  });

  it('is absent from an address which only names a view', () => {
    expect(stateOfAddress({ view: 'overdue', asOf: '2026-01-01T00:00:00Z' })).toBeNull();
    expect(stateOfAddress({ sort: '-updatedAt' })).not.toBeNull();
  });

  it('leaves the rest of the address alone', () => {
    expect(withState({ asOf: 'x', 'filter[stage]': 'pilot', q: 'old', view: 'mine' }, 'overdue', null)).toEqual({ asOf: 'x', view: 'overdue' });
    expect(withState({ asOf: 'x', q: 'old' }, undefined, { ...STATE, q: '', filters: [], columns: [], density: 'compact' })).toEqual({ asOf: 'x', sort: 'fallsAt' });
  });

  it('compares without regard to the order of filters, with regard to columns', () => {
    expect(sameState(STATE, { ...STATE, filters: [...STATE.filters].reverse() })).toBe(true);
    expect(sameState(STATE, { ...STATE, columns: STATE.columns.slice(1) })).toBe(false);
    expect(sameState(STATE, { ...STATE, filters: STATE.filters.slice(1) })).toBe(false);
    expect(sameState(STATE, { ...STATE, q: ' claims ' })).toBe(true);
  });

  it('writes columns in one parameter and drops what is none', () => {
    expect(writeColumns(STATE.columns)).toBe('key*,name-260,custom.costCentre');
    expect(readColumns('key*,name-260,<b>,,custom.costCentre')).toEqual(STATE.columns);
  });

  it('hides every column that a view does not name', () => {
    const all = ['key', 'name', 'stage'].map((id) => ({ id, header: id, cell: () => null }));
    expect(layoutOf([{ id: 'name', width: 99 }, { id: 'key', pinned: true }], all)).toEqual({ order: ['name', 'key'], hidden: ['stage'], pinned: ['key'], widths: { name: 99 } });
    expect(layoutOf([], all)).toEqual({ order: ['key', 'name', 'stage'], hidden: [], pinned: [], widths: {} });
  });
});
