import { applyDecorators } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import { TextField } from '@roster/platform-http';
import { ValidateBy } from 'class-validator';

const LONGEST_RECORD = 20_000;

/** Free text, or an object with whatever the organization's procedure asks for. */
const RecordField = (description: string): PropertyDecorator => applyDecorators(
  ApiProperty({ description, oneOf: [{ type: 'string', minLength: 1, maxLength: LONGEST_RECORD }, { type: 'object', additionalProperties: true }] }),
  ValidateBy({ name: 'isRecord', validator: {
    validate: (value: unknown) => (typeof value === 'string' ? value.trim() !== '' && value.length <= LONGEST_RECORD
      : typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0 && JSON.stringify(value).length <= LONGEST_RECORD),
    defaultMessage: () => `expected what was done to decommission it: text, or an object that is not empty, of at most ${LONGEST_RECORD} characters`,
  } }),
) as PropertyDecorator;

export class RetireWorkloadDto {
  @TextField({ description: 'Why it is retired.', max: 10_000 }) reason!: string;
  @RecordField('Decommission record: what was switched off, revoked, kept or deleted, and by whom.') record!: string | Record<string, unknown>;
}
