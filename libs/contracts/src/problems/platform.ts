import type { ProblemTable } from './problem-table.js';

export const platformProblems = {
  PLATFORM_REQUEST_INVALID: { status: 400, title: 'The request is not valid' },
  PLATFORM_BODY_TOO_LARGE: { status: 413, title: 'The request body is too large' },
  PLATFORM_MEDIA_TYPE_UNSUPPORTED: { status: 415, title: 'This content type is not accepted here' },
  PLATFORM_ROUTE_NOT_FOUND: { status: 404, title: 'There is nothing at this address' },
  PLATFORM_RESOURCE_NOT_FOUND: { status: 404, title: 'Not found' },
  PLATFORM_PRECONDITION_REQUIRED: { status: 428, title: 'If-Match is required' },
  PLATFORM_PRECONDITION_FAILED: { status: 412, title: 'The resource has changed since it was read' },
  PLATFORM_VERSION_CONFLICT: { status: 409, title: 'Somebody else changed this at the same time' },
  PLATFORM_REFERENCE_UNKNOWN: { status: 422, title: 'A reference in the request is not known' },
  PLATFORM_CURSOR_INVALID: { status: 400, title: 'The cursor is not valid for this list' },
  PLATFORM_IDEMPOTENCY_MISMATCH: { status: 422, title: 'This Idempotency-Key was used for a different request' },
  PLATFORM_IDEMPOTENCY_IN_FLIGHT: { status: 409, title: 'The first request with this Idempotency-Key is still running' },
  PLATFORM_IDEMPOTENCY_SECRET: { status: 409, title: 'The first answer held a secret that is shown once' },
  PLATFORM_RATE_LIMITED: { status: 429, title: 'Too many requests' },
  PLATFORM_UNAVAILABLE: { status: 503, title: 'A part this request needs is not available' },
  PLATFORM_INTERNAL_ERROR: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies ProblemTable;
