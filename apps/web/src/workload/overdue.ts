import { useFormat, type Formats } from '@roster/ui';

/** Whether a review that is due then is overdue at the instant the page shows: its due day is over in the time zone of the organization (domain.md section 8). */
export const isOverdue = (dueAt: string, { now, day }: Pick<Formats, 'now' | 'day'>): boolean => Date.parse(dueAt) < now.getTime() && day(dueAt) !== day(now);

export function useIsOverdue(dueAt: string | null | undefined): boolean {
  const format = useFormat();
  return dueAt !== null && dueAt !== undefined && isOverdue(dueAt, format);
}
