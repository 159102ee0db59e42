import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** Held between set-up and teardown of one run, in Jest's parent process. */
declare global {
  var rosterTestPostgres: ChildProcess | undefined;
}

/** Starts the PostgreSQL of this run. Jest runs this file as CommonJS, so it imports none of the libraries and starts a process instead. */
export default async function setUp({ rootDir }: { rootDir: string }): Promise<void> {
  const server = spawn(process.execPath, [
    '--import', join(rootDir, 'tools/typescript-loader.mjs'), join(rootDir, 'libs/testing/src/postgres.server.ts'),
  ], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, NODE_OPTIONS: '' }, detached: true });
  let output = '';
  let errors = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => { errors += text; });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', (code) => reject(new Error(`The PostgreSQL of the tests did not start (exit code ${code}):\n${errors}`)));
    server.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (output.endsWith('\n')) resolve();
    });
  });
  server.removeAllListeners('exit');
  process.env.ROSTER_TEST_POSTGRES = output.trim();
  globalThis.rosterTestPostgres = server;
}
