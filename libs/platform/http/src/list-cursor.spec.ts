import { describe, expect, it } from '@jest/globals';
import { newId } from '@roster/platform-context';
import { ProblemError } from '@roster/platform-errors';
import { cursorOf, type CursorType } from './list-cursor.js';
import type { ListQuery } from './list-query.js';

const ID = newId(new Date('2026-05-01T12:00:00Z'));
const read = (cursor: ListQuery['cursor'], types: readonly CursorType[]): unknown => cursorOf({ cursor }, types);

describe('cursorOf', () => {
  it('is null for the first page and keeps the parts of its own', () => {
    expect(read(null, ['id'])).toBeNull();
    expect(read(['2026-05-01T12:00:00.000Z', ID], ['instant', 'id'])).toEqual(['2026-05-01T12:00:00.000Z', ID]);
    expect(read(['infinity', ID], ['instantOrNever', 'id'])).toEqual(['infinity', ID]);
    expect(read(['a\'b', -3, 7], ['text', 'smallint', 'integer'])).toEqual(['a\'b', -3, 7]);
  });

  it.each<[readonly (string | number | boolean | null)[], readonly CursorType[]]>([
    [[], ['id']], [[ID, ID], ['id']], [['1', ID], ['instant', 'id']], [['2026-02-30T00:00:00Z', ID], ['instant', 'id']], [['infinity', ID], ['instant', 'id']], [['0000-05-01T00:00:00Z', ID], ['instant', 'id']],
    [['9999-12-31T23:59:59-10:00', ID], ['instant', 'id']], [[null, ID], ['instantOrNever', 'id']], [['2026-05-01T12:00:00Z', 'x'], ['instant', 'id']], [[1.5], ['integer']], [['1'], ['integer']], [[2 ** 31], ['integer']],
    [[40_000], ['smallint']], [['a\0b'], ['text']], [[true], ['text']], [[1], ['text']],
  ])('refuses %j as %j, which the database could not compare', (cursor, types) => {
    expect(() => read(cursor, types)).toThrow(ProblemError);
    expect(() => read(cursor, types)).toThrow('PLATFORM_CURSOR_INVALID');
  });
});
