import { BooleanField, ChoiceField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { ROLES, type Role } from './role.js';

export class RoleDto {
  @ChoiceField(ROLES, { description: 'Role.' }) id!: Role;
  @TextsField({ description: 'What it may do.' }) permissions!: string[];
}

export class PermissionDto {
  @TextField({ description: 'Permission, `area:noun:verb`.', max: 120 }) id!: string;
  @TextField({ description: 'What it allows.', max: 300 }) description!: string;
  @BooleanField({ description: 'Whether an API key can have it.' }) forKeys!: boolean;
}

export class RolesDto {
  @ObjectsField(() => RoleDto, { description: 'Every role.' }) roles!: RoleDto[];
  @ObjectsField(() => PermissionDto, { description: 'Every permission.', max: 500 }) permissions!: PermissionDto[];
}
