import { once } from 'node:events';
import { rm } from 'node:fs/promises';

/** Stops the Roster of this run and removes what it wrote. */
export default async function tearDown(): Promise<void> {
  const started = globalThis.rosterUnderTest;
  if (!started) return;
  if (started.child.exitCode === null) {
    const ended = once(started.child, 'exit');
    started.child.kill('SIGINT');
    await ended;
  }
  await rm(started.home, { recursive: true, force: true });
}
