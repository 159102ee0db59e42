import { EmailField, ObjectField, TextField } from '@roster/platform-http';

export class SignUpOrganizationDto {
  @TextField({ description: 'Name of the organization.', max: 200 }) name!: string;
  @TextField({ description: 'IANA time zone in which reviews fall due. Default: UTC.', max: 64, optional: true, example: 'Europe/Berlin' }) timeZone?: string;
}

export class SignUpUserDto {
  @TextField({ description: 'Your name.', max: 200 }) name!: string;
  @EmailField({ description: 'Your e-mail address, with which you sign in.' }) email!: string;
  @TextField({ description: '12 to 128 characters, nothing common. No rules about digits or signs.', max: 1_000 }) password!: string;
}

export class SignUpDto {
  @ObjectField(() => SignUpOrganizationDto, { description: 'The new organization.' }) organization!: SignUpOrganizationDto;
  @ObjectField(() => SignUpUserDto, { description: 'You, its first administrator.' }) user!: SignUpUserDto;
}
