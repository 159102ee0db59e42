import { describe, expect, it } from '@jest/globals';
import type { Workload } from '../workload.queries.js';
import { changesOf, conflictsOf, namesOf, valueAt } from './merge-fields.js';

const workload = (more: Record<string, unknown>): Workload => ({ name: 'Bot', team: 'Care', tags: ['a'], custom: { costCentre: '1' }, ...more }) as unknown as Workload;

describe('merging fields', () => {
  it('finds no conflict where the other person changed something else, or the same to the same', () => {
    expect(conflictsOf(workload({}), workload({ team: 'Sales' }), { name: 'New' })).toEqual([]);
    expect(conflictsOf(workload({}), workload({ name: 'New' }), { name: 'New' })).toEqual([]);
    expect(conflictsOf(workload({}), workload({ custom: { costCentre: '1', region: 'EU' } }), { custom: { costCentre: '2' } })).toEqual([]);
  });

  it('names each field on which both differ, custom fields one by one', () => {
    const theirs = workload({ name: 'Theirs', tags: ['b'], custom: { costCentre: '9' } });
    expect(conflictsOf(workload({}), theirs, { name: 'Mine', tags: ['a', 'c'], team: 'Ops', custom: { costCentre: '2' } })).toEqual(['name', 'tags', 'custom.costCentre']);
  });

  it('takes a change apart and puts it together again', () => {
    const changes = { name: 'Mine', custom: { costCentre: '2', region: 'EU' } };
    expect(namesOf(changes)).toEqual(['name', 'custom.costCentre', 'custom.region']);
    expect(changesOf(namesOf(changes), (name) => valueAt(changes, name))).toEqual(changes);
    expect(changesOf(['custom.region', 'description'], () => undefined)).toEqual({ description: null, custom: { region: null } });
  });
});
