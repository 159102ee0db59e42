import { applyDecorators } from '@nestjs/common';
import { ApiProperty, type ApiPropertyOptions } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { ArrayMaxSize, ArrayMinSize, IsArray, IsBoolean, IsEmail, IsIn, IsInt, IsISO8601, IsNumber, IsObject, IsOptional, IsString, IsUUID, IsUrl, Matches, Max, MaxLength, Min, MinLength,
  ValidateIf, ValidateNested, type ValidationOptions } from 'class-validator';

/** What every field has. */
interface FieldOptions {
  /** What the field means, with unit and range where it has one. Shown in the API reference. */
  readonly description: string;
  /** May be left out. */
  readonly optional?: boolean;
  /** May be null, which clears it. */
  readonly nullable?: boolean;
  readonly example?: unknown;
}

const field = (options: FieldOptions, api: ApiPropertyOptions, ...rules: PropertyDecorator[]): PropertyDecorator => applyDecorators(
  ApiProperty({ ...api, description: options.description, required: options.optional !== true, ...(options.nullable ? { nullable: true } : {}), ...(options.example === undefined ? {} : { example: options.example }) } as ApiPropertyOptions),
  ...(options.optional ? [options.nullable ? IsOptional() : ValidateIf((_object, value) => value !== undefined)] : options.nullable ? [ValidateIf((_object, value) => value !== null)] : []),
  ...rules,
) as PropertyDecorator;

/** Text. @param options.max longest, in characters (default 500); `min` default 1 */
export const TextField = (options: FieldOptions & { max?: number; min?: number; pattern?: RegExp; patternHint?: string }): PropertyDecorator => {
  const { max = 500, min = 1, pattern, patternHint } = options;
  return field(options, { type: String, minLength: min, maxLength: max, ...(pattern ? { pattern: pattern.source } : {}) },
    IsString({ message: 'expected text' }), MinLength(min, { message: `expected at least ${min} character${min === 1 ? '' : 's'}` }), MaxLength(max, { message: `expected at most ${max} characters` }),
    ...(pattern ? [Matches(pattern, { message: patternHint ?? `expected text like ${pattern.source}` })] : []));
};

/** One of a value set. */
export const ChoiceField = (values: readonly string[], options: FieldOptions): PropertyDecorator =>
  field(options, { type: String, enum: [...values] }, IsIn([...values], { message: `expected one of ${values.join(', ')}` }));

/** Several of a value set. */
export const ChoicesField = (values: readonly string[], options: FieldOptions & { max?: number }): PropertyDecorator =>
  field(options, { type: String, enum: [...values], isArray: true }, ...arrayRules(options.max), IsIn([...values], { each: true, message: `expected a list of ${values.join(', ')}` }));

/** A list of texts. */
export const TextsField = (options: FieldOptions & { max?: number; maxLength?: number; min?: number }): PropertyDecorator =>
  field(options, { type: String, isArray: true }, ...arrayRules(options.max, options.min), IsString({ each: true, message: 'expected a list of texts' }), MaxLength(options.maxLength ?? 500, { each: true, message: `expected texts of at most ${options.maxLength ?? 500} characters` }));

export const IntegerField = (options: FieldOptions & { min: number; max: number }): PropertyDecorator =>
  field(options, { type: 'integer', minimum: options.min, maximum: options.max }, IsInt({ message: 'expected a whole number' }), ...rangeRules(options));

export const NumberField = (options: FieldOptions & { min: number; max: number }): PropertyDecorator =>
  field(options, { type: Number, minimum: options.min, maximum: options.max }, IsNumber({}, { message: 'expected a number' }), ...rangeRules(options));

export const BooleanField = (options: FieldOptions): PropertyDecorator => field(options, { type: Boolean }, IsBoolean({ message: 'expected true or false' }));

/** An instant, RFC 3339 with an offset. */
export const InstantField = (options: FieldOptions): PropertyDecorator =>
  field(options, { type: String, format: 'date-time' }, IsISO8601({ strict: true, strictSeparator: true }, { message: 'expected an instant like 2026-05-01T12:00:00Z' }),
    Matches(/T.*(Z|[+-]\d{2}:\d{2})$/, { message: 'expected an instant with an offset, like 2026-05-01T12:00:00Z' }));

/** A calendar date, YYYY-MM-DD. */
export const DateField = (options: FieldOptions): PropertyDecorator =>
  field(options, { type: String, format: 'date' }, Matches(/^\d{4}-\d{2}-\d{2}$/, { message: 'expected a date like 2026-05-01' }), IsISO8601({ strict: true }, { message: 'expected a date that exists' }));

export const IdField = (options: FieldOptions): PropertyDecorator => field(options, { type: String, format: 'uuid' }, IsUUID('all', { message: 'expected an id (UUID)' }));

export const EmailField = (options: FieldOptions): PropertyDecorator =>
  field(options, { type: String, format: 'email', maxLength: 254 }, IsEmail({}, { message: 'expected an e-mail address' }), MaxLength(254, { message: 'expected at most 254 characters' }));

export const UrlField = (options: FieldOptions): PropertyDecorator =>
  field(options, { type: String, format: 'uri', maxLength: 2_000 }, IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false }, { message: 'expected an http or https address' }), MaxLength(2_000));

/** Free-form JSON object; the service validates its content. */
export const JsonField = (options: FieldOptions): PropertyDecorator => field(options, { type: 'object', additionalProperties: true }, IsObject({ message: 'expected an object' }));

// The OpenAPI generator takes a function for a lazy reference only when the function is called `type`, hence the wrapping.
/** A nested object of a DTO class. */
export const ObjectField = (type: () => new () => object, options: FieldOptions): PropertyDecorator =>
  field(options, { type: () => type() }, IsObject({ message: 'expected an object' }), ValidateNested({ message: 'is not valid' }), Type(type));

/** A list of objects of a DTO class. @param options.max most elements (default 200) */
export const ObjectsField = (type: () => new () => object, options: FieldOptions & { max?: number; min?: number }): PropertyDecorator =>
  field(options, { type: () => type(), isArray: true }, ...arrayRules(options.max, options.min), ValidateNested({ each: true, message: 'is not valid' }), Type(type));

const arrayRules = (max = 200, min = 0): PropertyDecorator[] => [IsArray({ message: 'expected a list' } satisfies ValidationOptions), ArrayMaxSize(max, { message: `expected at most ${max} elements` }),
  ...(min > 0 ? [ArrayMinSize(min, { message: `expected at least ${min} element${min === 1 ? '' : 's'}` })] : [])];
const rangeRules = ({ min, max }: { min: number; max: number }): PropertyDecorator[] => [Min(min, { message: `expected at least ${min}` }), Max(max, { message: `expected at most ${max}` })];
