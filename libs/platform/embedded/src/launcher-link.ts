/** Time for requests and jobs in progress when the launcher is gone. */
const GRACE_MS = 8_000;

/**
 * For a process that the launcher started: ends it when the launcher ends, however that happens (stop, crash, kill -9).
 * Without a launcher it does nothing.
 * @param close ends the service in order; called at most once
 */
export function followLauncher(close: () => Promise<void>): void {
  if (process.send === undefined) return;
  if (!process.connected) process.exit(0); // it ended while this process was loading
  process.once('disconnect', () => {
    setTimeout(() => process.exit(1), GRACE_MS).unref();
    close().then(() => process.exit(0), () => process.exit(1));
  });
}
