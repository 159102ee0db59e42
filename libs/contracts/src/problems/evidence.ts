import type { ProblemTable } from './problem-table.js';

/** Evidence, its review, exceptions and coverage (domain.md section 7). */
export const evidenceProblems = {
  EVIDENCE_ITEM_NOT_FOUND: { status: 404, title: 'No such evidence' },
  EVIDENCE_VERSION_NOT_FOUND: { status: 404, title: 'The evidence has no such version' },
  EVIDENCE_LINK_NOT_FOUND: { status: 404, title: 'The evidence has no such link' },
  EVIDENCE_CONTENT_NOT_FOUND: { status: 404, title: 'This version has no file' },
  EVIDENCE_FILE_REFUSED: { status: 422, title: 'The file is refused' },
  EVIDENCE_FILE_QUARANTINED: { status: 409, title: 'The file is in quarantine' },
  EVIDENCE_PREVIEW_UNAVAILABLE: { status: 415, title: 'This file cannot be shown, only downloaded' },
  EVIDENCE_UPLOAD_NOT_FOUND: { status: 404, title: 'No such upload' },
  EVIDENCE_UPLOAD_OFFSET_CONFLICT: { status: 409, title: 'The upload stands elsewhere' },
  EVIDENCE_UPLOAD_INCOMPLETE: { status: 409, title: 'The upload is not complete' },
  EVIDENCE_UPLOAD_LIMIT_REACHED: { status: 429, title: 'Too much is being uploaded' },
  EVIDENCE_UPLOAD_PROTOCOL_UNSUPPORTED: { status: 412, title: 'Another version of the upload protocol' },
  EVIDENCE_PERIOD_INVALID: { status: 422, title: 'The dates do not fit together' },
  EVIDENCE_CRITERION_UNKNOWN: { status: 422, title: 'No such criterion' },
  EVIDENCE_LINK_EXISTS: { status: 409, title: 'The evidence is linked there already' },
  EVIDENCE_SELF_REVIEW: { status: 403, title: 'Somebody else has to decide' },
  EVIDENCE_STATE_CONFLICT: { status: 409, title: 'This was decided already' },
  EVIDENCE_EXCEPTION_NOT_FOUND: { status: 404, title: 'No such exception' },
  EVIDENCE_EXCEPTION_OPEN: { status: 409, title: 'The same request is waiting for a decision' },
} as const satisfies ProblemTable;
