import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative } from 'node:path';
import ts from 'typescript';
import { placeOf, type ProjectPlace } from '../../tools/nx/project-layout.mjs';

export const ROOT = join(import.meta.dirname, '..', '..');
const SKIPPED = new Set(['node_modules', 'dist', '.nx', '.git', 'coverage', 'generated']);

/** Every file under some folders, as paths relative to the repository. */
export function filesUnder(...folders: string[]): string[] {
  const walk = (folder: string): string[] => readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = posix.join(folder, entry.name);
    if (entry.isDirectory()) return SKIPPED.has(entry.name) || entry.name.startsWith('.roster') ? [] : walk(path);
    return [path];
  });
  return folders.flatMap(walk).sort();
}

export const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
export const isTest = (path: string): boolean => /\.(spec|medium-spec)\.tsx?$/.test(path) || path.startsWith('test/') || path.startsWith('libs/testing/') || /^libs\/.+\/src\/testing\//.test(path);
export const parse = (path: string): ts.SourceFile => ts.createSourceFile(path, read(path), ts.ScriptTarget.Latest, true, path.endsWith('.tsx') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);

/** One import, re-export or dynamic import of a file. */
export interface ImportEdge {
  readonly from: string;
  readonly specifier: string;
}

export const importsOf = (path: string): ImportEdge[] => ts.preProcessFile(read(path), true, true).importedFiles.map(({ fileName }) => ({ from: path, specifier: fileName }));

/** The project a file belongs to: the nearest folder with a place in the layout. */
export function projectOf(path: string): ProjectPlace | null {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    const place = placeOf(folder);
    if (place) return place;
  }
  return null;
}

/** Folder of each workspace package, by its name. */
export const PACKAGES: ReadonlyMap<string, string> = new Map(filesUnder('apps', 'libs').filter((path) => path.endsWith('/package.json'))
  .map((path) => [(JSON.parse(read(path)) as { name: string }).name, dirname(path)]));

/** The file an import leads to inside the repository; null for packages from outside. */
export function target({ from, specifier }: ImportEdge, exists: ReadonlySet<string>): string | null {
  if (specifier.startsWith('.')) {
    const path = relative(ROOT, join(ROOT, dirname(from), specifier));
    return [path, path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx'), `${path}.ts`].find((candidate) => exists.has(candidate)) ?? path;
  }
  const root = PACKAGES.get(specifier.split('/').slice(0, 2).join('/'));
  return root === undefined ? null : `${root}/src/index.ts`;
}

export const SOURCES: readonly string[] = filesUnder('apps', 'libs', 'test').filter((path) => /\.tsx?$/.test(path) && !/\.(d|gen)\.ts$/.test(path));
