/**
 * What to run before every commit: types, lint, unit and architecture tests. `npm run check`; `--static` leaves the tests out.
 * Two at a time; the output of a failed one is shown whole. Lint keeps no cache: its boundary rules look across files, and a result
 * remembered for an unchanged file would outlive the change elsewhere that made it wrong.
 */
import { mkdir } from 'node:fs/promises';
import { root, run, seconds } from './run.mjs';

const cache = `${root}/node_modules/.cache/roster`;
await mkdir(cache, { recursive: true });
const node = process.execPath;
const steps = {
  types: [node, ['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', `${cache}/tsc.json`, '-p', 'tsconfig.json', '--pretty', 'false']],
  'types, web': [node, ['node_modules/typescript/bin/tsc', '--noEmit', '--incremental', '--tsBuildInfoFile', `${cache}/tsc-web.json`, '-p', 'tsconfig.web.json', '--pretty', 'false']],
  lint: [node, ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', '.']],
  unit: [node, ['tools/test.mjs', 'unit']],
  component: [node, ['tools/test.mjs', 'component']],
  architecture: [node, ['tools/test.mjs', 'architecture']],
};
const lanes = process.argv.includes('--static') ? [['types', 'types, web'], ['lint']] : [['types', 'unit', 'component'], ['lint', 'types, web', 'architecture']];
const started = performance.now();
let failed = 0;

async function runLane(lane) {
  for (const name of lane) {
    const from = performance.now();
    const [command, args] = steps[name];
    const { code, output } = await run(command, args, { quiet: true });
    if (code !== 0) failed += 1;
    console.log(`${code === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(13)} ${seconds(from)}`);
    if (code !== 0) console.log(output);
  }
}
await Promise.all(lanes.map(runLane));
console.log(`${failed === 0 ? 'all good' : `${failed} failed`}, ${seconds(started)}`);
process.exit(failed === 0 ? 0 : 1);
