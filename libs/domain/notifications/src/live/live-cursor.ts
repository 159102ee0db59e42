import { isId } from '@roster/platform-context';

/** Where a stream stands: the last notification that it has sent. */
export interface LiveCursor {
  readonly createdAt: Date;
  readonly id: string;
}

/** The id of an event, which browsers send back as Last-Event-ID when they connect again. */
export const toEventId = ({ createdAt, id }: LiveCursor): string => `${createdAt.toISOString()}_${id}`;

/** The place behind an event id, or null when it is none of ours. */
export function readEventId(text: string): LiveCursor | null {
  const [instant = '', id = ''] = text.split('_');
  const createdAt = new Date(instant);
  return !Number.isNaN(createdAt.getTime()) && createdAt.toISOString() === instant && isId(id) ? { createdAt, id } : null;
}
