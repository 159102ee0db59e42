import { utf8 } from './bytes.js';

/**
 * The exact bytes between the files of a pack. A pack has one possible container: files stored, sorted, mode 0644, dated 1980-01-01, sizes in a data
 * descriptor. The verifier compares every structural byte with these functions, so nothing can hide in a header, between files or behind the end.
 * Format: APPNOTE.TXT 6.3, sections 4.3.7 (local header), 4.3.9 (descriptor), 4.3.12 (central directory), 4.3.14-16 (end records).
 */
const DOS_DATE_1980_01_01 = 0x0021;
const DOS_MIDNIGHT = 0;
const FLAG_UTF8 = 1 << 11;
const FLAG_SIZES_FOLLOW = 1 << 3;
const VERSION_MADE_BY_UNIX_63 = (3 << 8) | 63;
const VERSION_PLAIN = 20;
const VERSION_ZIP64 = 45;
/** Regular file, rw-r--r--. */
export const FILE_MODE = 0o100644;
const MAX_32 = 0xfffffffe;

/** What one file contributes to the structure. */
export interface ZipMember {
  /** Full name in the container, ASCII. */
  readonly name: string;
  readonly crc32: number;
  readonly size: number;
  /** Where its local header starts. */
  readonly offset: number;
}

class Writer {
  private readonly bytes: number[] = [];
  u16(value: number): this {
    this.bytes.push(value & 0xff, (value >>> 8) & 0xff);
    return this;
  }
  u32(value: number): this { return this.u16(value & 0xffff).u16(value >>> 16); }
  u64(value: number): this { return this.u32(value % 2 ** 32 >>> 0).u32(Math.floor(value / 2 ** 32)); }
  raw(bytes: Uint8Array): this {
    this.bytes.push(...bytes);
    return this;
  }
  done(): Uint8Array { return Uint8Array.from(this.bytes); }
}

const needsZip64 = (size: number, offset: number): boolean => size > MAX_32 || offset > MAX_32;

export const localHeader = (name: string): Uint8Array => new Writer()
  .u32(0x04034b50).u16(VERSION_PLAIN).u16(FLAG_UTF8 | FLAG_SIZES_FOLLOW).u16(0).u16(DOS_MIDNIGHT).u16(DOS_DATE_1980_01_01)
  .u32(0).u32(0).u32(0).u16(utf8(name).length).u16(0).raw(utf8(name)).done();

export const dataDescriptor = ({ crc32, size, offset }: Omit<ZipMember, 'name'>): Uint8Array => {
  const start = new Writer().u32(0x08074b50).u32(crc32);
  return needsZip64(size, offset) ? start.u64(size).u64(size).done() : start.u32(size).u32(size).done();
};

export const centralRecord = ({ name, crc32, size, offset }: ZipMember): Uint8Array => {
  const zip64 = needsZip64(size, offset);
  const narrow = (value: number): number => (zip64 ? 0xffffffff : value);
  const record = new Writer()
    .u32(0x02014b50).u16(VERSION_MADE_BY_UNIX_63).u16(zip64 ? VERSION_ZIP64 : VERSION_PLAIN).u16(FLAG_UTF8 | FLAG_SIZES_FOLLOW).u16(0)
    .u16(DOS_MIDNIGHT).u16(DOS_DATE_1980_01_01).u32(crc32).u32(narrow(size)).u32(narrow(size))
    .u16(utf8(name).length).u16(zip64 ? 28 : 0).u16(0).u16(0).u16(0).u32((FILE_MODE << 16) >>> 0).u32(narrow(offset)).raw(utf8(name));
  return zip64 ? record.u16(0x0001).u16(24).u64(size).u64(size).u64(offset).done() : record.done();
};

/** The records after the central directory, up to the last byte of the file. */
export const endRecords = (count: number, directorySize: number, directoryOffset: number): Uint8Array => {
  const wideCount = count >= 0xffff;
  const wideSize = directorySize >= 0xffffffff;
  const wideOffset = directoryOffset >= 0xffffffff;
  const records = new Writer();
  if (wideCount || wideSize || wideOffset) {
    records.u32(0x06064b50).u64(44).u16(VERSION_MADE_BY_UNIX_63).u16(VERSION_ZIP64).u32(0).u32(0).u64(count).u64(count).u64(directorySize).u64(directoryOffset);
    records.u32(0x07064b50).u32(0).u64(directoryOffset + directorySize).u32(1);
  }
  return records.u32(0x06054b50).u16(0).u16(0).u16(wideCount ? 0xffff : count).u16(wideCount ? 0xffff : count)
    .u32(wideSize ? 0xffffffff : directorySize).u32(wideOffset ? 0xffffffff : directoryOffset).u16(0).done();
};

/** Size of the archive of these members, in their order, without making it. */
export const archiveSize = (members: readonly Pick<ZipMember, 'name' | 'size'>[]): number => {
  let offset = 0;
  let directory = 0;
  for (const { name, size } of members) {
    const member = { name, size, crc32: 0, offset };
    offset += localHeader(name).length + size + dataDescriptor(member).length;
    directory += centralRecord(member).length;
  }
  return offset + directory + endRecords(members.length, directory, offset).length;
};
