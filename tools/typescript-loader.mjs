/**
 * Runs TypeScript straight from the source tree, without a build: `node --import ./tools/typescript-loader.mjs <file.ts>`.
 * Libraries resolve to their sources (`roster:source`), `./x.js` to `./x.ts`, and SWC strips the types as in the build.
 */
import { transform } from '@swc/core';
import { readFile, stat } from 'node:fs/promises';
import { register } from 'node:module';
import { fileURLToPath } from 'node:url';
import { isMainThread } from 'node:worker_threads';

const root = fileURLToPath(new URL('..', import.meta.url));
const isOurs = (url) => url?.startsWith('file:') && !url.includes('/node_modules/');

export async function resolve(specifier, context, next) {
  if (/^\.{1,2}\/.*\.js$/.test(specifier) && isOurs(context.parentURL)) {
    const source = new URL(specifier.replace(/\.js$/, '.ts'), context.parentURL);
    if (await stat(source).catch(() => null)) return { url: source.href, format: 'module', shortCircuit: true };
  }
  if (!specifier.startsWith('@roster/')) return next(specifier, context);
  return next(specifier, { ...context, conditions: [...context.conditions, 'roster:source'] });
}
export async function load(url, context, next) {
  if (!isOurs(url) || !url.endsWith('.ts')) return next(url, context);
  const path = fileURLToPath(url);
  const { code } = await transform(await readFile(path, 'utf8'), { filename: path, configFile: `${root}/.swcrc`, sourceMaps: 'inline' });
  return { format: 'module', source: code, shortCircuit: true };
}
if (isMainThread) register(import.meta.url);
