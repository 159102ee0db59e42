import { describe, expect, it } from '@jest/globals';
import { editCustomValues, refuseCustomValue, type CustomFieldDefinition, type CustomFieldType } from './custom-value.js';

const field = (type: CustomFieldType, over: Partial<CustomFieldDefinition> = {}): CustomFieldDefinition => ({ key: type, type, choices: type.startsWith('choice') ? ['a', 'b'] : [], archived: false, ...over });

describe('refuseCustomValue', () => {
  it.each<[CustomFieldType, unknown[], unknown[]]>([
    ['text', ['x', ' '], ['', 1, null, 'x'.repeat(20_001), ['x']]],
    ['number', [0, -1.5], ['5', Number.NaN, Number.POSITIVE_INFINITY, true]],
    ['boolean', [true, false], ['true', 0, 'unknown']],
    ['tri_state', ['yes', 'no', 'unknown'], ['Yes', true, '', 'n/a']],
    ['date', ['2024-02-29'], ['2026-02-29', '2026-2-1', '2026-13-01', '2026-05-01T00:00:00Z', 20260501]],
    ['url', ['https://example.com/x', 'http://localhost:3000'], ['example.com', 'javascript:alert(1)', 'ftp://example.com', `https://example.com/${'x'.repeat(2_000)}`]],
    ['choice', ['a'], ['c', 'A', ['a']]],
    ['choices', [['a'], ['b', 'a']], ['a', [], ['a', 'a'], ['c'], [1]]],
  ])('%s', (type, right, wrong) => {
    for (const value of right) expect(refuseCustomValue(field(type), value)).toBeNull();
    for (const value of wrong) expect(refuseCustomValue(field(type), value)).toMatch(/^expected /);
  });
});

describe('editCustomValues', () => {
  const definitions = new Map([['text', field('text')], ['number', field('number')], ['old', field('text', { key: 'old', archived: true })]]);

  it('sets, keeps and clears', () => {
    expect(editCustomValues({ text: 'a', number: 1 }, { number: 2, text: null }, definitions)).toEqual({ values: { number: 2 }, errors: [] });
    expect(editCustomValues({ text: 'a' }, {}, definitions).values).toEqual({ text: 'a' });
    expect(editCustomValues({}, { text: null }, definitions)).toEqual({ values: {}, errors: [] });
  });

  it('names everything that is wrong and then changes nothing', () => {
    const { values, errors } = editCustomValues({ text: 'a' }, { text: 'b', number: 'x', nope: 1, old: 'y' }, definitions);
    expect(values).toEqual({ text: 'a' });
    expect(errors.map(({ path, code }) => [path, code])).toEqual([['custom.number', 'not_custom_value'], ['custom.nope', 'unknown_custom_field'], ['custom.old', 'archived_custom_field']]);
  });

  it('clears a value whose field is archived or gone', () => {
    expect(editCustomValues({ old: 'y', gone: 'z' }, { old: null, gone: null }, definitions)).toEqual({ values: {}, errors: [] });
  });
});
