import { bool, cleanEnv, makeValidator, num, str } from 'envalid';

/** One environment variable, described well enough to generate the reference from it. */
export interface VariableDoc {
  readonly name: string;
  readonly description: string;
  readonly default: string;
  readonly secret: boolean;
}

const port = makeValidator<number>((input) => {
  const value = Number(input);
  if (!Number.isInteger(value) || value < 1 || value > 65_535) throw new TypeError('expected a port between 1 and 65535');
  return value;
});

const spec = {
  ROSTER_ENV: { validator: str, choices: ['development', 'test', 'production'] as const, default: 'development', desc: 'What kind of installation this is.' },
  PORT: { validator: port, default: 3000, desc: 'Port of the API and web UI.' },
  HOST: { validator: str, default: '127.0.0.1', desc: 'Address to listen on. Use 0.0.0.0 behind a proxy or in a container.' },
  PUBLIC_URL: { validator: str, default: '', desc: 'Address people use, such as https://roster.example.com. Default: http://localhost:PORT.' },
  METRICS_PORT: { validator: num, default: 0, desc: 'Port of the Prometheus metrics; 0 turns them off.' },
  TRUSTED_PROXY_HOPS: { validator: num, default: 0, desc: 'How many reverse proxies stand in front. X-Forwarded-* is believed for exactly that many.' },
  DATABASE_URL: { validator: str, default: '', desc: 'Postgres (15 or newer) as role roster_app. Empty: `npm start` embeds a server.', docs: 'secret' },
  DATABASE_SCHEDULER_URL: { validator: str, default: '', desc: 'The same database as role roster_scheduler; needed by the worker.', docs: 'secret' },
  DATABASE_QUEUE_URL: { validator: str, default: '', desc: 'The same database as role roster_queue; needed when REDIS_URL is empty.', docs: 'secret' },
  DATABASE_POOL_SIZE: { validator: num, default: 10, desc: 'Connections per process.' },
  REDIS_URL: { validator: str, default: '', desc: 'Redis with AOF and maxmemory-policy noeviction for the job queues. Empty: queues live in Postgres.', docs: 'secret' },
  STORAGE_URL: { validator: str, default: '', desc: 'Where files are kept: file:/path or s3://key:secret@host:port/bucket?region=…&tls=false.', docs: 'secret' },
  SMTP_URL: { validator: str, default: '', desc: 'Mail server, such as smtps://user:pass@host:465. Empty: mails stay in the outbox that the API shows.', docs: 'secret' },
  MAIL_FROM: { validator: str, default: 'Roster <roster@localhost>', desc: 'Sender of mails.' },
  SIGNING_KEY_FILE: { validator: str, default: '', desc: 'PEM file with the Ed25519 private key that signs packs, checkpoints and gate verdicts.' },
  SIGNING_KEY_NAME: { validator: str, default: 'roster.localhost', desc: 'Name of the installation in checkpoints and signatures: a host name without scheme.' },
  CLAMAV_URL: { validator: str, default: '', desc: 'clamd that scans uploads, such as tcp://clamav:3310. Empty: uploads are checked by type and structure only.' },
  MAX_UPLOAD_BYTES: { validator: num, default: 104_857_600, desc: 'Largest evidence or import file, in bytes.' },
  JOB_CONCURRENCY: { validator: num, default: 8, desc: 'Jobs a worker runs at once.' },
  LOG_LEVEL: { validator: str, choices: ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const, default: 'info', desc: 'Least severe level that is logged.' },
  TEST_CLOCK_FILE: { validator: str, default: '', desc: 'For tests only, refused in production: a file whose content is the current instant (RFC 3339).' },
  SIGN_UP_OPEN: { validator: bool, default: true, desc: 'Whether anybody may create an organization.' },
  ROSTER_HOME: { validator: str, default: './.roster', desc: 'For `roster-ops` and `npm start`: folder of the embedded database, files, keys and logs.' },
  DATABASE_ADMIN_URL: { validator: str, default: '', desc: 'For `roster-ops` only: the database as a role that may create roles. `npm start` and `roster-ops migrate` create what is missing with it.', docs: 'secret' },
  DATABASE_MIGRATOR_URL: { validator: str, default: '', desc: 'For `roster-ops migrate`: the database as role roster_migrator, which owns the schema.', docs: 'secret' },
} as const;

/** What only the operator's commands read; api and worker never see it. */
export interface OperatorSettings {
  /** Folder of the embedded database, files, keys and logs; may be relative to the working folder. */
  readonly home: string;
  readonly databaseAdminUrl: string | null;
  readonly databaseMigratorUrl: string | null;
  /** Started by an npm script, whose end must end us too. */
  readonly startedByNpm: boolean;
}

/** @param environment the process environment */
export function loadOperatorSettings(environment: NodeJS.ProcessEnv = process.env): OperatorSettings {
  const env = cleanEnv(environment, { ROSTER_HOME: str(spec.ROSTER_HOME), DATABASE_ADMIN_URL: str(spec.DATABASE_ADMIN_URL), DATABASE_MIGRATOR_URL: str(spec.DATABASE_MIGRATOR_URL) });
  return {
    home: env.ROSTER_HOME, databaseAdminUrl: env.DATABASE_ADMIN_URL || null, databaseMigratorUrl: env.DATABASE_MIGRATOR_URL || null,
    startedByNpm: environment['npm_lifecycle_event'] !== undefined,
  };
}

/** The environment for a child process: this one's, without what only the operator's commands may know, and with some variables set. */
export function childEnvironment(set: Readonly<Record<string, string>>, environment: NodeJS.ProcessEnv = process.env): NodeJS.ProcessEnv {
  const { DATABASE_ADMIN_URL: _admin, DATABASE_MIGRATOR_URL: _migrator, ...rest } = environment;
  return { ...rest, ...set };
}

export interface RosterConfig {
  readonly environment: 'development' | 'test' | 'production';
  readonly port: number;
  readonly host: string;
  readonly publicUrl: string;
  readonly metricsPort: number;
  readonly trustedProxyHops: number;
  readonly databaseUrl: string;
  readonly databaseSchedulerUrl: string;
  readonly databaseQueueUrl: string;
  readonly databasePoolSize: number;
  readonly redisUrl: string | null;
  readonly storageUrl: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly signingKeyFile: string;
  readonly signingKeyName: string;
  readonly clamavUrl: string | null;
  readonly maxUploadBytes: number;
  readonly jobConcurrency: number;
  readonly logLevel: string;
  readonly testClockFile: string | null;
  readonly signUpOpen: boolean;
}

/** Injection token of the configuration. */
export const ROSTER_CONFIG = Symbol('RosterConfig');

/**
 * Reads and checks the environment. The only place that touches it (architecture rule 5).
 * @throws Error naming each variable that is wrong and what was expected
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): RosterConfig {
  const specs = {
    ROSTER_ENV: str(spec.ROSTER_ENV), PORT: port(spec.PORT), HOST: str(spec.HOST), PUBLIC_URL: str(spec.PUBLIC_URL), METRICS_PORT: num(spec.METRICS_PORT),
    TRUSTED_PROXY_HOPS: num(spec.TRUSTED_PROXY_HOPS), DATABASE_URL: str(spec.DATABASE_URL), DATABASE_SCHEDULER_URL: str(spec.DATABASE_SCHEDULER_URL),
    DATABASE_QUEUE_URL: str(spec.DATABASE_QUEUE_URL), DATABASE_POOL_SIZE: num(spec.DATABASE_POOL_SIZE), REDIS_URL: str(spec.REDIS_URL),
    STORAGE_URL: str(spec.STORAGE_URL), SMTP_URL: str(spec.SMTP_URL), MAIL_FROM: str(spec.MAIL_FROM), SIGNING_KEY_FILE: str(spec.SIGNING_KEY_FILE),
    SIGNING_KEY_NAME: str(spec.SIGNING_KEY_NAME), CLAMAV_URL: str(spec.CLAMAV_URL), MAX_UPLOAD_BYTES: num(spec.MAX_UPLOAD_BYTES),
    JOB_CONCURRENCY: num(spec.JOB_CONCURRENCY), LOG_LEVEL: str(spec.LOG_LEVEL), TEST_CLOCK_FILE: str(spec.TEST_CLOCK_FILE), SIGN_UP_OPEN: bool(spec.SIGN_UP_OPEN),
  };
  const env = cleanEnv(environment, specs, {
    reporter: ({ errors }) => {
      const wrong = Object.entries(errors).map(([name, error]) => `${name}: ${(error as Error).message}`);
      if (wrong.length > 0) throw new Error(`The configuration is not valid.\n  ${wrong.join('\n  ')}\nSee docs/reference/configuration.md.`);
    },
  });
  if (env.TEST_CLOCK_FILE !== '' && env.ROSTER_ENV === 'production') throw new Error('TEST_CLOCK_FILE is refused when ROSTER_ENV is production.');
  return Object.freeze({
    environment: env.ROSTER_ENV as RosterConfig['environment'], port: env.PORT, host: env.HOST, publicUrl: env.PUBLIC_URL || `http://localhost:${env.PORT}`, metricsPort: env.METRICS_PORT,
    trustedProxyHops: env.TRUSTED_PROXY_HOPS, databaseUrl: env.DATABASE_URL, databaseSchedulerUrl: env.DATABASE_SCHEDULER_URL,
    databaseQueueUrl: env.DATABASE_QUEUE_URL, databasePoolSize: env.DATABASE_POOL_SIZE, redisUrl: env.REDIS_URL || null, storageUrl: env.STORAGE_URL,
    smtpUrl: env.SMTP_URL || null, mailFrom: env.MAIL_FROM, signingKeyFile: env.SIGNING_KEY_FILE, signingKeyName: env.SIGNING_KEY_NAME,
    clamavUrl: env.CLAMAV_URL || null, maxUploadBytes: env.MAX_UPLOAD_BYTES, jobConcurrency: env.JOB_CONCURRENCY, logLevel: env.LOG_LEVEL,
    testClockFile: env.TEST_CLOCK_FILE || null, signUpOpen: env.SIGN_UP_OPEN,
  });
}

/** Rows of docs/reference/configuration.md. */
export const configurationReference = (): VariableDoc[] =>
  Object.entries(spec).map(([name, row]) => ({ name, description: row.desc, default: String(row.default), secret: 'docs' in row }));
