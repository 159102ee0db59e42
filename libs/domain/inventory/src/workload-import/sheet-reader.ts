import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { WorkbookReader, type WorkbookReaderOptions } from '@cj-tech-master/excelts';

/**
 * Reads a workbook and leaves nothing behind. A workbook may hold its texts behind its sheets: the reader then has to put the sheets aside, unpacked, until the texts are known.
 * The library keeps them among the temporary files of the machine and removes only those that are read to their end; here they lie beside the file and all of them go with `dispose`.
 */
export class SheetReader extends WorkbookReader {
  private folder: string | null = null;
  private readonly writing: Promise<unknown>[] = [];
  private readonly stopping = new AbortController();

  /** @param path of the workbook, in a folder that may be written to */
  constructor(private readonly path: string, source: Readable, options: WorkbookReaderOptions) {
    super(source, options);
  }

  override async _storeWaitingWorksheet(sheetNo: string, entry: Readable): Promise<{ sheetNo: string; path: string; cleanup: () => void; writePromise: Promise<void> }> {
    this.folder ??= await mkdtemp(`${this.path}.sheets-`);
    const path = join(this.folder, `sheet${sheetNo}.xml`);
    const writePromise = pipeline(entry, createWriteStream(path), { signal: this.stopping.signal });
    // What cannot be written is told to whoever reads the sheet, which may be later or never.
    this.writing.push(Promise.allSettled([writePromise]));
    return { sheetNo, path, cleanup: () => undefined, writePromise };
  }

  /** Call when reading is over, however it ended. */
  async dispose(): Promise<void> {
    this.stopping.abort();
    await Promise.all(this.writing);
    if (this.folder) await rm(this.folder, { recursive: true, force: true });
  }
}
