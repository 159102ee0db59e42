import { BooleanField, ChoiceField, IdField, InstantField, IntegerField, ObjectsField, TextField, TextsField } from '@roster/platform-http';
import { CUSTOM_FIELD_TYPES, type CustomFieldType } from './custom-value.js';

export class CreateCustomFieldDto {
  @TextField({ description: 'Key in `custom` and in filters. Never changes.', max: 60, pattern: /^[a-z][a-zA-Z0-9_]{0,59}$/, patternHint: 'expected a lower-case letter, then letters, digits and underscores, at most 60' }) key!: string;
  @TextField({ description: 'What people see.', max: 300 }) label!: string;
  @TextField({ description: 'What it means.', max: 4_000, optional: true, nullable: true }) description?: string | null;
  @ChoiceField(CUSTOM_FIELD_TYPES, { description: 'What it accepts. Never changes.' }) type!: CustomFieldType;
  @TextsField({ description: 'Values of choice and choices.', max: 500, maxLength: 200, optional: true }) choices?: string[];
  @BooleanField({ description: 'Can be filtered by; values longer than 200 characters cannot. Default true.', optional: true }) filterable?: boolean;
}

export class UpdateCustomFieldDto {
  @TextField({ description: 'What people see.', max: 300, optional: true }) label?: string;
  @TextField({ description: 'What it means.', max: 4_000, optional: true, nullable: true }) description?: string | null;
  @TextsField({ description: 'Values of choice and choices. One that a workload has cannot go.', max: 500, maxLength: 200, optional: true }) choices?: string[];
  @BooleanField({ description: 'Can be filtered by.', optional: true }) filterable?: boolean;
  @BooleanField({ description: 'Takes no new values; what workloads have stays.', optional: true }) archived?: boolean;
}

export class CustomFieldDto {
  @IdField({ description: 'Id.' }) id!: string;
  @TextField({ description: 'Key in `custom` and in filters.', max: 60 }) key!: string;
  @TextField({ description: 'What people see.', max: 300 }) label!: string;
  @TextField({ description: 'What it means.', max: 4_000, nullable: true }) description!: string | null;
  @ChoiceField(CUSTOM_FIELD_TYPES, { description: 'What it accepts.' }) type!: CustomFieldType;
  @TextsField({ description: 'Values of choice and choices.', max: 500 }) choices!: string[];
  @BooleanField({ description: 'Can be filtered by.' }) filterable!: boolean;
  @BooleanField({ description: 'Takes no new values.' }) archived!: boolean;
  @InstantField({ description: 'When it was defined.' }) createdAt!: Date;
  @InstantField({ description: 'When it was last changed.' }) updatedAt!: Date;
  @IntegerField({ description: 'Version, as in the ETag.', min: 1, max: 2_147_483_647 }) version!: number;
}

export class CustomFieldPageDto {
  @ObjectsField(() => CustomFieldDto, { description: 'Custom fields by key.' }) items!: CustomFieldDto[];
  @TextField({ description: 'Where the next page starts; null on the last one.', nullable: true, max: 2_000 }) nextCursor!: string | null;
  @IntegerField({ description: 'How many there are, with count=true.', optional: true, min: 0, max: 2_147_483_647 }) total?: number;
}
