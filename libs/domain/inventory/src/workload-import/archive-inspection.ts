import { crc32 } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { problem } from '@roster/platform-errors';
import type { ImportLimits } from './import-limit.js';
import { fileTruncated } from './table-row.js';

const RATIO_FROM_BYTES = 1024 * 1024;
/** A data descriptor may stand between the bytes of one entry and the next header. */
const MAX_DESCRIPTOR_BYTES = 24;

const unsafe = (what: string) =>
  problem('INVENTORY_IMPORT_ARCHIVE_UNSAFE', `The workbook was not opened: ${what}. Save it again from a spreadsheet program, or export the sheet as CSV.`,
    { errors: [{ path: 'file', code: 'archive_unsafe', message: what }] });

const readDirectory = async (archive: ZipFile, limits: ImportLimits): Promise<Entry[]> => {
  if (archive.entryCount > limits.archiveEntries) throw unsafe(`it holds ${archive.entryCount} files, at most ${limits.archiveEntries} are read`);
  const entries: Entry[] = [];
  let total = 0;
  for await (const entry of archive.eachEntry()) {
    entries.push(entry);
    total += entry.uncompressedSize;
    if (entry.isEncrypted()) throw unsafe('it is protected by a password');
    if (!entry.canDecodeFileData()) throw unsafe(`"${entry.fileName}" is packed in a way that is not supported`);
    if (total > limits.archiveBytes) throw unsafe(`it unpacks to more than ${limits.archiveBytes} bytes`);
    if (entry.fileName === 'xl/sharedStrings.xml' && entry.uncompressedSize > limits.sharedStringBytes) throw unsafe(`its texts unpack to more than ${limits.sharedStringBytes} bytes`);
    if (entry.uncompressedSize > RATIO_FROM_BYTES && entry.uncompressedSize > entry.compressedSize * limits.archiveRatio) {
      throw unsafe(`"${entry.fileName}" unpacks to more than ${limits.archiveRatio} times its size`);
    }
  }
  return entries;
};

/** Every byte of the archive belongs to an entry of the directory, so that a reader that walks the local headers sees the same files. */
const refuseHiddenContent = async (archive: ZipFile, entries: readonly Entry[]): Promise<void> => {
  let end = 0;
  for (const entry of [...entries].sort((one, other) => one.relativeOffsetOfLocalHeader - other.relativeOffsetOfLocalHeader)) {
    const gap = entry.relativeOffsetOfLocalHeader - end;
    if (gap < 0 || gap > MAX_DESCRIPTOR_BYTES) throw unsafe('its directory and its content do not agree');
    const { fileDataStart } = await archive.readLocalFileHeaderPromise(entry, { minimal: true });
    end = fileDataStart + entry.compressedSize;
  }
};

/**
 * Checks an XLSX archive before anything parses it: complete, of bounded size, every entry as long as it says and with the checksum it
 * says, nothing hidden between the entries. Unpacks once without keeping the bytes.
 * @param path local file
 * @throws INVENTORY_IMPORT_FILE_TRUNCATED, INVENTORY_IMPORT_ARCHIVE_UNSAFE, INVENTORY_IMPORT_FORMAT_MISMATCH (a ZIP without a workbook)
 */
export const inspectArchive = async (path: string, limits: ImportLimits): Promise<void> => {
  let archive: ZipFile;
  try {
    archive = await openPromise(path, { strictFileNames: true, autoClose: false });
  } catch (error) {
    throw fileTruncated(null, `the directory at the end of the workbook is missing or damaged (${(error as Error).message.slice(0, 120)})`);
  }
  try {
    const entries = await readDirectory(archive, limits);
    if (!entries.some((entry) => entry.fileName === 'xl/workbook.xml')) {
      throw problem('INVENTORY_IMPORT_FORMAT_MISMATCH', 'The file is a ZIP archive without a workbook in it. Unpack it and upload the table inside, or send an .xlsx file.',
        { errors: [{ path: 'file', code: 'format_mismatch', message: 'No xl/workbook.xml in the archive.' }] });
    }
    await refuseHiddenContent(archive, entries);
    for (const entry of entries) {
      let sum = 0;
      for await (const chunk of await archive.openReadStreamPromise(entry)) sum = crc32(chunk as Buffer, sum);
      if (sum !== entry.crc32) throw unsafe(`"${entry.fileName}" is damaged (its checksum is wrong)`);
    }
  } catch (error) {
    if ((error as Error).name === 'ProblemError') throw error;
    throw unsafe((error as Error).message.slice(0, 200));
  } finally {
    archive.close();
  }
};
