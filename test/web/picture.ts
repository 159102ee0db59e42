import { expect } from '@jest/globals';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Browser, Page } from 'playwright-core';
import { PNG } from 'pngjs';

const BASELINES = join(import.meta.dirname, 'pictures');
const DIFFERENCES = join(tmpdir(), 'roster-pictures');
/** Share of pixels that may differ: another version of the browser draws the edges of letters a little differently. */
const TOLERANCE = 0.01;
/** Of WebP, 0 to 1: text stays readable, and a window takes a fifth of its PNG. */
const QUALITY = 0.8;

const updating = process.env.UPDATE_PICTURES === '1';

/**
 * Compares windows with their pictures in test/web/pictures. With UPDATE_PICTURES=1 the pictures are made anew, to be looked at before they
 * are committed. They are kept as WebP, which the browser itself writes and reads.
 */
export class PictureBook {
  private constructor(private readonly studio: Page) {}

  static async open(browser: Browser): Promise<PictureBook> {
    return new PictureBook(await browser.newPage());
  }

  /**
   * @param name of the file, without its ending
   * @param mask selectors of what differs by nature
   */
  async expectPicture(page: Page, name: string, mask: readonly string[] = []): Promise<void> {
    const taken = await page.screenshot({ animations: 'disabled', caret: 'hide', mask: ['[data-volatile]', ...mask].map((selector) => page.locator(selector)), maskColor: '#8c95a1' });
    const picture = await this.toWebP(taken);
    const file = join(BASELINES, `${name}.webp`);
    const known = await readFile(file).catch((error: NodeJS.ErrnoException) => { if (error.code === 'ENOENT') return null; throw error; });
    if (updating || known === null) {
      await mkdir(dirname(file), { recursive: true });
      if (known === null || !(await this.alike(name, known, picture))) await writeFile(file, picture);
      // A new picture is no proof: somebody has to look at it and commit it.
      expect({ name, picture: updating ? 'made' : 'missing: look at the new one and commit it' }).toEqual({ name, picture: 'made' });
      return;
    }
    expect({ name, alike: await this.alike(name, known, picture) ? 'yes' : `no, see ${DIFFERENCES}` }).toEqual({ name, alike: 'yes' });
  }

  private async alike(name: string, known: Buffer, taken: Buffer): Promise<boolean> {
    if (known.equals(taken)) return true;
    const [before, after] = [await this.toPixels(known), await this.toPixels(taken)];
    if (before.width !== after.width || before.height !== after.height) return false;
    const difference = new PNG({ width: before.width, height: before.height });
    const share = pixelmatch(before.data, after.data, difference.data, before.width, before.height, { threshold: 0.2 }) / (before.width * before.height);
    if (share <= TOLERANCE) return true;
    await mkdir(DIFFERENCES, { recursive: true });
    await writeFile(join(DIFFERENCES, `${name}.taken.webp`), taken);
    await writeFile(join(DIFFERENCES, `${name}.${(share * 100).toFixed(1)}-percent.png`), PNG.sync.write(difference));
    return false;
  }

  private async toPixels(webp: Buffer): Promise<PNG> {
    return PNG.sync.read(await this.convert(webp, 'image/webp', 'image/png'));
  }

  private toWebP(png: Buffer): Promise<Buffer> {
    return this.convert(png, 'image/png', 'image/webp');
  }

  private async convert(bytes: Buffer, from: string, to: string): Promise<Buffer> {
    const url = await this.studio.evaluate(async ([source, type, quality]) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      [canvas.width, canvas.height] = [image.width, image.height];
      canvas.getContext('2d')?.drawImage(image, 0, 0);
      return canvas.toDataURL(type, quality);
    }, [`data:${from};base64,${bytes.toString('base64')}`, to, QUALITY] as const);
    if (!url.startsWith(`data:${to};base64,`)) throw new Error(`The browser writes no ${to}`);
    return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
  }
}
