import { useFormat } from '@roster/ui';

/** Whether a review that is due then is overdue: its due day is over in the time zone of the organization (domain.md section 8). */
export function useIsOverdue(dueAt: string | null | undefined): boolean {
  const { now, day } = useFormat();
  return dueAt !== null && dueAt !== undefined && Date.parse(dueAt) < now.getTime() && day(dueAt) !== day(now);
}
