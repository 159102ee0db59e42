/**
 * Runs one program for a test and kills it when the test process is gone, however it ended: its end of stdin closes then.
 * argv[2]: the command; the rest: its arguments.
 */
import { spawn } from 'node:child_process';

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);
const child = spawn(process.argv[2], process.argv.slice(3), { stdio: ['ignore', 'inherit', 'inherit'] });
child.on('error', (error) => {
  process.stderr.write(`${error.message}\n`);
  process.exit(127);
});
child.on('exit', (code) => process.exit(code ?? 1));
process.stdin.on('end', () => child.kill('SIGKILL'));
process.stdin.resume();
