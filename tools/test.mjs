/**
 * Runs the tests tier by tier: `node tools/test.mjs all | <tier>... [file pattern...] [-- jest options]`.
 * Starts what they need by itself (PostgreSQL from node_modules, redis-server from the PATH or apt-get).
 * Fails when a test fails, when one is skipped, and when a test file of the tier did not run. The very last line is `N passed, N failed`.
 */
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build } from './build.mjs';
import { buildWeb } from './build-web.mjs';
import { root, run, seconds } from './run.mjs';

/** `spawns`: its tests start Roster's own processes, from the build. `alone`: one file at a time, since a browser, a service and its database fill two cores already. */
const TIERS = {
  unit: { owns: (file) => /^(apps|libs)\/.*\/src\/.*\.spec\.ts$/.test(file) },
  architecture: { owns: (file) => /^test\/architecture\/.*\.spec\.ts$/.test(file) },
  medium: { owns: (file) => /^(apps|libs)\/.*\/src\/.*\.medium-spec\.ts$/.test(file) },
  isolation: { owns: (file) => /^test\/isolation\/.*\.spec\.ts$/.test(file) },
  jobs: { owns: (file) => /^test\/(jobs|chaos)\/.*\.spec\.ts$/.test(file), spawns: true },
  component: { owns: (file) => /^(apps|libs)\/.*\/src\/.*\.spec\.tsx$/.test(file) },
  web: { owns: (file) => /^test\/web\/(?!screens).*\.spec\.ts$/.test(file), spawns: true, alone: true },
  screens: { owns: (file) => /^test\/web\/screens[^/]*\.spec\.ts$/.test(file), spawns: true },
  e2e: { owns: (file) => /^test\/e2e\/.*\.spec\.ts$/.test(file), spawns: true },
};

async function testFiles(folder = root) {
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === 'node_modules' || entry.name === 'dist' || entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await testFiles(path)));
    else if (/\.(spec|medium-spec)\.tsx?$/.test(entry.name)) found.push(relative(root, path));
  }
  return found;
}

/** @returns {Promise<{ passed: number, failed: number, note: string }>} */
async function runTier(name, files, patterns, options, folder) {
  const outputFile = join(folder, `${name}.json`);
  const { code } = await run(process.execPath, [
    '--experimental-vm-modules', '--no-warnings', 'node_modules/jest/bin/jest.js', '--selectProjects', name, '--json', '--outputFile', outputFile,
    '--workerIdleMemoryLimit=1200MB', ...(TIERS[name].alone ? ['--runInBand'] : ['--maxWorkers=2']), ...(patterns.length > 0 ? ['--testPathPatterns', ...patterns] : []), ...options,
  ]);
  const text = await readFile(outputFile, 'utf8').catch(() => null);
  if (text === null) return { passed: 0, failed: 1, note: `jest ended with code ${code} and no results` };
  const result = JSON.parse(text);
  const notes = [];
  let failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
  const skipped = result.numPendingTests + result.numTodoTests;
  if (skipped > 0) notes.push(`${skipped} skipped, which counts as failed`);
  failed += skipped;
  if (result.numTotalTestSuites < files.length) {
    notes.push(`only ${result.numTotalTestSuites} of ${files.length} test files ran`);
    failed += 1;
  }
  if (code !== 0 && failed === 0) {
    notes.push(`jest ended with code ${code}`);
    failed += 1;
  }
  return { passed: result.numPassedTests, failed, note: notes.join('; ') };
}

/**
 * @param {string[]} names tiers in order
 * @param {string[]} patterns only the files whose path contains one of them
 * @param {string[]} options further options for jest
 * @returns {Promise<{ passed: number, failed: number }>}
 */
export async function test(names, patterns = [], options = []) {
  const all = await testFiles();
  const unowned = all.filter((file) => !Object.values(TIERS).some((tier) => tier.owns(file)));
  const total = { passed: 0, failed: 0 };
  if (unowned.length > 0) {
    console.error(`These test files belong to no tier and would never run: ${unowned.join(', ')}`);
    total.failed += unowned.length;
  }
  const folder = await mkdtemp(join(tmpdir(), 'roster-results-'));
  const table = [];
  try {
    if (names.some((name) => TIERS[name].spawns)) {
      await build();
      await buildWeb();
    }
    for (const name of names) {
      const files = all.filter((file) => TIERS[name].owns(file) && (patterns.length === 0 || patterns.some((pattern) => file.includes(pattern))));
      if (files.length === 0) {
        table.push(`${name.padEnd(13)} no test files`);
        continue;
      }
      const started = performance.now();
      const { passed, failed, note } = await runTier(name, files, patterns, options, folder);
      total.passed += passed;
      total.failed += failed;
      table.push(`${name.padEnd(13)} ${String(passed).padStart(5)} passed ${String(failed).padStart(4)} failed ${String(files.length).padStart(4)} files ${seconds(started).padStart(8)}${note ? `  (${note})` : ''}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  console.log(`\n${table.join('\n')}`);
  return total;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const split = process.argv.indexOf('--');
  const words = process.argv.slice(2, split === -1 ? undefined : split);
  const names = words.includes('all') ? Object.keys(TIERS) : words.filter((word) => word in TIERS);
  const patterns = words.filter((word) => word !== 'all' && !(word in TIERS));
  if (names.length === 0 || patterns.some((pattern) => pattern.startsWith('-'))) {
    console.error(`Say which tier: all, ${Object.keys(TIERS).join(', ')}; then, if wanted, parts of file paths; options for jest after --.`);
    process.exit(2);
  }
  const started = performance.now();
  const { passed, failed } = await test(names, patterns, split === -1 ? [] : process.argv.slice(split + 1));
  console.log(`total ${seconds(started)}`);
  if (passed + failed === 0) console.error('No test ran.');
  console.log(`${passed} passed, ${failed} failed`);
  process.exit(failed > 0 || passed === 0 ? 1 : 0);
}
