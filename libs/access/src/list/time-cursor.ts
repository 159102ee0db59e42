import { isId } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import type { ListQuery } from '@roster/platform-http';

/** The row after which the next page starts, for lists in order of creation. */
export interface TimeCursor {
  readonly createdAt: string;
  readonly id: string;
}

/** @throws PLATFORM_CURSOR_INVALID when the cursor was not made by such a list */
export function timeCursor(query: ListQuery): TimeCursor | null {
  if (query.cursor === null) return null;
  const [createdAt, id] = query.cursor;
  if (query.cursor.length === 2 && typeof createdAt === 'string' && !Number.isNaN(Date.parse(createdAt)) && isId(id)) return { createdAt, id };
  throw problem('PLATFORM_CURSOR_INVALID', 'Use nextCursor of the previous page, with the same sort, or start without a cursor.');
}
