import { ChoiceField, EmailField, IdField, InstantField, IntegerField, ObjectsField, TextField, UrlField } from '@roster/platform-http';
import { ROLES, type Role } from '../role/role.js';

export class InviteDto {
  @EmailField({ description: 'Who is invited.' }) email!: string;
  @ChoiceField(ROLES, { description: 'Role they get. Nobody gives more than they may themselves.' }) role!: Role;
}

export const INVITATION_STATES = ['open', 'accepted', 'revoked', 'expired'] as const;

export class InvitationDto {
  @IdField({ description: 'Id of the invitation.' }) id!: string;
  @EmailField({ description: 'Who is invited.' }) email!: string;
  @ChoiceField(ROLES, { description: 'Role they get.' }) role!: Role;
  @ChoiceField(INVITATION_STATES, { description: 'Where it stands.' }) status!: string;
  @IdField({ description: 'Member who invited.' }) invitedBy!: string;
  @InstantField({ description: 'When.' }) createdAt!: Date;
  @InstantField({ description: 'Until when it can be accepted.' }) expiresAt!: Date;
}

export class CreatedInvitationDto extends InvitationDto {
  @TextField({ description: 'The token of the link. Shown this once; only a hash is stored.', pattern: /^ri_[0-9A-Za-z]{43}_[0-9A-Za-z]{49}$/ }) token!: string;
  @UrlField({ description: 'The link that was mailed; it can also be handed over by other means.' }) url!: string;
}

export class InvitationPageDto {
  @ObjectsField(() => InvitationDto, { description: 'Invitations, newest first.' }) items!: InvitationDto[];
  @TextField({ description: 'Where the next page starts; null on the last one.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', optional: true, min: 0, max: 2_147_483_647 }) total?: number;
}

/** What an invitation is about, for whoever holds its token. */
export class InvitationPreviewDto {
  @TextField({ description: 'Name of the organization.' }) organization!: string;
  @TextField({ description: 'Who invited.' }) invitedBy!: string;
  @EmailField({ description: 'Who is invited.' }) email!: string;
  @ChoiceField(ROLES, { description: 'Role they get.' }) role!: Role;
  @InstantField({ description: 'Until when it can be accepted.' }) expiresAt!: Date;
}

export class AcceptInvitationDto {
  @TextField({ description: 'Your name. May be left out when you have an account already.', max: 200, optional: true }) name?: string;
  @TextField({ description: 'A new password of 12 to 128 characters, or the one of the account you have already.', max: 1_000 }) password!: string;
}
