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
  ACCESS_ORGANIZATION_REQUIRED: { status: 422, title: 'You belong to several organizations, say which one' },
  ACCESS_NO_MEMBERSHIP: { status: 403, title: 'You are not an active member of this organization' },
  ACCESS_SIGN_UP_CLOSED: { status: 403, title: 'New organizations are created by the operator here' },
  ACCESS_PASSWORD_REFUSED: { status: 422, title: 'This password cannot be used' },
  ACCESS_MEMBER_EXISTS: { status: 409, title: 'This person already is in the organization' },
  ACCESS_INVITATION_NOT_FOUND: { status: 404, title: 'No such open invitation' },
  ACCESS_ROLE_TOO_WIDE: { status: 403, title: 'You cannot give or take away more than you may yourself' },
  ACCESS_SESSION_REQUIRED: { status: 403, title: 'Only a signed-in person can do this' },
  ACCESS_EDITION_UNKNOWN: { status: 422, title: 'There is no such framework edition to be measured against' },
  ACCESS_KEY_SCOPE_TOO_WIDE: { status: 422, title: 'An API key cannot have a permission its creator lacks' },
} as const satisfies ProblemTable;
