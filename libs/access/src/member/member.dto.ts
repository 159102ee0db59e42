import { PERMISSION_NAMES, type Permission } from '@roster/contracts';
import { ChoiceField, ChoicesField, EmailField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';
import { ROLES, type Role } from '../role/role.js';

export class MemberDto {
  @IdField({ description: 'Id of the member.' }) id!: string;
  @EmailField({ description: 'E-mail address they sign in with.' }) email!: string;
  @TextField({ description: 'Name.', max: 200 }) name!: string;
  @ChoiceField(ROLES, { description: 'Role: a set of permissions.' }) role!: Role;
  @ChoicesField(PERMISSION_NAMES, { description: 'What the role may do.' }) permissions!: Permission[];
  @ChoiceField(['active', 'deactivated'], { description: 'A deactivated member cannot sign in; what they did stays theirs.' }) status!: string;
  @InstantField({ description: 'When they joined.' }) createdAt!: Date;
  @InstantField({ description: 'When they were deactivated.', nullable: true }) deactivatedAt!: Date | null;
  @IntegerField({ description: 'Version, as in the ETag.', min: 1, max: 2_147_483_647 }) version!: number;
}

export class MemberPageDto {
  @ObjectsField(() => MemberDto, { description: 'Members in order of joining.' }) items!: MemberDto[];
  @TextField({ description: 'Where the next page starts; null on the last one.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', optional: true, min: 0, max: 2_147_483_647 }) total?: number;
}

export class UpdateMemberDto {
  @ChoiceField(ROLES, { description: 'New role. Nobody gives or takes away more than they may themselves.', optional: true }) role?: Role;
  @TextField({ description: 'New name.', optional: true, max: 200 }) name?: string;
  @ChoiceField(['active'], { description: 'Brings a deactivated member back. DELETE deactivates.', optional: true }) status?: 'active';
}
