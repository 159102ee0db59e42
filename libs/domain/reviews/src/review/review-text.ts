import { writtenDay } from '@roster/platform-context';
import type { ReminderStep } from '../reminder/reminder-plan.js';

/** What texts say about a review. */
export interface ReviewSubject {
  readonly id: string;
  readonly workloadKey: string;
  readonly workloadName: string;
  readonly dueAt: Date;
  /** IANA zone of the organization, whose day is named. */
  readonly timeZone: string;
}

const LONGEST_NAME = 120;
const named = ({ workloadKey, workloadName }: ReviewSubject): string =>
  (workloadName.length <= LONGEST_NAME ? `${workloadName} (${workloadKey})` : `${workloadName.slice(0, LONGEST_NAME - 1)}… (${workloadKey})`);
const days = (count: number): string => (count === 1 ? '1 day' : `${count} days`);

/** The path of a review in the application. */
export const reviewHref = (id: string): string => `/reviews/${id}`;

/** Title and body of a reminder, the due message or an escalation. */
export function stepText(subject: ReviewSubject, step: Pick<ReminderStep, 'kind' | 'daysToDue'>): { title: string; body: string } {
  const on = writtenDay(subject.dueAt, subject.timeZone);
  switch (step.kind) {
    case 'reviews.review.reminder':
      return { title: `Review of ${subject.workloadKey} is due in ${days(step.daysToDue)}`, body: `The post-deploy governance review of ${named(subject)} is due on ${on}.` };
    case 'reviews.review.due':
      return { title: `Review of ${subject.workloadKey} is due today`, body: `The post-deploy governance review of ${named(subject)} is due by the end of ${on}. Start it, name what changed, and submit it.` };
    case 'reviews.review.escalated':
      return { title: `Review of ${subject.workloadKey} is overdue by ${days(-step.daysToDue)}`,
        body: `The post-deploy governance review of ${named(subject)} was due on ${on} and is not completed. It is reported again until it is.` };
  }
}
