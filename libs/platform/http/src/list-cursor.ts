import { isId } from '@roster/platform-context';
import { problem, type ProblemError } from '@roster/platform-errors';
import { readInstant } from './moment.js';

/** What the parts of a cursor may be, with the type they are read as. */
interface CursorValues {
  /** An instant, as RFC 3339 in UTC. */
  readonly instant: string;
  /** An instant, or `infinity` where a time that never comes sorts last. */
  readonly instantOrNever: string;
  readonly id: string;
  readonly text: string;
  readonly smallint: number;
  readonly number: number;
  readonly integer: number;
}
export type CursorType = keyof CursorValues;
type Cursor<Types extends readonly CursorType[]> = { -readonly [Index in keyof Types]: CursorValues[Types[Index]] };

/**
 * Reads the cursor of a list into values that the database takes as they are.
 * @param types of the parts, in their order
 * @returns null for the first page
 * @throws PLATFORM_CURSOR_INVALID for a cursor that no page of this list gave: a client never begins again without noticing
 */
export function cursorOf<const Types extends readonly CursorType[]>(query: { readonly cursor: readonly Part[] | null }, types: Types): Cursor<Types> | null {
  if (query.cursor === null) return null;
  const parts = query.cursor.map((part, index) => readPart(part, types[index]));
  if (!fits(parts, types)) throw foreignCursor();
  return parts;
}

/** The answer to every cursor that is not of the list. */
export const foreignCursor = (): ProblemError => problem('PLATFORM_CURSOR_INVALID', 'Use nextCursor of the previous page, with the same sort, or start without a cursor.');

type Part = string | number | boolean | null;

const fits = <Types extends readonly CursorType[]>(parts: readonly (string | number | null)[], types: Types): parts is Cursor<Types> =>
  parts.length === types.length && parts.every((part) => part !== null);

/** @returns null for what is not of the type */
function readPart(part: Part, type: CursorType | undefined): string | number | null {
  switch (type) {
    case 'instant': return instantOf(part);
    case 'instantOrNever': return part === 'infinity' ? part : instantOf(part);
    case 'id': return isId(part) ? part : null;
    // PostgreSQL keeps no NUL in text, so that no cursor of ours has one.
    case 'text': return typeof part === 'string' && !part.includes('\0') ? part : null;
    case 'number': return typeof part === 'number' && Number.isFinite(part) ? part : null;
    case 'smallint': return within(part, 2 ** 15);
    case 'integer': return within(part, 2 ** 31);
    case undefined: return null;
  }
}

/** Years before 1 are written in another way by the database. */
const FIRST = new Date('0001-01-01T00:00:00Z');

function instantOf(part: Part): string | null {
  const instant = typeof part === 'string' ? readInstant(part) : null;
  return instant && instant >= FIRST && instant.getUTCFullYear() <= 9999 ? instant.toISOString() : null;
}

const within = (part: Part, bound: number): number | null => (typeof part === 'number' && Number.isInteger(part) && part >= -bound && part < bound ? part : null);
