import { PERMISSION_NAMES, type Permission } from '@roster/contracts';
import { ChoicesField, IdField, InstantField, IntegerField, ObjectsField, TextField } from '@roster/platform-http';

export class CreateApiKeyDto {
  @TextField({ description: 'What the key is for, such as the name of a pipeline.', max: 100 }) name!: string;
  @ChoicesField(PERMISSION_NAMES, { description: 'What the key may do: at least one, none that you lack, and never managing keys or members.' }) permissions!: Permission[];
  @InstantField({ description: 'When the key stops working, at most 366 days ahead. Default: 90 days.', optional: true }) expiresAt?: string;
}

export class ApiKeyDto {
  @IdField({ description: 'Id of the key.' }) id!: string;
  @TextField({ description: 'What the key is for.', max: 100 }) name!: string;
  @ChoicesField(PERMISSION_NAMES, { description: 'What the key may do, as long as its creator may.' }) permissions!: Permission[];
  @IdField({ description: 'Member who created it and answers for it.' }) createdBy!: string;
  @InstantField({ description: 'When it was created.' }) createdAt!: Date;
  @InstantField({ description: 'When it stops working.' }) expiresAt!: Date;
  @InstantField({ description: 'When it was last used, to the minute.', nullable: true }) lastUsedAt!: Date | null;
  @InstantField({ description: 'When it was revoked.', nullable: true }) revokedAt!: Date | null;
}

export class CreatedApiKeyDto extends ApiKeyDto {
  @TextField({ description: 'The key itself. Shown this once; only a hash is stored.', pattern: /^roster_[0-9A-Za-z]{43}_[0-9A-Za-z]{49}$/ }) key!: string;
}

export class ApiKeyPageDto {
  @ObjectsField(() => ApiKeyDto, { description: 'Keys, newest first.' }) items!: ApiKeyDto[];
  @TextField({ description: 'Where the next page starts; null on the last one.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', optional: true, min: 0, max: 2_147_483_647 }) total?: number;
}
