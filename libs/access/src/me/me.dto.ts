import { PERMISSION_NAMES, type Permission } from '@roster/contracts';
import { ChoiceField, ChoicesField, EmailField, IdField, ObjectField, TextField } from '@roster/platform-http';
import { ROLES, type Role } from '../role/role.js';

export class MeUserDto {
  @TextField({ description: 'Name.', max: 200 }) name!: string;
  @EmailField({ description: 'E-mail address.' }) email!: string;
}

export class MeMemberDto {
  @IdField({ description: 'Id of the member in this organization.' }) id!: string;
  @ChoiceField(ROLES, { description: 'Role.' }) role!: Role;
  @ChoicesField(PERMISSION_NAMES, { description: 'What this session or key may do.' }) permissions!: Permission[];
}

export class MeOrganizationDto {
  @IdField({ description: 'Id of the organization.' }) id!: string;
  @TextField({ description: 'Name.', max: 200 }) name!: string;
  @TextField({ description: 'IANA time zone.', max: 64 }) timeZone!: string;
  @TextField({ description: 'Framework edition it is measured against.', max: 64 }) edition!: string;
}

export class MeDto {
  @ObjectField(() => MeUserDto, { description: 'The person; for an API key, its creator.' }) user!: MeUserDto;
  @ObjectField(() => MeMemberDto, { description: 'What the person is in this organization.' }) member!: MeMemberDto;
  @ObjectField(() => MeOrganizationDto, { description: 'The organization this session or key belongs to.' }) organization!: MeOrganizationDto;
  @ChoiceField(['session', 'api_key'], { description: 'How the caller proved who they are.' }) via!: string;
}

export class ChangePasswordDto {
  @TextField({ description: 'The password that holds now.', max: 1_000 }) currentPassword!: string;
  @TextField({ description: 'The new one: 12 to 128 characters, nothing common. No rules about digits or signs.', max: 1_000 }) newPassword!: string;
}
