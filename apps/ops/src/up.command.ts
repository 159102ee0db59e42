import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import { childEnvironment, loadConfig, loadOperatorSettings, type RosterConfig } from '@roster/platform-config';
import { isPortFree, StartProblem } from '@roster/platform-embedded';
import { prepareDatabase, type PreparedDatabase } from './database.js';
import { describeDemo, ensureDemo } from './demo/demo.command.js';
import { openHome, type RosterHome } from './roster-home.js';
import { ServiceProcess } from './service-process.js';

/** What was killed with its launcher a moment ago still holds its port for a moment. */
const PORT_GRACE_MS = 4_000;
const PARENT_CHECK_MS = 100;
const MAX_RESTARTS = 5;
const RESTART_WINDOW_MS = 60_000;
const entry = (app: string): string => fileURLToPath(new URL(`../../${app}/dist/main.js`, import.meta.url));

async function requirePort(port: number, host: string): Promise<void> {
  const deadline = performance.now() + PORT_GRACE_MS;
  while (!(await isPortFree(port, host))) {
    if (performance.now() > deadline) {
      throw new StartProblem(`Port ${port} on ${host} is in use by another program.`, `stop that program, or choose another port: PORT=${port + 1} npm start.`);
    }
    await sleep(100);
  }
}

/** Everything that runs, in one process tree: database, api, worker. */
class Installation {
  private readonly services: ServiceProcess[];
  private readonly crashes: number[] = [];
  private ending: Promise<void> | null = null;
  readonly ended: Promise<number>;
  private end!: (code: number) => void;

  constructor(private readonly database: PreparedDatabase, config: RosterConfig, home: RosterHome) {
    this.ended = new Promise((resolve) => { this.end = resolve; });
    const environment = childEnvironment({
      DATABASE_URL: database.urls.app, DATABASE_SCHEDULER_URL: database.urls.scheduler, DATABASE_QUEUE_URL: database.urls.queue,
      STORAGE_URL: config.storageUrl || `file:${home.filesDir}`, SIGNING_KEY_FILE: config.signingKeyFile || home.signingKeyFile,
    });
    this.services = ['api', 'worker'].map((name) => new ServiceProcess(name, entry(name), environment, `${home.logsDir}/${name}.log`, (service, reason) => { void this.revive(service, reason); }));
    void database.embedded?.exited.then((code) => {
      if (this.ending) return;
      console.error(`\nThe embedded PostgreSQL has ended (exit code ${code}). See ${home.dataDir}.log.`);
      void this.stop(1);
    });
  }

  async start(): Promise<void> {
    await Promise.all(this.services.map((service) => service.start()));
  }

  async restart(): Promise<void> {
    try {
      await Promise.all(this.services.map((service) => service.restart()));
      console.log('Restarted.');
    } catch (error) {
      console.error(`${(error as Error).message}\nWaiting for the next change.`);
    }
  }

  /** In order: no more requests, then no more jobs, then the database. Safe to call twice. */
  stop(code: number): Promise<void> {
    this.ending ??= (async () => {
      for (const service of this.services) await service.stop();
      await this.database.embedded?.stop();
      this.end(code);
    })();
    return this.ending;
  }

  /** A service that dies is started again, but not for ever. */
  private async revive(service: ServiceProcess, reason: string): Promise<void> {
    console.error(`The ${service.name} has ended unexpectedly (${reason}).`);
    const now = performance.now();
    this.crashes.push(now);
    const recent = this.crashes.filter((at) => now - at < RESTART_WINDOW_MS).length;
    try {
      if (recent > MAX_RESTARTS) throw new Error(`It ended ${recent} times within ${RESTART_WINDOW_MS / 1000} s.`);
      await sleep(2 ** recent * 250);
      if (this.ending) return;
      await service.start();
      console.error(`The ${service.name} runs again.`);
    } catch (error) {
      console.error(`${(error as Error).message}\nRoster stops.`);
      await this.stop(1);
    }
  }
}

function banner(config: RosterConfig, home: RosterHome, database: PreparedDatabase, startedMs: number, demo: string | null): string {
  const lines = [
    `Roster is ready (${(startedMs / 1000).toFixed(1)} s)`,
    '',
    `  Open       ${config.publicUrl}`,
    `  API        ${config.publicUrl}/api/docs`,
    `  Database   ${database.description}`,
    `  Queues     ${config.redisUrl ? `Redis at ${new URL(config.redisUrl).host}` : 'in the database (REDIS_URL is not set)'}`,
    `  Mail       ${config.smtpUrl ? `sent through ${new URL(config.smtpUrl).host}` : 'kept in the outbox, shown at /api/v1/mail-messages (SMTP_URL is not set)'}`,
    `  Data       ${home.folder}`,
    '',
  ];
  if (demo) lines.push(demo, '');
  lines.push(
    'Next:',
    `  open ${config.publicUrl}/sign-up    create your organization; the first page leads on`,
    '  npx roster login --sign-up            the same from the command line',
    '  npx roster import your-inventory.csv  register your AI workloads',
    ...(demo ? [] : ['  npm start -- --demo                   see it with made-up data first']),
    '',
    'Ctrl-C stops everything; the data stays.',
  );
  return lines.join('\n');
}

/**
 * `roster-ops up`: starts everything and stays until it is told to stop.
 * @returns the exit code
 * @throws StartProblem with one message and its remedy
 */
export async function up(options: { demo: boolean }): Promise<number> {
  const started = performance.now();
  const config = loadConfig();
  const operator = loadOperatorSettings();
  const parent = process.ppid;
  const stops: (() => void)[] = [];
  const stopRequested = new Promise<'stop'>((resolve) => stops.push(() => resolve('stop')));
  const requestStop = (): void => { for (const stop of stops) stop(); };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, requestStop);
  // npm does not always hand signals on; its end must be ours, or the next start finds everything in use.
  const parentCheck = operator.startedByNpm ? setInterval(() => { if (process.ppid !== parent) requestStop(); }, PARENT_CHECK_MS) : undefined;

  const home = await openHome(operator.home);
  // Only where Redis is used: it loads the queue library.
  if (config.redisUrl) await (await import('./redis-check.js')).requireDurableRedis(config);
  const database = await prepareDatabase(config, operator, home, (message) => console.log(message));
  if (database.applied.length > 0) console.log(`Database: ${database.applied.length} migration${database.applied.length === 1 ? '' : 's'} applied.`);
  const installation = new Installation(database, config, home);
  try {
    await requirePort(config.port, config.host);
    // Before api and worker: nothing else may work on the database while its past is written.
    const demo = options.demo ? describeDemo(await ensureDemo(config, home, database.urls)) : null;
    if ((await Promise.race([installation.start().then(() => 'started' as const), stopRequested])) === 'started') {
      console.log(banner(config, home, database, performance.now() - started, demo));
      process.on('SIGUSR2', () => { void installation.restart(); });
      await Promise.race([stopRequested, installation.ended]);
    }
    console.log('\nStopping ...');
    await installation.stop(0);
    return await installation.ended;
  } catch (error) {
    await installation.stop(1);
    throw error;
  } finally {
    clearInterval(parentCheck);
  }
}
