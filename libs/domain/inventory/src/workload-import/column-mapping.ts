import { createHash } from 'node:crypto';
import { problem, type FieldError } from '@roster/platform-errors';
import { foldText, readTriState } from './cell-value.js';
import type { ColumnProfile } from './column-profile.js';
import { acceptedValues, IMPORT_FIELD_BY_NAME, IMPORT_FIELDS, type ImportField, readChoice } from './import-field.js';
import { nearestWord } from './nearest-word.js';

/** A custom field as the import needs to know it. */
export interface CustomFieldShape {
  readonly key: string;
  readonly label: string;
  readonly type: 'text' | 'number' | 'boolean' | 'tri_state' | 'date' | 'url' | 'choice' | 'choices';
  readonly choices: readonly string[];
}

/** Where a column goes. */
export type ColumnTarget =
  | { readonly kind: 'field'; readonly field: string }
  | { readonly kind: 'custom'; readonly custom: CustomFieldShape; readonly isNew: boolean; readonly filterable: boolean }
  | { readonly kind: 'not_imported' };

export interface MappedColumn {
  readonly index: number;
  readonly column: string;
  readonly target: ColumnTarget;
  /** `stated` by the caller, `remembered` from the last import with these columns, `guessed` from heading and values, `fallback` to a custom field. */
  readonly source: 'stated' | 'remembered' | 'guessed' | 'fallback';
  /** 0-1; 1 for what the caller stated. */
  readonly confidence: number;
  /** Other fields it might be, best first. */
  readonly alternatives: readonly { readonly field: string; readonly confidence: number }[];
  readonly profile: ColumnProfile;
}

export interface MappingRequest {
  /** Where an earlier import with the same columns put them; what `mapping` says wins. */
  readonly remembered?: Readonly<Record<string, string | null>>;
  /** False to describe the columns of a file whose mapping is not in order yet: no column has to hold the name. */
  readonly nameRequired?: boolean;
  /** Column name -> field name, `custom.<key or label>`, or null for "do not import". */
  readonly mapping: Readonly<Record<string, string | null>>;
  /** Field name -> value for all rows that have none. */
  readonly defaults: Readonly<Record<string, string>>;
  /** What becomes of columns that no field fits. */
  readonly unmapped: 'custom' | 'ignore';
  readonly customFields: readonly CustomFieldShape[];
}

/** A guess below this is offered as an alternative and not applied. */
export const APPLY_FROM = 0.6;
const OFFER_FROM = 0.35;
/** Share of the values that must be readable for a typed field. */
const FIT_FROM = 0.8;
/** From here on a heading names the key itself. */
const KEY_HEADING = 0.97;

/** `handlesPii`, `handles_pii` and `Handles PII?` are the same heading. */
export const foldHeading = (heading: string): string =>
  foldText(heading.replace(/([a-z0-9])([A-Z])/g, '$1 $2').replace(/[’']/g, '')).replace(/[^\p{L}\p{N}]+/gu, ' ').trim();

const tokensOf = (folded: string): string[] => folded.split(' ').filter(Boolean);

const containsRun = (tokens: readonly string[], run: readonly string[]): boolean => {
  for (let start = 0; start + run.length <= tokens.length; start++) {
    if (run.every((token, offset) => tokens[start + offset] === token)) return true;
  }
  return false;
};

/** How well a heading names a field: 1 the field's own name, falling with every step away from it; known words inside a long question count from three on. */
export const headingScore = (heading: string, field: ImportField): number => {
  const folded = foldHeading(heading).replace(/ \d+$/, (suffix) => (/\(\d+\)$/.test(heading) ? '' : suffix));
  if (folded === '') return 0;
  if (folded === foldHeading(field.name) || folded === foldHeading(field.column)) return 1;
  const exact = field.headings.indexOf(folded);
  if (exact >= 0) return Math.max(0.8, 0.98 - exact * 0.01);
  const tokens = tokensOf(folded);
  let best = 0;
  for (const known of field.headings) {
    const run = tokensOf(known);
    if (run.length >= 3 && containsRun(tokens, run)) best = Math.max(best, 0.5 + 0.35 * Math.min(1, (run.length + 1) / tokens.length));
    const shared = run.filter((token) => tokens.includes(token)).length;
    const dice = (2 * shared) / (run.length + tokens.length);
    if (dice >= 0.75) best = Math.max(best, 0.35 + 0.4 * dice);
  }
  return best;
};

/** Share of the filled cells that the field could read; null when the field takes any text or the column is empty. */
const valueFit = (field: ImportField, profile: ColumnProfile, heading: number): number | null => {
  if (profile.filled === 0) return null;
  const { type } = field;
  const shareOfValues = (fits: (value: string) => boolean): number =>
    profile.distinct === null || profile.distinctValues.length === 0 ? 0 : profile.distinctValues.filter(fits).length / profile.distinctValues.length;
  switch (type.kind) {
    case 'fact': return profile.yesNo / profile.filled;
    case 'owner': return profile.emails / profile.filled;
    case 'web_address': return profile.webAddresses / profile.filled;
    case 'choice': return shareOfValues((value) => readChoice(type, value) !== null);
    case 'choices': return shareOfValues((value) => value.split(/[;,|\n]/).every((part) => readChoice(type, part.trim()) !== null));
    case 'list': return type.addresses ? profile.webAddresses / profile.filled : null;
    case 'text': return profile.maxLength > type.maxLength && profile.filled < 20 ? 0 : null;
    // A column that is not called key but, say, id: only if it tells every row apart.
    case 'key': return profile.maxLength <= 60 && (heading >= KEY_HEADING || (profile.blank === 0 && (profile.distinct === null || profile.distinct === profile.filled))) ? 1 : 0;
  }
};

/** Confidence that a column holds a field: its heading, corrected by what its cells look like. */
export const mappingConfidence = (profile: ColumnProfile, field: ImportField): number => {
  const heading = headingScore(profile.name, field);
  if (heading < OFFER_FROM) return 0;
  const fit = valueFit(field, profile, heading);
  const score = fit === null ? heading : fit >= FIT_FROM ? heading + (1 - heading) * 0.5 * fit : heading * fit * 0.6;
  return Math.round(score * 100) / 100;
};

/** `Which HISP is …?` -> `whichHispIs…`: a key for a custom field, unique among `taken`. */
export const customKeyOf = (label: string, taken: ReadonlySet<string>): string => {
  const words = foldText(label.normalize('NFKD').replace(/\p{M}/gu, '')).replace(/[^a-z0-9]+/g, ' ').trim().split(' ').filter(Boolean);
  let base = '';
  for (const word of words) {
    const next = base === '' ? word : word[0]?.toUpperCase() + word.slice(1);
    if (base.length + next.length > 50) break;
    base += next;
  }
  if (!/^[a-z]/.test(base)) base = base === '' ? 'column' : `c${base}`.slice(0, 50);
  let key = base;
  for (let number = 2; taken.has(key); number++) key = `${base}_${number}`;
  return key;
};

/** Words only: a column of 1 and 0 may count something. */
const isYesNoColumn = (profile: ColumnProfile): boolean => {
  const readings = profile.distinctValues.map((value) => ({ word: value.replace(/\.$/, ''), ...readTriState(value) }));
  return readings.some(({ value }) => value !== 'unknown') && readings.every(({ word, said }) => said === 'unknown' || ['yes', 'no', 'true', 'false'].includes(word));
};

const shapeOf = (profile: ColumnProfile, taken: ReadonlySet<string>): CustomFieldShape => ({
  key: customKeyOf(profile.name, taken), label: profile.name.slice(0, 300), choices: [],
  // A type only where every cell has it; otherwise the text is kept as it stands.
  type: isYesNoColumn(profile) ? 'tri_state' : profile.filled > 0 && profile.dates === profile.filled ? 'date' : 'text',
});

/** Filters list their values: few and short ones. */
const isFilterable = (profile: ColumnProfile): boolean => profile.maxLength <= 200 && profile.distinct !== null && profile.distinct <= 100;

const invalid = (errors: readonly FieldError[]) =>
  problem('INVENTORY_IMPORT_MAPPING_INVALID', errors.map((error) => error.message).join(' '), { errors });

const statedTarget = (wanted: string, profile: ColumnProfile, request: MappingRequest, taken: Set<string>, newShapes: CustomFieldShape[]): ColumnTarget | string => {
  if (IMPORT_FIELD_BY_NAME.has(wanted)) return { kind: 'field', field: wanted };
  const custom = /^custom[.:](.+)$/s.exec(wanted)?.[1]?.trim();
  if (custom !== undefined) {
    const existing = [...request.customFields, ...newShapes].find((field) => field.key === custom || field.label === custom);
    if (existing) return { kind: 'custom', custom: existing, isNew: newShapes.includes(existing), filterable: isFilterable(profile) };
    const shape: CustomFieldShape = { ...shapeOf(profile, taken), key: /^[a-z][a-zA-Z0-9_]{0,59}$/.test(custom) ? custom : customKeyOf(custom, taken), label: custom.slice(0, 300) };
    return { kind: 'custom', custom: shape, isNew: true, filterable: isFilterable(profile) };
  }
  const nearest = nearestWord(wanted, IMPORT_FIELDS.map((field) => field.name));
  return `"${wanted}" is not a field${nearest ? `; did you mean "${nearest}"` : ''}? Name a field, "custom.<name>", or null to leave the column out.`;
};

/**
 * Decides for every column where it goes; no column is left without an answer. What the caller states wins, then the best guesses one field
 * each, then custom fields.
 * @throws INVENTORY_IMPORT_MAPPING_INVALID for unknown columns or fields, two columns for one field, unusable defaults, or no column for the name
 */
export const mapColumns = (profiles: readonly ColumnProfile[], request: MappingRequest): MappedColumn[] => {
  const errors: FieldError[] = [];
  const byName = new Map(profiles.map((profile, index) => [profile.name, index]));
  const stated = new Map<number, ColumnTarget>();
  const takenKeys = new Set(request.customFields.map((field) => field.key));
  const newShapes: CustomFieldShape[] = [];
  const usedFields = new Map<string, string>();
  const usedCustom = new Map<string, string>();
  const claim = (used: Map<string, string>, key: string, column: string, path: string): boolean => {
    const other = used.get(key);
    if (other === undefined) {
      used.set(key, column);
      return true;
    }
    errors.push({ path, code: 'field_taken', message: `The columns "${other}" and "${column}" cannot both fill "${key}".` });
    return false;
  };

  const claimed = new Set(Object.values(request.mapping));
  // What somebody states now takes a field away from the column that had it the last time.
  const remembered = Object.entries(request.remembered ?? {}).filter(([column, field]) => !(column in request.mapping) && byName.has(column) && (field === null || !claimed.has(field)));
  const fromMemory = new Set(remembered.map(([column]) => column));
  for (const [column, wanted] of [...Object.entries(request.mapping), ...remembered]) {
    const path = `options.mapping[${JSON.stringify(column)}]`;
    const index = byName.get(column) ?? byName.get(profiles.find((profile) => foldHeading(profile.name) === foldHeading(column))?.name ?? '');
    if (index === undefined) {
      const nearest = nearestWord(column, profiles.map((profile) => profile.name));
      errors.push({ path, code: 'column_unknown', message: `The file has no column "${column}"${nearest ? `; did you mean "${nearest}"` : ''}.` });
      continue;
    }
    const profile = profiles[index] as ColumnProfile;
    if (wanted === null || wanted === '') {
      stated.set(index, { kind: 'not_imported' });
      continue;
    }
    const target = statedTarget(wanted, profile, request, takenKeys, newShapes);
    if (typeof target === 'string') {
      errors.push({ path, code: 'field_unknown', message: target });
      continue;
    }
    if (target.kind === 'field' && !claim(usedFields, target.field, profile.name, path)) continue;
    if (target.kind === 'custom') {
      if (!claim(usedCustom, target.custom.key, profile.name, path)) continue;
      if (target.isNew) newShapes.push(target.custom);
      takenKeys.add(target.custom.key);
    }
    stated.set(index, target);
  }
  for (const [field, value] of Object.entries(request.defaults)) {
    const known = IMPORT_FIELD_BY_NAME.get(field);
    const path = `options.defaults.${field}`;
    if (!known) {
      const nearest = nearestWord(field, IMPORT_FIELDS.map((candidate) => candidate.name));
      errors.push({ path, code: 'field_unknown', message: `"${field}" is not a field${nearest ? `; did you mean "${nearest}"` : ''}.` });
    } else if (known.type.kind === 'key' || known.name === 'name') {
      errors.push({ path, code: 'not_allowed', message: `"${field}" must differ from row to row and cannot have one value for all.` });
    } else if (typeof value !== 'string') {
      errors.push({ path, code: 'not_text', message: `The value for "${field}" must be text${acceptedValues(known.type).length ? `, one of ${acceptedValues(known.type).join(', ')}` : ''}.` });
    }
  }

  const guesses = profiles.flatMap((profile, index) => stated.has(index) ? [] : IMPORT_FIELDS.map((field) => ({ index, field: field.name, confidence: mappingConfidence(profile, field) })))
    .filter((guess) => guess.confidence >= OFFER_FROM);
  const guessed = new Map<number, { field: string; confidence: number }>();
  for (const guess of [...guesses].sort((one, other) => other.confidence - one.confidence || one.index - other.index)) {
    if (guess.confidence < APPLY_FROM || guessed.has(guess.index) || usedFields.has(guess.field)) continue;
    guessed.set(guess.index, { field: guess.field, confidence: guess.confidence });
    usedFields.set(guess.field, (profiles[guess.index] as ColumnProfile).name);
  }
  if (errors.length === 0 && request.nameRequired !== false && !usedFields.has('name')) {
    errors.push({ path: 'options.mapping', code: 'name_missing', message: `No column holds the name of the workload. State it as options.mapping = {"<column>": "name"}. Columns: ${profiles.slice(0, 30).map((profile) => `"${profile.name}"`).join(', ')}.` });
  }
  if (errors.length > 0) throw invalid(errors);

  return profiles.map((profile, index): MappedColumn => {
    const alternatives = guesses.filter((guess) => guess.index === index && guess.field !== guessed.get(index)?.field)
      .sort((one, other) => other.confidence - one.confidence).slice(0, 3).map(({ field, confidence }) => ({ field, confidence }));
    const base = { index, column: profile.name, profile, alternatives };
    const target = stated.get(index);
    if (target) return { ...base, target, source: fromMemory.has(profile.name) ? 'remembered' : 'stated', confidence: 1 };
    const guess = guessed.get(index);
    if (guess) return { ...base, target: { kind: 'field', field: guess.field }, source: 'guessed', confidence: guess.confidence };
    // A column without one value in the whole file has nothing to keep; `_line` and `_error` are what our list of rejected rows added.
    if (request.unmapped === 'ignore' || profile.filled === 0 || profile.name === '_line' || profile.name === '_error') return { ...base, target: { kind: 'not_imported' }, source: 'fallback', confidence: 1 };
    const existing = request.customFields.find((field) => foldHeading(field.label) === foldHeading(profile.name) && !usedCustom.has(field.key));
    const custom = existing ?? shapeOf(profile, takenKeys);
    usedCustom.set(custom.key, profile.name);
    takenKeys.add(custom.key);
    return { ...base, target: { kind: 'custom', custom, isNew: !existing, filterable: isFilterable(profile) }, source: 'fallback', confidence: 1 };
  });
};

/** One value for a set of headings, whatever their order: files of the same source have it in common. */
export const columnsDigest = (columns: readonly string[]): Buffer => createHash('sha256').update(JSON.stringify(columns.map(foldHeading).sort())).digest();

/**
 * What the decisions of an earlier import say about the columns of a file.
 * @param columns as kept with the earlier import
 * @param customFields of the organization now; one that was archived since is not brought back
 */
export const rememberedMapping = (columns: readonly Pick<MappedColumn, 'column' | 'target' | 'source'>[], customFields: readonly Pick<CustomFieldShape, 'key'>[]): Record<string, string | null> =>
  Object.fromEntries(columns.flatMap(({ column, target, source }): [string, string | null][] => {
    if (target.kind === 'field') return [[column, target.field]];
    if (target.kind === 'custom') return customFields.some(({ key }) => key === target.custom.key) ? [[column, `custom.${target.custom.key}`]] : [];
    return source === 'fallback' ? [] : [[column, null]];
  }));
