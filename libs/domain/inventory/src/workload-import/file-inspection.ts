import { analyse } from 'chardet';
import { problem } from '@roster/platform-errors';
import iconv from 'iconv-lite';
import type { FileWarning } from './import-issue.js';
import type { ImportLimits } from './import-limit.js';

export const IMPORT_FORMATS = ['csv', 'xlsx', 'json', 'ndjson'] as const;
export type ImportFormat = (typeof IMPORT_FORMATS)[number];

/** An encoding the file might have. */
export interface EncodingGuess {
  readonly name: string;
  /** 0 to 1; null when nothing speaks for or against it. */
  readonly confidence: number | null;
  /** The text around the first special characters, read in this encoding. */
  readonly sample: string;
}

/** What the bytes of a file say about it, found in one pass without keeping them. */
export interface FileInspection {
  readonly format: ImportFormat;
  /** Name that iconv-lite understands; `null` for XLSX, which carries its own. */
  readonly encoding: string | null;
  /** How the encoding was found: stated by the caller, by a byte order mark, by validity, or assumed. */
  readonly encodingSource: 'stated' | 'byte_order_mark' | 'valid' | 'assumed' | null;
  /** How sure the encoding is, 0 to 1; null for XLSX. */
  readonly encodingConfidence: number | null;
  /** The encoding and what else it might be, each with how the first special characters of the file read in it. Empty when there are none. */
  readonly encodingGuesses: readonly EncodingGuess[];
  readonly bytes: number;
  readonly warnings: readonly FileWarning[];
}

const HEAD_BYTES = 64 * 1024;
/** Bytes that windows-1252 leaves undefined: a text that contains one is in some other encoding. */
const SAMPLE_BYTES = 60;
/** Encodings worth a look when a text is not UTF-8, besides what the recogniser names. */
const USUAL_ENCODINGS = ['utf-8', 'windows-1252', 'windows-1250', 'iso-8859-15', 'macintosh'];
const UNDEFINED_IN_1252 = new Set([0x81, 0x8d, 0x8f, 0x90, 0x9d]);
const LATIN = new Set(['ISO-8859-1', 'ISO-8859-2', 'ISO-8859-9', 'windows-1252', 'windows-1250', 'windows-1254', 'UTF-8', 'ASCII']);
const TEXT_FORMATS: Readonly<Record<string, ImportFormat>> = {
  csv: 'csv', tsv: 'csv', tab: 'csv', txt: 'csv', json: 'json', ndjson: 'ndjson', jsonl: 'ndjson', xlsx: 'xlsx', xlsm: 'xlsx',
};

const startsWith = (head: Uint8Array, ...bytes: number[]): boolean => bytes.every((byte, index) => head[index] === byte);
const extensionOf = (fileName: string): string => /\.([^.\\/]+)$/.exec(fileName.trim())?.[1]?.toLowerCase() ?? '';
const hex = (byte: number): string => `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;

const BINARY_MAGIC: readonly { readonly bytes: readonly number[]; readonly what: string; readonly remedy: string }[] = [
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old Excel (.xls) or password-protected workbook', remedy: 'Open it and save it as .xlsx without a password, or as CSV.' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF document', remedy: 'Export the table behind it as CSV or XLSX.' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive', remedy: 'Unpack it and upload the file inside.' },
  { bytes: [0x52, 0x61, 0x72, 0x21], what: 'a RAR archive', remedy: 'Unpack it and upload the file inside.' },
  { bytes: [0x37, 0x7a, 0xbc, 0xaf], what: 'a 7-Zip archive', remedy: 'Unpack it and upload the file inside.' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file', remedy: 'Export it as CSV, XLSX, JSON or NDJSON.' },
];

const mismatch = (fileName: string, what: string, remedy: string) =>
  problem('INVENTORY_IMPORT_FORMAT_MISMATCH', `"${fileName}" is ${what}, which is not what its name says. ${remedy}`,
    { errors: [{ path: 'file', code: 'format_mismatch', message: remedy }] });

/** UTF-16 without a byte order mark: text in it has a NUL in every second byte, nearly always in the same place. */
const utf16WithoutMark = (head: Uint8Array): 'utf-16le' | 'utf-16be' | null => {
  const pairs = Math.floor(Math.min(head.length, 4096) / 2);
  if (pairs < 4) return null;
  let even = 0;
  let odd = 0;
  for (let pair = 0; pair < pairs; pair++) {
    if (head[pair * 2] === 0) even++;
    if (head[pair * 2 + 1] === 0) odd++;
  }
  if (odd > pairs * 0.7 && even < pairs * 0.1) return 'utf-16le';
  if (even > pairs * 0.7 && odd < pairs * 0.1) return 'utf-16be';
  return null;
};

/** How the special characters read in the encoding that was chosen, and in the others that come into question. */
const encodingGuesses = (special: Uint8Array, chosen: { name: string; confidence: number }, recognised: readonly { name: string; confidence: number }[]): EncodingGuess[] => {
  const known = new Map<string, number | null>([[chosen.name.toLowerCase(), chosen.confidence]]);
  for (const { name, confidence } of recognised.slice(0, 3)) if (iconv.encodingExists(name) && !known.has(name.toLowerCase())) known.set(name.toLowerCase(), confidence / 100);
  for (const name of USUAL_ENCODINGS) if (!known.has(name)) known.set(name, null);
  return [...known].map(([name, confidence]) => ({ name, confidence, sample: sampleText(special, name) }));
};

/** The line with the special characters; the bytes were cut somewhere, so half a character at either end is left out. */
const sampleText = (special: Uint8Array, encoding: string): string => {
  const lines = iconv.decode(Buffer.from(special), encoding).replace(/^\uFFFD+|\uFFFD+$/g, '').split(/[\r\n]+/);
  return lines.find((line) => /[^\x00-\x7f]/.test(line))?.trim() ?? '';
};

const markedEncoding = (head: Uint8Array): string | null => {
  if (startsWith(head, 0xff, 0xfe, 0x00, 0x00)) return 'utf-32le';
  if (startsWith(head, 0x00, 0x00, 0xfe, 0xff)) return 'utf-32be';
  if (startsWith(head, 0xef, 0xbb, 0xbf)) return 'utf-8';
  if (startsWith(head, 0xff, 0xfe)) return 'utf-16le';
  if (startsWith(head, 0xfe, 0xff)) return 'utf-16be';
  return null;
};

/** First character that is not white space decides: `[` is a JSON array, `{` is NDJSON, the rest is CSV. */
const textFormat = (head: string, extension: string): ImportFormat => {
  const first = head.replace(/^\uFEFF/, '').trimStart()[0];
  const named = TEXT_FORMATS[extension];
  if (named === 'csv') return 'csv';
  if (first === '[') return 'json';
  if (first === '{') return 'ndjson';
  return named === 'json' || named === 'ndjson' ? named : 'csv';
};

/**
 * Reads a file once and says what it is: format by content (the name must agree), encoding, size. Never guesses silently: a text that is
 * neither marked, nor valid UTF-8, nor possible windows-1252 is refused with the question which encoding it has.
 * @param file chunks of the file
 * @param fileName as uploaded; only its extension is used, and only to check and to tell CSV from JSON
 * @param statedEncoding an encoding the caller knows; it wins over everything, and must be one iconv-lite knows
 * @throws INVENTORY_IMPORT_FILE_EMPTY, _FILE_TOO_LARGE, _FORMAT_MISMATCH, _ENCODING_UNKNOWN, _NUL_BYTE
 */
export const inspectFile = async (
  file: AsyncIterable<Uint8Array>, fileName: string, limits: ImportLimits, statedEncoding?: string,
): Promise<FileInspection> => {
  if (statedEncoding !== undefined && !iconv.encodingExists(statedEncoding)) {
    throw problem('INVENTORY_IMPORT_ENCODING_UNKNOWN', `The encoding "${statedEncoding}" is not known. Use a name such as utf-8, windows-1252 or shift_jis.`,
      { errors: [{ path: 'options.encoding', code: 'not_known', message: 'Use a name such as utf-8, windows-1252, utf-16le or shift_jis.' }] });
  }
  const heads: Uint8Array[] = [];
  let headLength = 0;
  let bytes = 0;
  let newlines = 0;
  let firstNul: { offset: number; line: number } | null = null;
  let firstUndefined: { byte: number; line: number } | null = null;
  let firstInvalid: { line: number } | null = null;
  /** The bytes around the first one that is not plain ASCII. */
  let special: Uint8Array | null = null;
  /** Around the first byte that is not UTF-8: what the recogniser of legacy encodings needs to see. */
  const legacySample: Uint8Array[] = [];
  let legacyLength = 0;
  const utf8 = new TextDecoder('utf-8', { fatal: true });

  for await (const chunk of file) {
    if (headLength < HEAD_BYTES) {
      const part = chunk.subarray(0, HEAD_BYTES - headLength);
      heads.push(Uint8Array.from(part));
      headLength += part.length;
    }
    if (bytes + chunk.length > limits.fileBytes) {
      throw problem('INVENTORY_IMPORT_FILE_TOO_LARGE', `The file is larger than ${limits.fileBytes} bytes. Split it and import the parts one after the other.`);
    }
    if (!firstInvalid) {
      try {
        utf8.decode(chunk, { stream: true });
      } catch {
        firstInvalid = { line: newlines + 1 };
      }
    }
    let high = false;
    for (let index = 0; index < chunk.length; index++) {
      const byte = chunk[index] as number;
      if (byte === 0x0a) newlines++;
      else if (byte === 0 && !firstNul) firstNul = { offset: bytes + index, line: newlines + 1 };
      else if (byte >= 0x80) {
        high = true;
        special ??= Uint8Array.from(chunk.subarray(Math.max(0, index - SAMPLE_BYTES), index + SAMPLE_BYTES));
        if (!firstUndefined && UNDEFINED_IN_1252.has(byte)) firstUndefined = { byte, line: newlines + 1 };
      }
    }
    if (high && firstInvalid && legacyLength < HEAD_BYTES) {
      const part = chunk.subarray(0, HEAD_BYTES - legacyLength);
      legacySample.push(Uint8Array.from(part));
      legacyLength += part.length;
    }
    bytes += chunk.length;
  }
  if (!firstInvalid) {
    try {
      utf8.decode();
    } catch {
      firstInvalid = { line: newlines + 1 };
    }
  }
  if (bytes === 0) throw problem('INVENTORY_IMPORT_FILE_EMPTY', 'The file is empty: there is nothing to import.', { errors: [{ path: 'file', code: 'required', message: 'Send a file with a header row and at least one data row.' }] });

  const head = Buffer.concat(heads);
  const extension = extensionOf(fileName);
  const isZip = startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x50, 0x4b, 0x05, 0x06);
  if (isZip) {
    if (TEXT_FORMATS[extension] !== undefined && TEXT_FORMATS[extension] !== 'xlsx') {
      throw mismatch(fileName, 'a ZIP archive (perhaps an XLSX workbook)', 'Name a workbook .xlsx; unpack any other archive and upload the file inside.');
    }
    return { format: 'xlsx', encoding: null, encodingSource: null, encodingConfidence: null, encodingGuesses: [], bytes, warnings: [] };
  }
  const binary = BINARY_MAGIC.find((magic) => startsWith(head, ...magic.bytes));
  if (binary) throw mismatch(fileName, binary.what, binary.remedy);
  if (TEXT_FORMATS[extension] === 'xlsx') throw mismatch(fileName, 'not an XLSX workbook', 'If it is a text table, name it .csv; otherwise save it again as .xlsx.');

  /** What the recogniser of legacy encodings says, best first; asked only when the text is not UTF-8. */
  const recognised = firstInvalid ? analyse(Buffer.concat(legacySample)) : [];
  const encoding = decideEncoding();
  const text = iconv.decode(head.subarray(0, 4096), encoding.name);
  return {
    format: textFormat(text, extension), encoding: encoding.name, encodingSource: encoding.source, encodingConfidence: encoding.confidence,
    encodingGuesses: special && encoding.source !== 'byte_order_mark' ? encodingGuesses(special, encoding, recognised) : [], bytes, warnings: encoding.warnings,
  };

  function decideEncoding(): { name: string; source: 'stated' | 'byte_order_mark' | 'valid' | 'assumed'; confidence: number; warnings: FileWarning[] } {
    if (statedEncoding !== undefined) {
      if (!/^(utf-?16|utf-?32|ucs-?2)/i.test(statedEncoding)) refuseNul();
      if (/^utf-?8$/i.test(statedEncoding) && firstInvalid) {
        throw problem('INVENTORY_IMPORT_ENCODING_UNKNOWN', `The file was stated to be UTF-8, but line ${firstInvalid.line} is not. Leave out options.encoding, or name the real one.`,
          { errors: [{ path: 'options.encoding', code: 'not_valid_utf8', message: `Line ${firstInvalid.line} is not valid UTF-8.` }] });
      }
      return { name: statedEncoding, source: 'stated', confidence: 1, warnings: [] };
    }
    const marked = markedEncoding(head);
    if (marked && marked !== 'utf-8') return { name: marked, source: 'byte_order_mark', confidence: 1, warnings: [] };
    const unmarked = firstNul ? utf16WithoutMark(head) : null;
    if (unmarked) return { name: unmarked, source: 'valid', confidence: 0.95, warnings: [] };
    refuseNul();
    // Text with special characters that happens to be valid UTF-8 is practically always meant to be; plain characters read the same anyway.
    if (!firstInvalid) return { name: 'utf-8', source: marked ? 'byte_order_mark' : 'valid', confidence: marked || !special ? 1 : 0.99, warnings: [] };
    if (marked) {
      throw problem('INVENTORY_IMPORT_ENCODING_UNKNOWN', `The file begins with the UTF-8 mark, but line ${firstInvalid.line} is not UTF-8: parts with different encodings were joined. Save it again as UTF-8, or name the encoding in options.encoding.`);
    }
    const guesses = recognised;
    const best = guesses[0];
    const bestLatin = guesses.find((guess) => LATIN.has(guess.name));
    const foreign = best && !LATIN.has(best.name) && best.confidence >= 50 && best.confidence > (bestLatin?.confidence ?? 0) ? best.name : null;
    if (firstUndefined || foreign) {
      const why = firstUndefined ? `line ${firstUndefined.line} contains the byte ${hex(firstUndefined.byte)}, which windows-1252 does not have` : `it looks like ${foreign}`;
      throw problem('INVENTORY_IMPORT_ENCODING_UNKNOWN', `The text is not UTF-8 (first at line ${firstInvalid.line}), and ${why}. Save it as UTF-8, or name its encoding in options.encoding${best ? ` (best guess: ${best.name})` : ''}.`,
        { errors: [{ path: 'options.encoding', code: 'required', message: 'Name the encoding of the file.' }], extensions: { guesses: guesses.slice(0, 3).map(({ name, confidence }) => ({ name, confidence })) } });
    }
    return {
      name: 'windows-1252', source: 'assumed', confidence: Math.min(0.9, Math.max(0.5, (bestLatin?.confidence ?? 0) / 100)), warnings: [{
        code: 'encoding_assumed', message: `The text is not UTF-8 (first at line ${firstInvalid.line}); it was read as windows-1252, the encoding of Excel on Windows.`,
        remedy: 'Check a name with an accent or a typographic quote in the preview; if it looks wrong, name the encoding in options.encoding.',
      }],
    };
  }

  function refuseNul(): void {
    if (firstNul) {
      throw problem('INVENTORY_IMPORT_NUL_BYTE', `The file contains a NUL byte at offset ${firstNul.offset} (line ${firstNul.line}): it is damaged, or it is not a text file. Export it again.`,
        { errors: [{ path: 'file', code: 'nul_byte', message: `NUL byte at offset ${firstNul.offset}, line ${firstNul.line}.` }] });
    }
  }
};
