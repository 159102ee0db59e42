import type { OwnerAssignmentDto } from './owner.dto.js';
import type { AssignmentRow } from './owner-assignment.repository.js';

/** @param now the instant that re-affirmation is judged at */
export const toOwnerAssignmentDto = (row: AssignmentRow, now: Date): OwnerAssignmentDto => ({
  id: row.id, role: row.role, domain: row.domainKey === '' ? null : row.domainKey, position: row.position, memberId: row.memberId, name: row.memberName, email: row.email, status: row.status,
  proposedAt: row.proposedAt, proposedBy: row.proposedBy, effectiveFrom: row.effectiveFrom, effectiveTo: row.effectiveTo, respondedAt: row.respondedAt, note: row.responseNote,
  reaffirmedAt: row.reaffirmedAt, reaffirmDueAt: row.reaffirmDueAt, reaffirmOverdue: row.status === 'accepted' && row.reaffirmDueAt !== null && row.reaffirmDueAt.getTime() <= now.getTime(),
  succeeds: row.succeedsId,
});
