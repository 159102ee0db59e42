import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

interface LockedPackage {
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly engines?: { readonly node?: string } | readonly string[];
}

describe('package-lock.json', () => {
  /** `npm install` beside a filled node_modules drops the builds for other platforms; `npm ci` then refuses the file, here and on every other platform. */
  it('lists the builds of every platform, or npm ci fails in a fresh clone', async () => {
    const { packages } = JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')) as { packages: Record<string, LockedPackage> };
    const locked = new Set(Object.keys(packages).map((path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)));
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) => Object.keys(optionalDependencies).filter((name) => !locked.has(name)).map((name) => `${name} (of ${path})`));
    expect(missing).toEqual([]);
  });
});
