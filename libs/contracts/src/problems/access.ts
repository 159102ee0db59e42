import type { ProblemTable } from './problem-table.js';

export const accessProblems = {
  ACCESS_NOT_AUTHENTICATED: { status: 401, title: 'You are not signed in' },
  ACCESS_CREDENTIALS_WRONG: { status: 401, title: 'E-mail or password is wrong' },
  ACCESS_PERMISSION_MISSING: { status: 403, title: 'You may not do this' },
  ACCESS_CROSS_SITE_REQUEST: { status: 403, title: 'Cross-site requests are refused' },
  ACCESS_LOGIN_THROTTLED: { status: 429, title: 'Too many attempts, wait before the next one' },
  ACCESS_EMAIL_TAKEN: { status: 409, title: 'This e-mail address already has an account' },
  ACCESS_INVITATION_INVALID: { status: 404, title: 'This invitation is not valid any more' },
  ACCESS_MEMBER_NOT_FOUND: { status: 404, title: 'No such member' },
  ACCESS_LAST_ADMIN: { status: 409, title: 'An organization keeps at least one active admin' },
  ACCESS_KEY_NOT_FOUND: { status: 404, title: 'No such API key' },
  ACCESS_KEY_SCOPE_TOO_WIDE: { status: 422, title: 'An API key cannot have a permission its creator lacks' },
} as const satisfies ProblemTable;
