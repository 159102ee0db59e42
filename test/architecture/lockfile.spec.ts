import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';

interface LockedPackage {
  readonly version?: string;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, LockedPackage>>;

/** Folders in which Node looks for what the package at `path` needs, nearest first. */
function lookups(path: string, name: string): string[] {
  const steps = path.split('/node_modules/');
  return steps.map((_, index) => `${steps.slice(0, steps.length - index).join('/node_modules/')}/node_modules/${name}`).concat(`node_modules/${name}`);
}

/** Optional parts that the package at `path` would not find, or would find in another version than the one it pins. */
const missingParts = (lock: Lock): string[] => Object.entries(lock).flatMap(([path, { optionalDependencies = {} }]) => Object.entries(optionalDependencies).flatMap(([name, range]) => {
  const found = lookups(path, name).map((place) => lock[place]).find((one) => one !== undefined);
  if (!found) return [`${name} (of ${path})`];
  return /^\d/.test(range) && found.version !== range ? [`${name} ${range} (of ${path}; locked: ${found.version ?? 'none'})`] : [];
}));

describe('package-lock.json', () => {
  /** `npm install` beside a filled node_modules drops the builds for other platforms; `npm ci` then refuses the file, here and on every other platform. */
  it('lists the builds of every platform, or npm ci fails in a fresh clone', async () => {
    const { packages } = JSON.parse(await readFile(new URL('../../package-lock.json', import.meta.url), 'utf8')) as { packages: Lock };
    expect(missingParts(packages)).toEqual([]);
  });

  it('is not satisfied by the builds of another copy of the package', () => {
    const lock = {
      'node_modules/bundler': { version: '1.3.0', optionalDependencies: { 'bundler-linux': '1.3.0', 'bundler-mac': '1.3.0' } },
      'node_modules/bundler-linux': { version: '1.3.0' },
      'node_modules/tool/node_modules/bundler': { version: '1.2.0', optionalDependencies: { 'bundler-linux': '1.2.0', 'bundler-mac': '1.2.0' } },
      'node_modules/tool/node_modules/bundler-mac': { version: '1.2.0' },
    };
    expect(missingParts(lock)).toEqual(['bundler-mac (of node_modules/bundler)', 'bundler-linux 1.2.0 (of node_modules/tool/node_modules/bundler; locked: 1.3.0)']);
  });
});
