import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Held between set-up and teardown of one run, in Jest's parent process. */
declare global {
  var rosterUnderTest: { child: ChildProcess; home: string } | undefined;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/**
 * One Roster for all web tests, as a user starts it, unless ROSTER_WEB_URL names one that runs. Each test file signs up an organization of its
 * own. Jest runs this file as CommonJS, so it imports none of the libraries.
 */
export default async function setUp({ rootDir }: { rootDir: string }): Promise<void> {
  if (process.env.ROSTER_WEB_URL) return;
  const home = await mkdtemp(join(tmpdir(), 'roster-web-'));
  const port = await freePort();
  const { NODE_OPTIONS: _options, npm_lifecycle_event: _event, ...inherited } = process.env;
  const child = spawn(process.execPath, ['--enable-source-maps', 'apps/ops/dist/main.js', 'up'], { cwd: rootDir, env: { ...inherited, ROSTER_HOME: home, PORT: String(port), LOG_LEVEL: 'warn' }, stdio: ['ignore', 'pipe', 'pipe'] });
  globalThis.rosterUnderTest = { child, home };
  let output = '';
  await new Promise<void>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
        if (output.includes('Roster is ready')) resolve();
      });
    }
    child.on('exit', (code) => reject(new Error(`Roster did not start (${String(code)}):\n${output}`)));
  });
  process.env.ROSTER_WEB_URL = `http://localhost:${port}`;
}
