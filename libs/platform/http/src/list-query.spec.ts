import { describe, expect, it } from '@jest/globals';
import { ProblemError } from '@roster/platform-errors';
import fc from 'fast-check';
import { encodeCursor, MAX_LIMIT, readListQuery, toPage, type ListSpec } from './list-query.js';

const SPEC: ListSpec = { filters: ['stage', 'team'], sorts: ['-updatedAt', 'name'], search: true, asOf: true };
const problemOf = (work: () => unknown): ProblemError => {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError) return error;
    throw error;
  }
  throw new Error('expected a problem');
};

describe('readListQuery', () => {
  it('has defaults', () => {
    const query = readListQuery({}, SPEC);
    expect(query).toMatchObject({ limit: 50, cursor: null, sort: { field: 'updatedAt', descending: true }, q: null, count: false, asOf: null });
    expect(query.filters.size).toBe(0);
  });

  it('reads repeated filters as alternatives', () => {
    expect(readListQuery({ 'filter[stage]': ['pilot', 'production'], 'filter[team]': 'Claims' }, SPEC).filters).toEqual(new Map([['stage', ['pilot', 'production']], ['team', ['Claims']]]));
  });

  it.each([
    [{ limit: '0' }, 'limit'], [{ limit: String(MAX_LIMIT + 1) }, 'limit'], [{ limit: 'many' }, 'limit'], [{ limit: '1.5' }, 'limit'],
    [{ sort: 'secret' }, 'sort'], [{ 'filter[owner]': 'x' }, 'filter[owner]'], [{ page: '2' }, 'page'], [{ count: 'yes' }, 'count'], [{ q: '  ' }, 'q'], [{ q: 'one two three four five six seven eight nine ten eleven' }, 'q'], [{ limit: ['1', '2'] }, 'limit'],
  ])('refuses %j and names the parameter', (raw, path) => {
    const error = problemOf(() => readListQuery(raw, SPEC));
    expect(error.code).toBe('PLATFORM_REQUEST_INVALID');
    expect(error.errors.map((e) => e.path)).toContain(path);
  });

  it('reads operators where the list has them, and refuses others by name', () => {
    const typed: ListSpec = { ...SPEC, filters: [...SPEC.filters, 'custom.*'], operators: { stage: ['ne', 'gte'], 'custom.*': ['empty'] } };
    expect(readListQuery({ 'filter[stage][ne]': ['pilot', 'scaled'], 'filter[custom.bureau][empty]': 'yes', 'filter[stage]': 'production' }, typed)).toMatchObject({
      operations: [{ filter: 'stage', operator: 'ne', values: ['pilot', 'scaled'] }, { filter: 'custom.bureau', operator: 'empty', values: ['yes'] }], filters: new Map([['stage', ['production']]]),
    });
    expect(problemOf(() => readListQuery({ 'filter[stage][like]': 'x' }, typed)).errors[0]).toMatchObject({ path: 'filter[stage][like]', code: 'unknown_operator', message: 'expected one of the operators ne, gte' });
    expect(problemOf(() => readListQuery({ 'filter[team][ne]': 'x' }, typed)).errors[0]).toMatchObject({ message: 'this filter takes no operators' });
    expect(problemOf(() => readListQuery({ 'filter[stage][ne]': 'x' }, SPEC)).errors[0]).toMatchObject({ code: 'unknown_operator' });
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty'])('takes %s for a name like any other', (name) => {
    const typed: ListSpec = { ...SPEC, operators: { stage: ['ne'] } };
    for (const parameter of [`filter[${name}][ne]`, `filter[${name}]`, name]) {
      expect(problemOf(() => readListQuery(Object.fromEntries([[parameter, '1']]), typed)).errors.map((error) => error.path)).toEqual([parameter]);
    }
  });

  it('refuses what a list does not answer: its total, or its other direction', () => {
    const plain: ListSpec = { filters: [], sorts: ['-at'], uncounted: true, oneWay: true };
    expect(readListQuery({ sort: '-at' }, plain)).toMatchObject({ sort: { field: 'at', descending: true }, count: false });
    expect(problemOf(() => readListQuery({ count: 'true', sort: 'at' }, plain)).errors.map(({ path, code }) => [path, code])).toEqual([['count', 'unknown_parameter'], ['sort', 'unknown_sort']]);
  });

  it('refuses an instant without an offset', () => {
    expect(problemOf(() => readListQuery({ asOf: '2026-05-01T12:00:00' }, SPEC)).errors[0]?.path).toBe('asOf');
    expect(readListQuery({ asOf: '2026-05-01T12:00:00+02:00' }, SPEC).asOf?.toISOString()).toBe('2026-05-01T10:00:00.000Z');
  });

  it('accepts its own cursors and refuses everything else', () => {
    const sort = { field: 'name', descending: false };
    const key = fc.array(fc.oneof(fc.string(), fc.integer(), fc.boolean(), fc.constant(null)), { maxLength: 4 });
    fc.assert(fc.property(key, (parts) => {
      expect(readListQuery({ sort: 'name', cursor: encodeCursor(sort, parts) }, SPEC).cursor).toEqual(JSON.parse(JSON.stringify(parts)));
    }), { numRuns: 100 });
    for (const cursor of ['', 'x', Buffer.from('{}').toString('base64url'), Buffer.from('{"s":"name","k":[{"a":1}]}').toString('base64url'), encodeCursor({ field: 'name', descending: true }, ['a'])]) {
      expect(problemOf(() => readListQuery({ sort: 'name', cursor }, SPEC)).code).toBe('PLATFORM_CURSOR_INVALID');
    }
  });
});

describe('toPage', () => {
  it('gives a cursor only when there is more', () => {
    const query = readListQuery({ limit: '2', sort: 'name' }, SPEC);
    const map = (row: { name: string; id: string }): string => row.name;
    const rows = [{ name: 'a', id: '1' }, { name: 'b', id: '2' }, { name: 'c', id: '3' }];
    const page = toPage(rows, query, (row) => [row.name, row.id], map);
    expect(page.items).toEqual(['a', 'b']);
    expect(readListQuery({ limit: '2', sort: 'name', cursor: page.nextCursor ?? '' }, SPEC).cursor).toEqual(['b', '2']);
    expect(toPage(rows.slice(0, 2), query, (row) => [row.name, row.id], map).nextCursor).toBeNull();
  });
});
