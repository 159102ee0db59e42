import type { ImportLimits } from './import-limit.js';
import { fileMalformed, fileTruncated, noHeader, type OpenFile, recordTooLong, refuseTooManyColumns, refuseTooManyRows, type Table, type TableRow } from './table-row.js';
import { decodeText } from './text-decoding.js';

/** The text of one element and the line where it begins. */
export interface JsonSlice {
  readonly line: number;
  readonly text: string;
}

/**
 * Cuts a JSON array into the texts of its elements without holding more than one of them. It looks only at brackets, strings and commas of the
 * top level; whether an element is valid JSON is for JSON.parse to say.
 * @throws INVENTORY_IMPORT_FILE_TRUNCATED when the array is not closed, _LINE_TOO_LONG, _FILE_MALFORMED
 */
export async function* sliceJsonArray(text: AsyncIterable<string>, limits: ImportLimits): AsyncGenerator<JsonSlice> {
  let state = 'before' as 'before' | 'element' | 'between' | 'after';
  let depth = 0;
  let inString = false;
  let escaped = false;
  let line = 1;
  let startLine = 1;
  let element = '';
  let elements = 0;
  for await (const chunk of text) {
    let from = 0;
    for (let index = 0; index < chunk.length; index++) {
      const char = chunk[index] as string;
      if (char === '\n') line++;
      if (state === 'element') {
        if (inString) {
          if (escaped) escaped = false;
          else if (char === '\\') escaped = true;
          else if (char === '"') inString = false;
          continue;
        }
        if (char === '"') inString = true;
        else if (char === '{' || char === '[') depth++;
        else if ((char === '}' || char === ']') && depth > 0) depth--;
        else if (depth === 0 && (char === ',' || char === ']')) {
          element += chunk.slice(from, index);
          if (element.length > limits.recordChars) throw recordTooLong(startLine, limits);
          elements++;
          yield { line: startLine, text: element };
          element = '';
          state = char === ',' ? 'between' : 'after';
        }
        continue;
      }
      if (char === ' ' || char === '\n' || char === '\t' || char === '\r' || char === '\uFEFF') continue;
      if (state === 'before') {
        if (char !== '[') throw fileMalformed(line, `a JSON import begins with "[", not with "${char}"`, 'Send an array of objects, or one object per line (NDJSON).');
        state = 'between';
      } else if (state === 'between') {
        if (char === ']' && elements === 0) {
          state = 'after';
        } else {
          if (char === ',' || char === ']') throw fileMalformed(line, `"${char}" stands where an object should be`, 'Remove the extra comma.');
          state = 'element';
          startLine = line;
          from = index;
          depth = 0;
          index--;
        }
      } else {
        throw fileMalformed(line, `there is more text after the end of the array ("${char}")`, 'Send one array of objects, or one object per line (NDJSON).');
      }
    }
    if (state === 'element') {
      element += chunk.slice(from);
      if (element.length > limits.recordChars) throw recordTooLong(startLine, limits);
    }
  }
  if (state === 'before') throw noHeader('The file has no content.');
  if (state !== 'after') throw fileTruncated(line, 'the array is not closed with "]"');
}

/** One JSON document per line; empty lines are skipped. @throws INVENTORY_IMPORT_LINE_TOO_LONG */
export async function* sliceLines(text: AsyncIterable<string>, limits: ImportLimits): AsyncGenerator<JsonSlice & { last: boolean }> {
  let line = 1;
  let held = '';
  for await (const chunk of text) {
    let from = 0;
    for (let end = chunk.indexOf('\n'); end >= 0; end = chunk.indexOf('\n', from)) {
      held += chunk.slice(from, end);
      if (held.length > limits.recordChars) throw recordTooLong(line, limits);
      if (held.trim()) yield { line, text: held, last: false };
      held = '';
      line++;
      from = end + 1;
    }
    held += chunk.slice(from);
    if (held.length > limits.recordChars) throw recordTooLong(line, limits);
  }
  if (held.trim()) yield { line, text: held, last: true };
}

/** Scalars as text, lists and whatever else has structure as JSON text, objects flattened to `owner.email`. */
const flatten = (value: Record<string, unknown>, prefix: string, into: Map<string, string>): void => {
  for (const [key, item] of Object.entries(value)) {
    const name = `${prefix}${key}`;
    if (item === null || item === undefined) into.set(name, '');
    else if (typeof item === 'string') into.set(name, item);
    else if (typeof item === 'number' || typeof item === 'boolean') into.set(name, String(item));
    else if (Array.isArray(item)) into.set(name, item.length === 0 ? '' : JSON.stringify(item));
    else flatten(item as Record<string, unknown>, `${name}.`, into);
  }
};

const parseObject = (slice: JsonSlice, truncated: boolean): Map<string, string> => {
  let value: unknown;
  try {
    value = JSON.parse(slice.text);
  } catch (error) {
    if (truncated) throw fileTruncated(slice.line, 'the last line is not a complete JSON object');
    throw fileMalformed(slice.line, `it is not valid JSON (${(error as Error).message.slice(0, 120)})`, 'Send an array of objects, or one object per line (NDJSON).');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw fileMalformed(slice.line, 'every element must be an object with one property per column', 'Send objects such as {"name": "Support bot"}.');
  }
  const fields = new Map<string, string>();
  flatten(value as Record<string, unknown>, '', fields);
  for (const [name, text] of fields) {
    if (name.includes('\0') || text.includes('\0')) throw fileMalformed(slice.line, 'a text contains the character NUL (\\u0000)', 'Remove it.');
  }
  return fields;
};

/** A JSON array of objects, or NDJSON, as a table: columns are the property names in the order of their first appearance. */
export const jsonTable = (open: OpenFile, encoding: string, format: 'json' | 'ndjson', limits: ImportLimits): Table => {
  const columns: string[] = [];
  async function* rows(): AsyncGenerator<TableRow> {
    const indexOf = new Map<string, number>();
    let count = 0;
    const slices: AsyncIterable<JsonSlice & { last?: boolean }> = format === 'json' ? sliceJsonArray(decodeText(open(), encoding), limits) : sliceLines(decodeText(open(), encoding), limits);
    columns.length = 0;
    for await (const slice of slices) {
      const fields = parseObject(slice, slice.last === true);
      if (fields.size === 0) continue;
      refuseTooManyRows(++count, limits);
      const cells: string[] = [];
      for (const [name, text] of fields) {
        let index = indexOf.get(name);
        if (index === undefined) {
          index = columns.length;
          indexOf.set(name, index);
          columns.push(name);
          refuseTooManyColumns(columns.length, slice.line, limits);
        }
        while (cells.length < index) cells.push('');
        cells[index] = text;
      }
      yield { line: slice.line, cells: cells.map((cell) => cell ?? '') };
    }
    if (count === 0) throw noHeader('The file contains no objects.');
  }
  return { columns, rows: rows() };
};
