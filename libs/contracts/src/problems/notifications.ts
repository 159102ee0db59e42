import type { ProblemTable } from './problem-table.js';

export const notificationsProblems = {
  NOTIFICATIONS_NOTIFICATION_NOT_FOUND: { status: 404, title: 'The notification is not known' },
  NOTIFICATIONS_MAIL_NOT_FOUND: { status: 404, title: 'The mail is not known' },
} as const satisfies ProblemTable;
