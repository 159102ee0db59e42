import { EmailField, IdField, TextField } from '@roster/platform-http';

export class SignInDto {
  @EmailField({ description: 'E-mail address.' }) email!: string;
  @TextField({ description: 'Password.', max: 1_000 }) password!: string;
  @IdField({ description: 'Which organization; needed only by people who belong to several.', optional: true }) organizationId?: string;
}
