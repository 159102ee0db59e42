import { describe, expect, it } from '@jest/globals';
import { ProblemError, type FieldError } from '@roster/platform-errors';
import { ChoiceField, InstantField, ObjectsField, TextField } from './field.decorator.js';
import { createValidationPipe } from './validation.js';

class LinkDto {
  @TextField({ description: 'Criterion.', max: 10 }) criterion!: string;
}
class ItemDto {
  @TextField({ description: 'Title.', max: 5 }) title!: string;
  @ChoiceField(['a', 'b'], { description: 'Kind.' }) kind!: string;
  @InstantField({ description: 'When.', optional: true }) at?: string;
  @TextField({ description: 'Note.', optional: true, nullable: true }) note?: string | null;
  @ObjectsField(() => LinkDto, { description: 'Links.', optional: true }) links?: LinkDto[];
}

const validate = async (value: unknown): Promise<FieldError[]> => {
  try {
    await createValidationPipe().transform(value, { type: 'body', metatype: ItemDto });
    return [];
  } catch (error) {
    if (error instanceof ProblemError) return [...error.errors];
    throw error;
  }
};

describe('validation of a body', () => {
  it('accepts what is right', async () => {
    expect(await validate({ title: 'ok', kind: 'a', at: '2026-05-01T12:00:00Z', note: null, links: [{ criterion: 'x' }] })).toEqual([]);
  });

  it('names every wrong field with its path, what was expected, and says a missing one once', async () => {
    const errors = await validate({ title: 'too long', links: [{ criterion: 'x' }, { criterion: 'much too long' }] });
    expect(errors).toEqual([
      { path: 'title', code: 'max_length', message: 'expected at most 5 characters' },
      { path: 'kind', code: 'required', message: 'is required: expected one of a, b' },
      { path: 'links[1].criterion', code: 'max_length', message: 'expected at most 10 characters' },
    ]);
  });

  it('refuses unknown fields instead of dropping them', async () => {
    expect(await validate({ title: 'ok', kind: 'a', colour: 'red' })).toEqual([{ path: 'colour', code: 'unknown_field', message: 'this field is not known here; remove it or check its spelling' }]);
  });

  it('refuses an instant that leaves the zone to the reader', async () => {
    expect((await validate({ title: 'ok', kind: 'a', at: '2026-05-01T12:00:00' }))[0]?.path).toBe('at');
  });

  it('keeps null apart from absent', async () => {
    expect((await validate({ title: null, kind: 'a' }))[0]?.path).toBe('title');
  });
});
