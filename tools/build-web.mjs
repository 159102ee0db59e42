/**
 * Builds the web UI into apps/web/dist with its compressed siblings, when something it is made of has changed. Run: `npm run build`.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'apps/web/dist');
/** Everything that decides what the build looks like. */
const SOURCES = ['apps/web/src', 'apps/web/public', 'apps/web/index.html', 'apps/web/vite.config.ts', 'apps/web/build', 'libs/ui/src', 'libs/contracts/src', 'libs/api-client/src', 'libs/pack-verify/src', 'postcss.config.mjs', 'lingui.config.js', 'package-lock.json'];
const COMPRESSED = /\.(js|css|svg|html)$/;

async function filesOf(path) {
  if (!(await stat(path)).isDirectory()) return [path];
  const inside = await readdir(path, { recursive: true, withFileTypes: true });
  return inside.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const source of SOURCES) {
    for (const file of (await filesOf(join(root, source))).sort()) {
      if (/\.spec\.tsx?$/.test(file)) continue;
      hash.update(relative(root, file)).update(await readFile(file));
    }
  }
  return hash.digest('hex');
}

/** @returns {Promise<boolean>} whether it was built anew */
export async function buildWeb() {
  const stamp = join(out, '.built-from');
  const now = await fingerprint();
  if ((await readFile(stamp, 'utf8').catch(() => '')) === now) return false;
  const { build } = await import('vite');
  const { NODE_ENV } = process.env;
  // Whole or not at all: a service that runs meanwhile keeps serving the build before.
  const fresh = join(root, 'apps/web', `.dist-${process.pid}`);
  await build({ configFile: join(root, 'apps/web/vite.config.ts'), logLevel: 'warn', build: { outDir: fresh } });
  // Vite leaves `production` behind: what this process starts next, tests of components above all, is none of that.
  if (NODE_ENV === undefined) delete process.env.NODE_ENV;
  else process.env.NODE_ENV = NODE_ENV;
  for (const file of (await filesOf(fresh)).filter((path) => COMPRESSED.test(path) && !path.endsWith('index.html'))) {
    const bytes = await readFile(file);
    await writeFile(`${file}.br`, await promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
    await writeFile(`${file}.gz`, await promisify(gzip)(bytes, { level: 9 }));
  }
  await writeFile(join(fresh, '.built-from'), now);
  await rm(out, { recursive: true, force: true });
  await rename(fresh, out);
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const started = performance.now();
  if (await buildWeb()) console.log(`built the web UI in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
