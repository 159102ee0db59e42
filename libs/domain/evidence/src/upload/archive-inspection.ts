import { openPromise, type Entry } from 'yauzl';

/** Limits of an archive, checked on its directory before anything is unpacked. */
export const ARCHIVE_LIMITS = {
  entries: 1_000,
  /** Sum of the unpacked sizes, bytes. */
  unpackedBytes: 200 * 1024 * 1024,
  /** Unpacked : packed. */
  ratio: 100,
  /** An entry this small cannot hurt, and a few repeated bytes already compress beyond the ratio. */
  ratioFromBytes: 1024 * 1024,
} as const;
export type ArchiveLimits = { readonly [limit in keyof typeof ARCHIVE_LIMITS]: number };

export interface ArchiveFinding {
  readonly code: 'archive_broken' | 'archive_too_many_entries' | 'archive_too_large' | 'archive_ratio' | 'archive_overlap' | 'archive_nested'
    | 'archive_symlink' | 'archive_path' | 'archive_duplicate' | 'archive_encrypted';
  readonly message: string;
}

const ARCHIVES = new Set(['zip', 'jar', 'war', 'ear', 'apk', 'aar', 'whl', 'nupkg', 'epub', '7z', 'rar', 'tar', 'gz', 'tgz', 'bz2', 'tbz2', 'xz', 'txz', 'zst', 'lz', 'lz4', 'lzma', 'cab', 'iso', 'dmg', 'arj']);
/** ZIP containers of documents. */
const DOCUMENTS = new Set(['docx', 'docm', 'xlsx', 'xlsm', 'pptx', 'pptm', 'odt', 'ods', 'odp']);
const UNIX_HOSTS = new Set([3, 19]);
const FILE_TYPE_BITS = 0o170000;
const SYMLINK = 0o120000;

const isSymlink = (entry: Entry): boolean =>
  UNIX_HOSTS.has(entry.versionMadeBy >>> 8) && ((entry.externalFileAttributes >>> 16) & FILE_TYPE_BITS) === SYMLINK;
/** `yauzl` refuses absolute and climbing names by itself; this says which of its messages mean that. */
const isPathMessage = (message: string): boolean => /absolute path|invalid relative path|invalid characters in fileName/.test(message);
const quote = (name: string): string => JSON.stringify(name.length > 120 ? `${name.slice(0, 117)}...` : name);

/**
 * Looks at the central directory of a ZIP archive (also of docx and xlsx); nothing is unpacked.
 * @param path of the file on local disk
 * @param packedBytes size of the file
 * @param mayEmbedDocuments whether documents that are ZIP containers themselves may lie inside
 * @returns the first thing that is wrong, or null
 */
export async function inspectArchive(path: string, packedBytes: number, mayEmbedDocuments: boolean, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<ArchiveFinding | null> {
  let zip;
  try {
    zip = await openPromise(path, { autoClose: false, decodeStrings: true });
  } catch (error) {
    return { code: 'archive_broken', message: `The archive cannot be read (${messageOf(error)}). Pack it again.` };
  }
  try {
    if (zip.entryCount > limits.entries) return { code: 'archive_too_many_entries', message: `The archive holds ${zip.entryCount} entries; at most ${limits.entries} are allowed. Split it.` };
    const names = new Set<string>();
    let unpacked = 0;
    let packed = 0;
    for await (const entry of zip.eachEntry()) {
      unpacked += entry.uncompressedSize;
      packed += entry.compressedSize;
      const finding = inspectEntry(entry, names, mayEmbedDocuments, limits);
      if (finding) return finding;
      if (unpacked > limits.unpackedBytes) return { code: 'archive_too_large', message: `Unpacked, the archive is larger than ${limits.unpackedBytes} bytes. Split it, or leave out what is not evidence.` };
      if (packed > packedBytes) return { code: 'archive_overlap', message: 'The entries of the archive overlap. Pack it again with a usual tool.' };
    }
    if (unpacked > limits.ratioFromBytes && unpacked > packedBytes * limits.ratio) {
      return { code: 'archive_ratio', message: `The archive unpacks to more than ${limits.ratio} times its size.` };
    }
    return null;
  } catch (error) {
    const message = messageOf(error);
    return isPathMessage(message)
      ? { code: 'archive_path', message: `An entry would be written outside the archive's folder (${message}). Pack with relative names.` }
      : { code: 'archive_broken', message: `The archive cannot be read to its end (${message}). Pack it again.` };
  } finally {
    zip.close();
  }
}

function inspectEntry(entry: Entry, names: Set<string>, mayEmbedDocuments: boolean, limits: ArchiveLimits): ArchiveFinding | null {
  const name = entry.fileName;
  const extension = /\.([^./]+)$/.exec(name)?.[1]?.toLowerCase() ?? '';
  if (names.has(name)) return { code: 'archive_duplicate', message: `The entry ${quote(name)} is in the archive twice.` };
  names.add(name);
  // A NUL ends the name for some programs and not for others.
  if (name.includes('\0')) return { code: 'archive_path', message: `The name of the entry ${quote(name)} holds a NUL character.` };
  if (isSymlink(entry)) return { code: 'archive_symlink', message: `The entry ${quote(name)} is a symbolic link. Pack the file it points to.` };
  if (entry.isEncrypted()) return { code: 'archive_encrypted', message: `The entry ${quote(name)} is encrypted, so it cannot be checked. Pack it without a password.` };
  if (ARCHIVES.has(extension) || (DOCUMENTS.has(extension) && !mayEmbedDocuments)) {
    return { code: 'archive_nested', message: `The entry ${quote(name)} is an archive itself. Upload it as evidence of its own.` };
  }
  if (entry.uncompressedSize > limits.ratioFromBytes && entry.uncompressedSize > entry.compressedSize * limits.ratio) {
    return { code: 'archive_ratio', message: `The entry ${quote(name)} unpacks to more than ${limits.ratio} times its size.` };
  }
  return null;
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
