import { describe, expect, it } from '@jest/globals';
import { type ProblemError } from '@roster/platform-errors';
import { APPLY_FROM, customKeyOf, type CustomFieldShape, foldHeading, headingScore, mapColumns, type MappedColumn, type MappingRequest } from './column-mapping.js';
import { type ColumnProfile, ColumnProfiler } from './column-profile.js';
import { IMPORT_FIELD_BY_NAME, IMPORT_FIELDS, type ImportField } from './import-field.js';

const profile = (name: string, ...cells: string[]): ColumnProfile => {
  const profiler = new ColumnProfiler();
  for (const cell of cells) profiler.add(cell);
  return profiler.finish(name, cells.length);
};
const request = (more: Partial<MappingRequest> = {}): MappingRequest => ({ mapping: {}, defaults: {}, unmapped: 'custom', customFields: [], ...more });
const short = (columns: readonly MappedColumn[]): Record<string, string> =>
  Object.fromEntries(columns.map(({ column, target }) => [column, target.kind === 'field' ? target.field : target.kind === 'custom' ? `custom.${target.custom.key}:${target.custom.type}` : 'not_imported']));
const refusal = (work: () => unknown): ProblemError => {
  try {
    work();
  } catch (error) {
    return error as ProblemError;
  }
  throw new Error('was accepted');
};

describe('guessing where a column goes', () => {
  it('finds every field by its own name, however it is spelled', () => {
    for (const field of IMPORT_FIELDS) {
      for (const spelling of [field.name, field.name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), foldHeading(field.name).toUpperCase()]) expect(headingScore(spelling, field)).toBe(1);
    }
  });
  it('knows no heading that means two fields', () => {
    const seen = new Map<string, string>();
    for (const field of IMPORT_FIELDS) {
      for (const heading of field.headings) {
        expect([heading, seen.get(heading)]).toEqual([heading, undefined]);
        seen.set(heading, field.name);
      }
    }
  });
  it('reads the questions of a published inventory', () => {
    const columns = mapColumns([
      profile('Use Case Name', 'A', 'B'), profile('Agency', 'Dept'), profile('Agency Abbreviation', 'D'), profile('Bureau', 'X', 'Y'), profile('What is the intended purpose and expected benefits of the AI?', 'To help'),
      profile('Stage of Development', 'Initiated', 'Retired'), profile('Does this AI use case involve personally identifiable information (PII) that is maintained by the agency?', 'Yes', 'No', 'N/A', ' '),
      profile('System Name', 'SYS'), profile('Does this project include custom-developed code?', 'Yes', 'No'), profile('Date Initiated', '7/1/2023', '7/14/2023'),
    ], request());
    expect(short(columns)).toEqual({
      'Use Case Name': 'name', Agency: 'businessUnit', 'Agency Abbreviation': 'custom.agencyAbbreviation:text', Bureau: 'team', 'What is the intended purpose and expected benefits of the AI?': 'purpose', 'Stage of Development': 'statedStage',
      'Does this AI use case involve personally identifiable information (PII) that is maintained by the agency?': 'handlesPii', 'System Name': 'custom.systemName:text',
      'Does this project include custom-developed code?': 'custom.doesThisProjectIncludeCustomDevelopedCode:tri_state', 'Date Initiated': 'custom.dateInitiated:date',
    });
    expect(columns[7]?.alternatives[0]).toMatchObject({ field: 'name' });
    for (const column of columns.filter(({ source }) => source === 'guessed')) expect(column.confidence).toBeGreaterThanOrEqual(APPLY_FROM);
  });
  it('looks at the values: a heading alone is not enough for a typed field', () => {
    expect(short(mapColumns([profile('Name', 'A'), profile('PII', 'names', 'addresses')], request())).PII).toBe('custom.pii:text');
    expect(short(mapColumns([profile('Name', 'A'), profile('Owner', 'Jane Doe', 'N.N.')], request())).Owner).toBe('custom.owner:text');
    expect(short(mapColumns([profile('Name', 'A'), profile('Owner', 'jane@example.org', '')], request())).Owner).toBe('riskOwner');
    expect(short(mapColumns([profile('Name', 'A'), profile('Type', 'Chat thing', 'Other thing')], request())).Type).toBe('custom.type:text');
    expect(short(mapColumns([profile('Name', 'A'), profile('Type', 'RAG', 'agent')], request())).Type).toBe('kind');
  });
  it('takes a column for the key when it is called so, or tells every row apart', () => {
    expect(short(mapColumns([profile('Name', 'A', 'B'), profile('Key', 'K1', '')], request())).Key).toBe('key');
    expect(short(mapColumns([profile('Name', 'A', 'B'), profile('ID', '1', '2')], request())).ID).toBe('key');
    expect(short(mapColumns([profile('Name', 'A', 'B'), profile('ID', '1', '1')], request())).ID).toBe('custom.id:text');
    expect(short(mapColumns([profile('Name', 'A', 'B'), profile('ID', '1', '')], request())).ID).toBe('custom.id:text');
  });
  it('gives a field to one column, the best', () => {
    expect(short(mapColumns([profile('Title', 'A'), profile('Name', 'B')], request()))).toEqual({ Title: 'custom.title:text', Name: 'name' });
  });
  it('never leaves a column out silently: custom field, or named as not imported', () => {
    const profiles = [profile('Name', 'A'), profile('Anything', 'x'), profile('Empty', '', 'N/A')];
    expect(short(mapColumns(profiles, request()))).toEqual({ Name: 'name', Anything: 'custom.anything:text', Empty: 'not_imported' });
    expect(short(mapColumns(profiles, request({ unmapped: 'ignore' })))).toEqual({ Name: 'name', Anything: 'not_imported', Empty: 'not_imported' });
  });
  it('uses a custom field that exists', () => {
    const existing: CustomFieldShape = { key: 'costCentre', label: 'Cost Centre', type: 'number', choices: [] };
    expect(mapColumns([profile('Name', 'A'), profile('cost_centre', '12')], request({ customFields: [existing] }))[1]?.target).toEqual({ kind: 'custom', custom: existing, isNew: false, filterable: true });
  });
});

describe('stating where a column goes', () => {
  const profiles = [profile('Name', 'A'), profile('Bureau', 'x'), profile('Free', 'text')];
  it('wins over guessing', () => {
    const columns = mapColumns(profiles, request({ mapping: { Bureau: 'businessUnit', free: 'custom.Remark', Name: 'name' } }));
    expect(short(columns)).toEqual({ Name: 'name', Bureau: 'businessUnit', Free: 'custom.Remark:text'.replace('Remark', 'remark') });
    expect(columns[1]).toMatchObject({ source: 'stated', confidence: 1 });
  });
  it('may leave a column out', () => expect(short(mapColumns(profiles, request({ mapping: { Free: null, Bureau: '' } })))).toMatchObject({ Free: 'not_imported', Bureau: 'not_imported' }));
  it.each([
    [{ mapping: { Nme: 'name' } }, 'column_unknown', 'did you mean "Name"'], [{ mapping: { Free: 'riskTeir' } }, 'field_unknown', 'did you mean "riskTier"'], [{ mapping: { Free: 'name', Name: 'name' } }, 'field_taken', 'cannot both'],
    [{ mapping: { Name: null } }, 'name_missing', 'No column holds the name'], [{ defaults: { kidn: 'agent' } }, 'field_unknown', 'did you mean "kind"'], [{ defaults: { name: 'x' } }, 'not_allowed', 'from row to row'],
  ] as const)('refuses %j', (more, code, words) => {
    const error = refusal(() => mapColumns(profiles, request(more as Partial<MappingRequest>)));
    expect(error.code).toBe('INVENTORY_IMPORT_MAPPING_INVALID');
    expect(error.errors[0]?.code).toBe(code);
    expect(error.errors[0]?.message).toContain(words);
  });
});

it('makes keys for custom fields that the inventory accepts', () => {
  const taken = new Set<string>();
  for (const label of ['Which HISP is it?', 'Which HISP is it?', '漢字', '2024 cost', 'Café', 'a'.repeat(200), '']) {
    const key = customKeyOf(label, taken);
    expect(key).toMatch(/^[a-z][a-zA-Z0-9_]{0,59}$/);
    expect(taken.has(key)).toBe(false);
    taken.add(key);
  }
  expect([...taken].slice(0, 5)).toEqual(['whichHispIsIt', 'whichHispIsIt_2', 'column', 'c2024Cost', 'cafe']);
});

it('every field the import fills exists once', () => {
  expect(IMPORT_FIELD_BY_NAME.size).toBe(IMPORT_FIELDS.length);
  expect(new Set(IMPORT_FIELDS.map((field: ImportField) => field.column)).size).toBe(IMPORT_FIELDS.length);
});
