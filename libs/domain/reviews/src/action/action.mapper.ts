import type { ActionDto } from './action.dto.js';
import type { ActionRow } from './action.repository.js';

/** An action as the API shows it at an instant. */
export const toActionDto = ({ workloadId, workloadKey, workloadName, ownerName, closedById: _closedById, ...action }: ActionRow, now: Date): ActionDto =>
  ({ ...action, owner: action.ownerMemberId === null ? null : { memberId: action.ownerMemberId, name: ownerName ?? action.ownerMemberId }, workload: { id: workloadId, key: workloadKey, name: workloadName }, overdue: action.closedAt === null && action.dueAt <= now });
