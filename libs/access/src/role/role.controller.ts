import { Controller, Get } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { PERMISSION_NAMES, PERMISSIONS } from '@roster/contracts';
import { RequirePermission } from '@roster/platform-http';
import { KEY_FORBIDDEN_PERMISSIONS, ROLE_PERMISSIONS, ROLES } from './role.js';
import { RolesDto } from './role.dto.js';

/** Roles as what they are: sets of permissions. */
@ApiTags('Members')
@Controller('roles')
export class RoleController {
  /** Every role with what it may do. The same for every organization. */
  @Get()
  @RequirePermission('access:organization:read')
  @ApiOperation({ summary: 'List roles and permissions', description: 'What each role may do, what each permission allows, and which an API key can have.' })
  @ApiOkResponse({ type: RolesDto })
  list(): RolesDto {
    return {
      roles: ROLES.map((id) => ({ id, permissions: PERMISSION_NAMES.filter((permission) => ROLE_PERMISSIONS[id].has(permission)) })),
      permissions: PERMISSION_NAMES.map((id) => ({ id, description: PERMISSIONS[id], forKeys: !KEY_FORBIDDEN_PERMISSIONS.has(id) })),
    };
  }
}
