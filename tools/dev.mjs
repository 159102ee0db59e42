/**
 * `npm run dev`: starts Roster, and on every change of a source compiles it and restarts api and worker. The embedded database stays up.
 * Options are handed on: `npm run dev -- --demo`. The web UI is served with hot reload at http://localhost:5173; its calls go to the API.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { build } from './build.mjs';
import { buildWeb } from './build-web.mjs';
import { root } from './run.mjs';

await build();
// The API serves a build as well; it needs one to start.
await buildWeb();
const launcher = spawn(process.execPath, ['--enable-source-maps', 'apps/ops/dist/main.js', 'up', ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' });
launcher.on('exit', (code) => process.exit(code ?? 1));
const { createServer } = await import('vite');
const web = await createServer({ configFile: `${root}/apps/web/vite.config.ts` });
await web.listen();
web.printUrls();
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => launcher.kill(signal));

let timer;
let building = Promise.resolve();
function changed(file) {
  if (!file || !/(^|\/)(src|catalogue|migrations)\//.test(file) || /\.(spec|medium-spec)\.ts$/.test(file)) return;
  clearTimeout(timer);
  timer = setTimeout(() => { building = building.then(rebuild); }, 150);
}
async function rebuild() {
  const started = performance.now();
  try {
    const count = await build();
    console.log(`compiled ${count} files in ${Math.round(performance.now() - started)} ms, restarting`);
    launcher.kill('SIGUSR2');
  } catch (error) {
    console.error(`Not restarted: ${error.message}`); // most often a syntax error in the file just saved; the old processes stay up
  }
}
for (const folder of ['apps', 'libs']) watch(`${root}/${folder}`, { recursive: true }, (_event, file) => changed(file));
