import type { InvitationDto } from './invitation.dto.js';
import type { InvitationRow } from './invitation.repository.js';

export const toInvitationDto = ({ id, email, role, status, invitedBy, createdAt, expiresAt }: InvitationRow): InvitationDto =>
  ({ id, email, role, status, invitedBy, createdAt, expiresAt });
