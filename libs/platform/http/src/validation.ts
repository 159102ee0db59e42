import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { problem, type FieldError } from '@roster/platform-errors';
import { plainToInstance } from 'class-transformer';
import { validate } from 'class-validator';

/** All wrong fields with their paths, nested ones included. */
export function fieldErrors(errors: readonly ValidationError[], parent = ''): FieldError[] {
  return errors.flatMap((error) => {
    const path = /^\d+$/.test(error.property) ? `${parent}[${error.property}]` : parent ? `${parent}.${error.property}` : error.property;
    const own = Object.entries(error.constraints ?? {}).filter(([rule]) => rule !== 'nestedValidation' || !error.children?.length).map(([rule, message]) => ({
      path, code: rule === 'whitelistValidation' ? 'unknown_field' : error.value === undefined ? 'required' : snakeCase(rule),
      message: rule === 'whitelistValidation' ? 'this field is not known here; remove it or check its spelling' : error.value === undefined ? `is required: ${message}` : message,
    }));
    // One missing field breaks all of its rules; one message is enough.
    return [...(error.value === undefined ? own.slice(0, 1) : own), ...fieldErrors(error.children ?? [], path)];
  });
}

const snakeCase = (text: string): string => text.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`).replace(/^is_/, 'not_');

/** Whitelists, transforms and reports every wrong field at once. Unknown fields are errors: nothing is dropped silently. */
export const createValidationPipe = (): ValidationPipe => new ValidationPipe({
  whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true, transform: true, stopAtFirstError: false,
  exceptionFactory: (errors) => problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: fieldErrors(errors) }),
});

/**
 * Validates what did not arrive as a JSON body, such as the fields of a form, by the same rules as a body.
 * @param type DTO class
 * @param value untrusted
 * @throws PLATFORM_REQUEST_INVALID naming every wrong field
 */
export async function validateDto<T extends object>(type: new () => T, value: unknown): Promise<T> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw problem('PLATFORM_REQUEST_INVALID', 'Expected an object. Nothing was changed.');
  const dto = plainToInstance(type, value);
  const errors = await validate(dto, { whitelist: true, forbidNonWhitelisted: true, forbidUnknownValues: true });
  if (errors.length > 0) throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: fieldErrors(errors) });
  return dto;
}
