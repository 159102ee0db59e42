import { ValidationPipe, type ValidationError } from '@nestjs/common';
import { problem, type FieldError } from '@roster/platform-errors';

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
