/**
 * Compiles every app and library with SWC, each into its own `dist/`, and nothing that has not changed.
 * Types are checked by `npm run typecheck`; this only strips them. Run: `npm run build`.
 */
import { transformFile } from '@swc/core';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';

const root = new URL('..', import.meta.url).pathname;
/** What runs in browsers is built by build-web.mjs. */
const IN_BROWSERS = ['apps/web', 'libs/ui'].map((folder) => join(root, folder));
const isTest = (name) => /\.(spec|medium-spec|http-spec)\.ts$/.test(name);

async function sourceRoots(dir = root, depth = 0) {
  const found = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    if (!entry.isDirectory() || entry.name === 'node_modules' || entry.name.startsWith('.')) continue;
    const path = join(dir, entry.name);
    if (IN_BROWSERS.includes(path)) continue;
    if (entry.name === 'src') found.push(path);
    else if (depth < 3 && entry.name !== 'dist') found.push(...(await sourceRoots(path, depth + 1)));
  }
  return found;
}
async function files(dir) {
  const out = [];
  for (const entry of await readdir(dir, { withFileTypes: true })) {
    const path = join(dir, entry.name);
    if (entry.isDirectory()) out.push(...(await files(path)));
    else out.push(path);
  }
  return out;
}
const mtime = async (path) => (await stat(path).catch(() => null))?.mtimeMs ?? 0;

/** Whole or not at all: a process that starts meanwhile never reads half a module. */
async function replace(path, text) {
  const half = `${path}.${process.pid}`;
  await writeFile(half, text);
  await rename(half, path);
}

/** @returns {Promise<number>} how many files were compiled */
export async function build() {
  let compiled = 0;
  const roots = (await Promise.all(['apps', 'libs'].map((d) => sourceRoots(join(root, d))))).flat();
  for (const src of roots) {
    const dist = join(dirname(src), 'dist');
    const wanted = new Set();
    const sources = (await files(src)).filter((f) => f.endsWith('.ts') && !f.endsWith('.d.ts') && !isTest(f) && !relative(src, f).startsWith('testing/'));
    for (const file of sources) {
      const out = join(dist, relative(src, file).replace(/\.ts$/, '.js'));
      wanted.add(out);
      if ((await mtime(out)) >= (await mtime(file))) continue;
      const { code, map } = await transformFile(file, { filename: file, configFile: join(root, '.swcrc') });
      await mkdir(dirname(out), { recursive: true });
      await replace(`${out}.map`, map ?? '{}');
      await replace(out, `${code}\n//# sourceMappingURL=${out.split('/').pop()}.map\n`);
      compiled += 1;
    }
    // A deleted source must not live on as a stale module.
    for (const old of (await files(dist).catch(() => [])).filter((f) => f.endsWith('.js') && !wanted.has(f))) {
      await rm(old); await rm(`${old}.map`, { force: true });
    }
  }
  return compiled;
}
if (process.argv[1] === new URL(import.meta.url).pathname) {
  const started = Date.now();
  const count = await build();
  if (count > 0) console.log(`built ${count} files in ${Date.now() - started} ms`);
}
