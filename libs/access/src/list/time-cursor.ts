import { cursorOf, type ListQuery } from '@roster/platform-http';

/** The row after which the next page starts, for lists in order of creation. */
export interface TimeCursor {
  readonly createdAt: string;
  readonly id: string;
}

/** @throws PLATFORM_CURSOR_INVALID when the cursor was not made by such a list */
export function timeCursor(query: ListQuery): TimeCursor | null {
  const [createdAt, id] = cursorOf(query, ['instant', 'id']) ?? [];
  return createdAt === undefined || id === undefined ? null : { createdAt, id };
}
