import { describe, expect, it } from '@jest/globals';
import { mapColumns, type MappingRequest } from './column-mapping.js';
import { ColumnProfiler } from './column-profile.js';
import { RowAccounting } from './row-accounting.js';
import { keyOf, type ReadRow, readRow, type RowReading } from './row-reading.js';

/** Reads a small table whose headings are fields, as the import does. */
const read = (header: readonly string[], rows: readonly (readonly string[])[], more: Partial<MappingRequest & RowReading> = {}): ReadRow[] => {
  const profilers = header.map(() => new ColumnProfiler());
  for (const row of rows) row.forEach((cell, index) => profilers[index]?.add(cell));
  const columns = mapColumns(header.map((name, index) => (profilers[index] as ColumnProfiler).finish(name, rows.length)), { mapping: {}, defaults: {}, unmapped: 'custom', customFields: [], ...more });
  return rows.map((cells, index) => readRow({ line: index + 2, cells }, { columns, defaults: {}, formulas: 'reject', upsertBy: ['name', 'team', 'businessUnit'], ...more }));
};
const one = (cells: Record<string, string>, more: Partial<MappingRequest & RowReading> = {}): ReadRow => {
  const mapping = Object.fromEntries(Object.keys(cells).map((name) => [name, name]));
  return read(Object.keys(cells), [Object.values(cells)], { mapping, ...more })[0] as ReadRow;
};
const codes = (row: ReadRow): string[] => row.issues.map((issue) => `${issue.severity}:${issue.code}:${issue.field}`);

describe('reading a row', () => {
  it('accepts a row with nothing but a name, and invents nothing', () => {
    expect(one({ name: ' Bot ', kind: '', purpose: 'N/A', team: ' ', riskOwner: '', processesRealData: 'n/a', handlesPii: ' ', statedStage: '' })).toMatchObject({
      data: { fields: { name: 'Bot' }, facts: {}, custom: {}, owners: {} }, issues: [],
    });
  });
  it('puts statements, facts and owners where they belong', () => {
    const row = one({ name: 'Bot', kind: 'RAG', statedStage: 'In production', handlesPii: 'Yes', executesTools: 'no', processesRealData: 'unknown', riskOwner: 'Jane <Jane@Example.org>', tags: 'a; b', usersAffected: 'Customers, employees', riskTier: 'Moderate', runbookLink: 'https://example.org/r' });
    expect(row.issues).toEqual([]);
    expect(row.data).toEqual({
      fields: { name: 'Bot', kind: 'rag_pipeline', stated_stage: 'In production', tags: ['a', 'b'], users_affected: ['customers', 'employees'], risk_tier: 'medium', runbook_link: 'https://example.org/r' },
      facts: { handlesPii: 'yes', executesTools: 'no' }, realDataAnswered: true, custom: {}, owners: { risk_owner: 'jane@example.org' },
    });
  });
  it.each([
    [{ name: '' }, 'error:required:name'], [{ name: 'x'.repeat(501) }, 'error:too_long:name'], [{ name: 'A', kind: 'agnet' }, 'error:not_one_of:kind'], [{ name: 'A', riskOwner: 'Jane Doe' }, 'error:not_an_email:riskOwner'],
    [{ name: 'A', runbookLink: 'see wiki' }, 'error:not_a_web_address:runbookLink'], [{ name: 'A', purpose: '=cmd()' }, 'error:formula:purpose'], [{ name: 'A', team: '#REF!' }, 'error:spreadsheet_error:team'],
    [{ name: 'A', lifecycle: 'Retired' }, 'error:retire_needs_record:lifecycle'], [{ name: 'A', key: '!!!' }, 'error:not_a_key:key'], [{ name: 'A', handlesPii: 'Yes, partly' }, 'warning:fact_unclear:handlesPii'],
    [{ name: 'A', key: 'support bot' }, 'warning:key_rewritten:key'], [{ name: 'A', usersAffected: 'customers; martians' }, 'error:not_one_of:usersAffected'], [{ name: 'A', tags: Array.from({ length: 101 }, (_, index) => `t${index}`).join(';') }, 'error:too_many_entries:tags'],
  ])('%j -> %s', (cells, expected) => {
    const row = one(cells as Record<string, string>);
    expect(codes(row)).toEqual([expected]);
    expect(row.identity === null).toBe(expected.startsWith('error'));
    expect(row.issues[0]?.remedy.length).toBeGreaterThan(10);
  });
  it('reports everything wrong with a row at once, with what was meant', () => {
    const row = one({ name: 'A', kind: 'agnet', riskTier: 'Hihg', riskOwner: 'x' });
    expect(codes(row)).toEqual(['error:not_one_of:kind', 'error:not_one_of:riskTier', 'error:not_an_email:riskOwner']);
    expect(row.issues.map((issue) => issue.didYouMean)).toEqual(['agent', 'high', undefined]);
  });
  it('keeps guarded text, and formulas only when told to', () => {
    expect(one({ name: "'=SUM(A1)" }).data.fields.name).toBe('=SUM(A1)');
    expect(codes(one({ name: '=SUM(A1)' }, { formulas: 'text' }))).toEqual(['warning:formula_kept:name']);
    expect(one({ name: '=SUM(A1)' }, { formulas: 'text' }).data.fields.name).toBe('=SUM(A1)');
    const columns = mapColumns([new ColumnProfiler().finish('name', 1)], { mapping: { name: 'name' }, defaults: {}, unmapped: 'custom', customFields: [] });
    const row = readRow({ line: 2, cells: ['=A1'], formulas: new Map([[0, { formula: '=A1', result: 'Bot' }]]) }, { columns, defaults: {}, formulas: 'result', upsertBy: ['name'] });
    expect(row.data.fields.name).toBe('Bot');
  });
  it('uses one value for all rows where there is none, but never answers a fact the file asks about', () => {
    const defaults = { team: 'Ops', kind: 'agent', handlesPii: 'no', executesTools: 'yes' };
    const row = one({ name: 'A', team: ' ', handlesPii: 'N/A' }, { defaults });
    expect(row.data).toMatchObject({ fields: { team: 'Ops', kind: 'agent' }, facts: { executesTools: 'yes' } });
    expect(row.data.facts.handlesPii).toBeUndefined();
    expect(one({ name: 'A', team: 'Dev' }, { defaults }).data.fields.team).toBe('Dev');
    expect(codes(one({ name: 'A' }, { defaults: { kind: 'robot' } }))).toEqual(['error:not_one_of:kind']);
  });
  it('rejects cells beyond the header, unless they are blank', () => {
    const [long, padded] = read(['name'], [['A', 'B'], ['A', ' ']]) as [ReadRow, ReadRow];
    expect(codes(long)).toEqual(['error:too_many_cells:null']);
    expect(padded.issues).toEqual([]);
  });
  it('writes certain dates of a date column as ISO and keeps the rest as text', () => {
    const rows = read(['name', 'Started'], [['A', '7/14/2023'], ['B', '3/4/2024'], ['C', '23-Nov'], ['D', 'N/A']]);
    expect(rows.map((row) => row.data.custom.started)).toEqual(['2023-07-14', '2024-03-04', '23-Nov', undefined]);
    expect(rows.map(codes)).toEqual([[], [], ['warning:date_unclear:custom.started'], []]);
    expect(read(['name', 'Started'], [['A', '3/4/2024'], ['B', '5/4/2024']]).map((row) => row.data.custom.started)).toEqual(['3/4/2024', '5/4/2024']);
  });
  it('checks custom fields by their type', () => {
    const customFields = (['text', 'number', 'boolean', 'tri_state', 'date', 'url', 'choice', 'choices'] as const).map((type) => ({ key: type, label: type, type, choices: type.startsWith('choice') ? ['Red', 'Blue'] : [] }));
    const header = ['name', ...customFields.map((field) => field.key)];
    const good = read(header, [['A', 't', '-1.5', 'yes', 'no', '2024-03-31', 'https://x.org', 'red', 'Red;blue']], { customFields })[0] as ReadRow;
    expect(good.data.custom).toEqual({ text: 't', number: -1.5, boolean: true, tri_state: 'no', date: '2024-03-31', url: 'https://x.org', choice: 'Red', choices: ['Red', 'Blue'] });
    const bad = read(header, [['A', 't', '1,5', 'perhaps', 'perhaps', 'soon', 'x', 'Reed', 'Red;green']], { customFields })[0] as ReadRow;
    expect(codes(bad)).toEqual(['error:not_a_number:custom.number', 'error:not_yes_or_no:custom.boolean', 'warning:fact_unclear:custom.tri_state', 'error:not_a_date:custom.date', 'error:not_a_web_address:custom.url', 'error:not_one_of:custom.choice', 'error:not_one_of:custom.choices']);
    expect(bad.issues[5]?.didYouMean).toBe('Red');
  });
});

describe('which workload a row is', () => {
  it('does not depend on case, white space or the other cells', () => {
    const [first, second, third] = read(['name', 'team', 'purpose'], [['Bot', 'Ops', 'a'], ['  bot ', 'OPS', 'b'], ['Bot', 'Dev', 'a']]) as [ReadRow, ReadRow, ReadRow];
    expect(first.identity).toEqual(second.identity);
    expect(first.identity).not.toEqual(third.identity);
    expect(first.digest).not.toEqual(second.digest);
  });
  it('needs a value in a single upsert field', () => {
    expect(codes(one({ name: 'A', key: '' }, { upsertBy: ['key'] }))).toEqual(['error:upsert_value_missing:key']);
  });
  it.each([['support bot', 'SUPPORT-BOT'], ['Café-2', 'CAFE-2'], ['a_b', 'A-B'], ['x'.repeat(61), null], ['0190163d-8694-739b-aea5-966c26f8ad91', null], ['漢', null]])('key of %j is %j', (text, key) => expect(keyOf(text)).toBe(key));

  const table: readonly (readonly string[])[] = [['Bot', 'one'], ['Bot', 'two'], ['bot', 'one'], ['Bot', 'one'], ['', 'x'], ['Other', 'one']];
  it('merges rows that say the same, keeps rows that differ, counts every row once', () => {
    const accounting = new RowAccounting(false);
    const accounted = read(['name', 'purpose'], table).map((row) => accounting.account(row));
    expect(accounted.map(({ status, mergedIntoLine }) => [status, mergedIntoLine])).toEqual([['valid', null], ['valid', null], ['valid', null], ['merged', 2], ['rejected', null], ['valid', null]]);
    expect(accounted[1]?.issues.map((issue) => issue.code)).toEqual(['name_repeated']);
  });
  it('rejects a contradiction when the caller stated what identifies a workload', () => {
    const accounting = new RowAccounting(true);
    const accounted = read(['name', 'purpose'], table, { upsertBy: ['name'] }).map((row) => accounting.account(row));
    expect(accounted.map(({ status }) => status)).toEqual(['valid', 'rejected', 'rejected', 'merged', 'rejected', 'valid']);
    expect(accounted[1]?.issues.at(-1)).toMatchObject({ severity: 'error', code: 'identity_repeated' });
  });
});
