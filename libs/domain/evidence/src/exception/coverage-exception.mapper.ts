import { toActor } from '../item/evidence.mapper.js';
import type { ExceptionDto } from './coverage-exception.dto.js';
import type { ExceptionRow } from './coverage-exception.repository.js';

export const toException = (row: ExceptionRow, now: Date): ExceptionDto => ({
  id: row.id, kind: row.kind, status: row.status === 'approved' && row.expiresAt !== null && row.expiresAt <= now ? 'expired' : row.status,
  workload: { id: row.workloadId, key: row.workloadKey, name: row.workloadName }, criterion: row.requirementKey, reason: row.reason,
  compensatingControl: row.compensatingControl, expiresAt: row.expiresAt, requestedAt: row.requestedAt, requestedBy: toActor(row.requestedBy),
  decidedAt: row.decidedAt, decidedBy: row.decidedBy && toActor(row.decidedBy), comment: row.decisionComment, withdrawnAt: row.withdrawnAt,
});
