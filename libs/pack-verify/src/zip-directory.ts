import type { ArchiveReader } from './pack-archive.js';

/**
 * Reads the list of files at the end of a ZIP archive (APPNOTE.TXT 6.3, sections 4.3.12 and 4.3.14-16). It only has to find them: whatever it reads is
 * then compared byte by byte with the one archive these files can have (see zip-layout), so an archive that could be read in two ways is refused.
 */
export interface DirectoryEntry {
  readonly name: string;
  /** Bytes of the file; a pack stores without compressing. */
  readonly size: number;
  /** Where its local header starts. */
  readonly offset: number;
}

const END_RECORD = 22;
const WIDE_LOCATOR = 20;
const WIDE_END_RECORD = 56;
const DIRECTORY_RECORD = 46;
const WIDE_EXTRA = 28;
const FLAG_ENCRYPTED = 1;
const ABSENT_32 = 0xffffffff;
const ABSENT_16 = 0xffff;

const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const wide = (view: DataView, at: number): number => {
  const value = Number(view.getBigUint64(at, true));
  if (!Number.isSafeInteger(value)) throw new Error('The archive gives a size no file can have');
  return value;
};

/** @throws Error when the file does not end like the archive of a pack, or a file in it is compressed or encrypted */
export const readDirectory = async (reader: ArchiveReader): Promise<DirectoryEntry[]> => {
  const { position: start, size, count } = await findDirectory(reader);
  const entries: DirectoryEntry[] = [];
  let at = start;
  const end = start + size;
  while (at < end) {
    const fixed = viewOf(await reader.read(at, DIRECTORY_RECORD));
    if (fixed.byteLength < DIRECTORY_RECORD || fixed.getUint32(0, true) !== 0x02014b50) throw new Error(`The list of files of the archive is broken at byte ${at}`);
    const method = fixed.getUint16(10, true);
    const flags = fixed.getUint16(8, true);
    const narrow = { size: fixed.getUint32(24, true), offset: fixed.getUint32(42, true) };
    const [nameLength, extraLength, commentLength] = [fixed.getUint16(28, true), fixed.getUint16(30, true), fixed.getUint16(32, true)];
    const rest = await reader.read(at + DIRECTORY_RECORD, nameLength + extraLength);
    if (rest.length < nameLength + extraLength) throw new Error(`The list of files of the archive is broken at byte ${at}`);
    const name = new TextDecoder('utf-8', { ignoreBOM: true }).decode(rest.subarray(0, nameLength));
    if (method !== 0 || (flags & FLAG_ENCRYPTED) !== 0) throw new Error(`${name} is compressed or encrypted, and a pack never is`);
    const isWide = narrow.size === ABSENT_32 || narrow.offset === ABSENT_32;
    if (isWide && extraLength < WIDE_EXTRA) throw new Error(`The size of ${name} is missing`);
    const extra = viewOf(rest.subarray(nameLength));
    entries.push(isWide ? { name, size: wide(extra, 4), offset: wide(extra, 20) } : { name, ...narrow });
    at += DIRECTORY_RECORD + nameLength + extraLength + commentLength;
  }
  if (entries.length !== count) throw new Error(`The archive announces ${count} files and lists ${entries.length}`);
  return entries;
};

const findDirectory = async (reader: ArchiveReader): Promise<{ position: number; size: number; count: number }> => {
  const endAt = reader.size - END_RECORD;
  const end = endAt < 0 ? null : viewOf(await reader.read(endAt, END_RECORD));
  if (end === null || end.byteLength < END_RECORD || end.getUint32(0, true) !== 0x06054b50) throw new Error('The file is not a ZIP archive, or it was cut off or something was added at its end');
  const found = { count: end.getUint16(10, true), size: end.getUint32(12, true), position: end.getUint32(16, true) };
  if (found.count !== ABSENT_16 && found.size !== ABSENT_32 && found.position !== ABSENT_32) return found;
  const wideAt = endAt - WIDE_LOCATOR - WIDE_END_RECORD;
  const record = wideAt < 0 ? null : viewOf(await reader.read(wideAt, WIDE_END_RECORD));
  if (record === null || record.getUint32(0, true) !== 0x06064b50) throw new Error('The end of the large archive is broken');
  return { count: wide(record, 32), size: wide(record, 40), position: wide(record, 48) };
};
