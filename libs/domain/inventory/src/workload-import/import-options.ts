import { problem } from '@roster/platform-errors';
import type { MappedColumn } from './column-mapping.js';
import { IDENTITY_COLUMNS } from './import-column.js';
import type { FormulaPolicy } from './row-reading.js';

/** What the caller says about an import; kept with it, so that a commit does what the dry run showed. */
/** Most replacements of values that the options of an import take. */
export const MAX_REPLACEMENTS = 2_000;

export interface ImportOptions {
  readonly dryRun: boolean;
  readonly mapping: Readonly<Record<string, string | null>>;
  readonly defaults: Readonly<Record<string, string>>;
  readonly unmapped: 'custom' | 'ignore';
  readonly formulas: FormulaPolicy;
  readonly upsertBy: readonly string[] | null;
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly sheet: string | null;
  /** Take over, for what is not stated, where the last import with the same columns put them. */
  readonly useRemembered?: boolean;
  /** Values of a column to read as another one; an empty text reads as blank. */
  readonly replacements?: readonly ValueReplacement[];
  /** Columns whose cells are left blank, with a warning, when they cannot be read. */
  readonly leaveBlank?: readonly string[];
  /** What somebody decided about likely duplicates, by line. */
  readonly duplicates?: readonly DuplicateDecision[];
}

/** A row that means a workload which is there already: it changes that workload, or is left out. Nothing said: it becomes a workload of its own. */
export interface DuplicateDecision {
  readonly line: number;
  readonly as: 'same' | 'left_out';
  /** Key of the workload it is the same as. */
  readonly workload?: string | null;
}

export interface IdentityRule {
  /** Fields that identify a workload: `key`, or names of text fields and `custom.<key>`. */
  readonly upsertBy: readonly string[];
  /** The caller said so; otherwise name, team and business unit were assumed. */
  readonly stated: boolean;
}

/** One value of a column that means another one: `Prod` means `production`. Upper and lower case and spaces do not count. */
export interface ValueReplacement {
  readonly column: string;
  readonly from: string;
  readonly to: string;
}

/** Used when nobody says what identifies a workload and the file has no keys. */
export const ASSUMED_IDENTITY = ['name', 'team', 'businessUnit'] as const;

const invalid = (message: string) => problem('INVENTORY_IMPORT_MAPPING_INVALID', message, { errors: [{ path: 'options.upsertBy', code: 'not_usable', message }] });

/**
 * Which fields say that two rows mean the same workload.
 * @throws INVENTORY_IMPORT_MAPPING_INVALID when the stated fields cannot, or nothing fills them
 */
export const identityRule = (options: Pick<ImportOptions, 'upsertBy' | 'defaults'>, columns: readonly Pick<MappedColumn, 'target'>[]): IdentityRule => {
  const filled = new Set(columns.flatMap(({ target }) => (target.kind === 'field' ? [target.field] : target.kind === 'custom' ? [`custom.${target.custom.key}`] : [])));
  const stated = options.upsertBy;
  if (stated === null) return filled.has('key') ? { upsertBy: ['key'], stated: true } : { upsertBy: ASSUMED_IDENTITY, stated: false };
  for (const field of stated) {
    if (field !== 'key' && !IDENTITY_COLUMNS.has(field) && !field.startsWith('custom.')) throw invalid(`"${field}" cannot say which workload a row is. Use "key", a text field such as "name", or "custom.<key>".`);
    if (!filled.has(field) && options.defaults[field] === undefined) throw invalid(`No column of the file fills "${field}", so it cannot say which workload a row is. Map a column to it, or use another field.`);
  }
  if (filled.has('key') && !(stated.length === 1 && stated[0] === 'key')) throw invalid('The file has keys, and a key says which workload a row is: use upsertBy "key", or map the key column to a custom field.');
  if (stated.includes('key') && stated.length > 1) throw invalid('"key" identifies a workload by itself: leave the other fields of upsertBy out.');
  return { upsertBy: stated, stated: true };
};
