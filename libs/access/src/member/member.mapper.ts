import { ROLE_PERMISSIONS } from '../role/role.js';
import type { MemberDto } from './member.dto.js';
import type { MemberRow } from './member.repository.js';

export const toMemberDto = ({ id, email, name, role, status, createdAt, deactivatedAt, version }: MemberRow): MemberDto =>
  ({ id, email, name, role, permissions: [...ROLE_PERMISSIONS[role]], status, createdAt, deactivatedAt, version });
