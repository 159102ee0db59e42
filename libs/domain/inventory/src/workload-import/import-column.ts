import { IMPORT_FIELDS } from './import-field.js';

/** A column of `workload` that an import writes, with its type in SQL. Facts, owners and the key are written by statements of their own. */
export interface ImportColumn {
  readonly field: string;
  readonly column: string;
  readonly sqlType: 'text' | 'text[]';
}

export const IMPORT_COLUMNS: readonly ImportColumn[] = IMPORT_FIELDS.flatMap(({ name, column, type }): ImportColumn[] => {
  switch (type.kind) {
    case 'text':
    case 'choice':
    case 'web_address': return [{ field: name, column, sqlType: 'text' }];
    case 'list':
    case 'choices': return [{ field: name, column, sqlType: 'text[]' }];
    default: return [];
  }
});

/** Fact in the API -> column of `workload`. */
export const FACT_COLUMNS: readonly (readonly [fact: string, column: string])[] =
  IMPORT_FIELDS.flatMap(({ name, column, type }) => (type.kind === 'fact' ? [[name, column] as const] : []));

/** Fields that may say which workload a row is, besides `key` and custom fields: one text each. */
export const IDENTITY_COLUMNS: ReadonlyMap<string, string> = new Map(IMPORT_COLUMNS.filter(({ sqlType }) => sqlType === 'text').map(({ field, column }) => [field, column]));
