/** Stops the PostgreSQL of this run and waits until its files are gone. */
export default async function tearDown(): Promise<void> {
  const server = globalThis.rosterTestPostgres;
  if (!server || server.exitCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.stdin?.end();
  await ended;
}
