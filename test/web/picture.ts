import { expect } from '@jest/globals';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import pixelmatch from 'pixelmatch';
import type { Page } from 'playwright-core';
import { PNG } from 'pngjs';

const BASELINES = join(import.meta.dirname, 'pictures');
const DIFFERENCES = join(tmpdir(), 'roster-pictures');
/** Share of pixels that may differ: another version of the browser draws the edges of letters a little differently. */
const TOLERANCE = 0.01;

/**
 * Compares the window with its picture in test/web/pictures. With UPDATE_PICTURES=1 the pictures are made anew, to be looked at before they are committed.
 * @param mask selectors of what differs by nature
 */
export async function expectPicture(page: Page, name: string, mask: readonly string[] = []): Promise<void> {
  const taken = await page.screenshot({ animations: 'disabled', caret: 'hide', mask: ['[data-volatile]', ...mask].map((selector) => page.locator(selector)), maskColor: '#8c95a1' });
  const file = join(BASELINES, `${name}.png`);
  const known = await readFile(file).catch(() => null);
  if (process.env.UPDATE_PICTURES === '1' || known === null) {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, taken);
    // A new picture is no proof: somebody has to look at it and commit it.
    expect({ name, picture: process.env.UPDATE_PICTURES === '1' ? 'made' : 'missing: look at the new one and commit it' }).toEqual({ name, picture: 'made' });
    return;
  }
  const [before, after] = [PNG.sync.read(known), PNG.sync.read(taken)];
  expect({ name, width: after.width, height: after.height }).toEqual({ name, width: before.width, height: before.height });
  const difference = new PNG({ width: before.width, height: before.height });
  const pixels = pixelmatch(before.data, after.data, difference.data, before.width, before.height, { threshold: 0.2 });
  const share = pixels / (before.width * before.height);
  if (share > TOLERANCE) {
    await mkdir(DIFFERENCES, { recursive: true });
    await writeFile(join(DIFFERENCES, `${name}.png`), taken);
    await writeFile(join(DIFFERENCES, `${name}.difference.png`), PNG.sync.write(difference));
  }
  expect({ name, differs: share > TOLERANCE ? `${(share * 100).toFixed(2)} % of the pixels, see ${DIFFERENCES}` : 'no' }).toEqual({ name, differs: 'no' });
}
