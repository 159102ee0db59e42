import type { TriState } from '@roster/contracts';

/**
 * What a cell says, and what it does not say. Decided here, once, for every format (domain.md section 2: unknown is a value, never invented):
 * - Blank: nothing, white space, no-break spaces, the spellings of "not applicable" / "not available", dashes, `null`, the error value `#N/A`, and
 *   the word "blank" itself. A blank cell says nothing: the field stays empty, a fact stays `unknown`.
 * - `None` is an answer in a text or list column ("which demographic variables? None") and is kept there. It is neither yes nor no.
 * - A fact takes only an explicit yes or no. "Yes, partly" is `unknown`, with a warning.
 */
const BLANKS = new Set([
  '', 'n/a', 'na', 'n.a', 'n\\a', 'n / a', 'not applicable', 'not available', 'not provided', 'blank', '(blank)', 'blank/not provided', '#n/a', 'null', '-', '--', '---', '–', '—', '.',
]);
const YES = new Set(['yes', 'y', 'true', '1']);
const NO = new Set(['no', 'n', 'false', '0']);
const SAID_UNKNOWN = new Set(['unknown', 'not known', 'not sure', 'unsure', 'tbd', 'to be determined', 'none', '?', 'undetermined', "don't know"]);

const ASCII = /^[\x00-\x7f]*$/;
const INVISIBLE = /[\u200b\u200c\u200d\u2060\ufeff]/g;

/** White space around a cell and characters without width are not content; everything inside is kept as it is. */
export const cleanCell = (raw: string): string => raw.replace(INVISIBLE, '').trim();

/** For comparing: compatibility forms, case and runs of white space do not count. Never stored. */
export const foldText = (text: string): string => (ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase().replace(/\s+/g, ' ').trim();

const foldWord = (text: string): string => foldText(text).replace(/[.\s]+$/, '');

export const isBlankCell = (text: string): boolean => text.length <= 24 && BLANKS.has(foldWord(text));

export type TriStateReading = { readonly value: TriState; readonly said: 'yes' | 'no' | 'blank' | 'unknown' | 'unclear' };

/** Reads a fact. `said` tells a blank from a stated unknown and from something that is not an answer. */
export const readTriState = (text: string): TriStateReading => {
  if (isBlankCell(text)) return { value: 'unknown', said: 'blank' };
  const word = foldWord(text);
  if (YES.has(word)) return { value: 'yes', said: 'yes' };
  if (NO.has(word)) return { value: 'no', said: 'no' };
  return { value: 'unknown', said: SAID_UNKNOWN.has(word) ? 'unknown' : 'unclear' };
};

/** `'=1+1`: the apostrophe is how CSV exports (ours too) say "this is text". Exactly one is taken off, and only before such a character. */
const GUARDED = /^'(?=[=+\-@\t\r\uFF1D\uFF0B\uFF0D\uFF20])/;

export const stripFormulaGuard = (text: string): { readonly text: string; readonly guarded: boolean } =>
  GUARDED.test(text) ? { text: text.slice(1), guarded: true } : { text, guarded: false };

/**
 * Whether a spreadsheet would compute this text: it begins with `=`, or with `+`, `-` or `@` followed by a function call or a DDE link.
 * A list item ("- first, ..."), a dash, a phone number and a negative number are text.
 */
export const looksLikeFormula = (text: string): boolean =>
  /^[=\uFF1D]./s.test(text) || /^[+\-@\uFF0B\uFF0D\uFF20]\s?[A-Za-z_][\w.]*\(/.test(text) || /^[+\-@\uFF0B\uFF0D\uFF20][^\n]{0,200}\|[^\n]{0,500}!/.test(text);

/** A computation that failed: `#REF!`, `#DIV/0!`. (`#N/A` is blank.) */
export const isSpreadsheetError = (text: string): boolean => /^#(REF!|VALUE!|DIV\/0!|NAME\?|NUM!|NULL!|SPILL!|CALC!)$/.test(text);

/** An address that mail could be sent to; the owner of it is looked up later. */
export const isEmailAddress = (text: string): boolean => text.length <= 254 && /^[^\s@<>,;"]+@[^\s@<>,;"]+\.[^\s@<>,;".]{2,}$/.test(text);

export const isWebAddress = (text: string): boolean => {
  if (!/^https?:\/\/\S+$/i.test(text)) return false;
  return URL.canParse(text);
};

/** Splits a list cell: a JSON array, or entries separated by `;`, `|` or line breaks (a comma belongs to the entry unless nothing else separates). */
export const splitList = (text: string): string[] => {
  if (text.startsWith('[')) {
    try {
      const parsed: unknown = JSON.parse(text);
      if (Array.isArray(parsed) && parsed.every((item) => typeof item === 'string' || typeof item === 'number' || typeof item === 'boolean')) {
        return [...new Set(parsed.map((item) => cleanCell(String(item))).filter((item) => !isBlankCell(item)))];
      }
    } catch {
      // Not JSON: a text that happens to begin with a bracket is split like any other.
    }
  }
  const separator = /[;|\n]/.test(text) ? /[;|\n]/ : /,/;
  return [...new Set(text.split(separator).map(cleanCell).filter((item) => !isBlankCell(item)))];
};
