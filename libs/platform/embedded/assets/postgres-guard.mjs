/**
 * Stands between Roster and an embedded PostgreSQL: starts the server and stops it when the process that asked for it is gone.
 * The parent holds the other end of stdin; when that end closes (normal stop, crash or kill -9), the server gets a fast shutdown.
 * It runs in a session of its own, so that Ctrl-C in the terminal reaches Roster first and the database is stopped last.
 * Plain JavaScript without dependencies, because it runs from the source tree and from the build alike.
 *
 * argv[2]: JSON {command, args, cwd, env, uid, gid, logFile, lockFile, lock, removeAfter[]}
 */
import { spawn } from 'node:child_process';
import { appendFileSync, openSync, readFileSync, rmSync, utimesSync } from 'node:fs';

const FAST_SHUTDOWN_MS = 20_000;
const HEARTBEAT_MS = 2_000;
const order = JSON.parse(process.argv[2]);

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGPIPE']) process.on(signal, () => undefined);

const log = openSync(order.logFile, 'a', 0o600);
const server = spawn(order.command, order.args, {
  cwd: order.cwd, env: order.env, stdio: ['ignore', log, log],
  ...(order.uid === null ? {} : { uid: order.uid, gid: order.gid }),
});
const heartbeat = setInterval(() => {
  const now = new Date();
  try {
    utimesSync(order.lockFile, now, now);
  } catch {
    clearInterval(heartbeat); // The folder was removed under us: nothing left to keep alive.
  }
}, HEARTBEAT_MS);

function releaseLock() {
  try {
    if (readFileSync(order.lockFile, 'utf8') === order.lock) rmSync(order.lockFile, { force: true });
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}
function finish(code) {
  clearInterval(heartbeat);
  for (const path of order.removeAfter) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  releaseLock();
  process.exit(code);
}
server.on('error', (error) => {
  appendFileSync(order.logFile, `could not start ${order.command}: ${error.message}\n`);
  finish(127);
});
server.on('exit', (code, signal) => finish(signal === null ? code : 1));

let stopping = false;
function stop() {
  if (stopping) return;
  stopping = true;
  server.kill('SIGINT'); // fast: sessions are ended, data is written
  setTimeout(() => server.kill('SIGQUIT'), FAST_SHUTDOWN_MS).unref(); // immediate: recovery at the next start
}
process.stdin.on('end', stop);
process.stdin.on('close', stop);
process.stdin.on('error', stop);
process.stdin.resume();
