import { StartProblem, EmbeddedPostgres } from '@roster/platform-embedded';
import type { OperatorSettings, RosterConfig } from '@roster/platform-config';
import { applyMigrations, ensureRoles, migrationState, type RolePasswords } from '@roster/schema';
import { Client, escapeIdentifier } from 'pg';
import type { RosterHome } from './roster-home.js';

const DATABASE = 'roster';
const OLDEST_MAJOR = 15;

/** One connection string per role. */
export interface DatabaseUrls {
  readonly app: string;
  readonly scheduler: string;
  readonly queue: string;
  /** null: the schema is looked after elsewhere and only checked here. */
  readonly migrator: string | null;
  /** A role that sees every table of every organization, for `demo remove`; null when this installation was given none. */
  readonly admin: string | null;
}
export interface PreparedDatabase {
  readonly urls: DatabaseUrls;
  readonly embedded: EmbeddedPostgres | null;
  /** Migrations applied by this start. */
  readonly applied: string[];
  readonly description: string;
}

/** Everything but the password, for messages. */
function named(url: string): string {
  const { username, host, pathname } = new URL(url);
  return `${username}@${host}${pathname}`;
}
function parse(name: string, url: string): URL {
  try {
    const parsed = new URL(url);
    if (!/^postgres(ql)?:$/.test(parsed.protocol) || parsed.pathname.length < 2) throw new Error('no database name');
    return parsed;
  } catch (error) {
    throw new StartProblem(`${name} is not a connection string of PostgreSQL.`, 'write it as postgres://user:password@host:5432/database.', { cause: error });
  }
}
const withLogin = (url: URL, user: string, password: string): string => {
  const copy = new URL(url);
  copy.username = user;
  copy.password = password;
  return copy.href;
};

async function connected<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'roster-ops' });
  try {
    await client.connect();
  } catch (error) {
    throw new StartProblem(
      `The database ${named(url)} does not let us in: ${(error as Error).message || (error as NodeJS.ErrnoException).code}`,
      'check that the server runs and that user, password, host, port and database name of the connection string are right.', { cause: error },
    );
  }
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** @throws StartProblem for a server older than PostgreSQL 15 */
export function checkServerVersion(versionNumber: number, version: string): void {
  if (versionNumber >= OLDEST_MAJOR * 10_000) return;
  throw new StartProblem(
    `The database server is PostgreSQL ${version}; Roster needs ${OLDEST_MAJOR} or newer.`,
    'upgrade the server, point DATABASE_URL to a newer one, or leave DATABASE_URL empty to use the embedded PostgreSQL 18.',
  );
}

async function migrate(url: string): Promise<string[]> {
  return connected(url, async (client) => {
    try {
      return await applyMigrations(client);
    } catch (error) {
      const { message } = error as Error;
      throw new StartProblem(message, /edited since/.test(message)
        ? 'run the version of Roster that made this database, or start empty with ROSTER_HOME (or DATABASE_URL) set to another place.'
        : 'nothing of the failed migration was kept; correct the cause and start again.', { cause: error });
    }
  });
}

/** Starts the embedded server (or joins the one that runs), makes roles and database, applies migrations. */
async function prepareEmbedded(home: RosterHome, notify: (message: string) => void): Promise<PreparedDatabase> {
  const embedded = await EmbeddedPostgres.start({ dataDir: home.dataDir, password: home.secrets.databaseSuperuser, notify });
  try {
    const { urls, applied } = await setUp(new URL(embedded.url({ database: DATABASE })), home.secrets.roles, embedded.url({ database: 'postgres' }));
    return { urls, embedded, applied, description: `PostgreSQL 18, embedded, on port ${embedded.port}` };
  } catch (error) {
    await embedded.stop();
    throw error;
  }
}

/** @param maintenance where to connect to create the database */
async function setUp(admin: URL, passwords: RolePasswords, maintenance: string): Promise<{ urls: DatabaseUrls; applied: string[] }> {
  const database = decodeURIComponent(admin.pathname.slice(1));
  await connected(maintenance, (client) => ensureRoles(client, database, passwords).catch((error: unknown) => {
    throw new StartProblem(`The roles or the database could not be made: ${(error as Error).message}`, 'give a role in DATABASE_ADMIN_URL that may create roles and databases.', { cause: error });
  }));
  // Where the database existed before and belongs to somebody else, the migrator needs the right to build in it.
  await connected(admin.href, async (client) => {
    const { rows: [owned] } = await client.query<{ ours: boolean }>('SELECT pg_get_userbyid(datdba) = $2 AS ours FROM pg_database WHERE datname = $1', [database, 'roster_migrator']);
    if (owned?.ours) return;
    await client.query(`GRANT CREATE ON DATABASE ${escapeIdentifier(database)} TO roster_migrator`);
    await client.query('GRANT USAGE, CREATE ON SCHEMA public TO roster_migrator');
  });
  const migrator = withLogin(admin, 'roster_migrator', passwords.migrator);
  const applied = await migrate(migrator);
  return {
    urls: { app: withLogin(admin, 'roster_app', passwords.app), scheduler: withLogin(admin, 'roster_scheduler', passwords.scheduler), queue: withLogin(admin, 'roster_queue', passwords.queue), migrator, admin: admin.href },
    applied,
  };
}

interface ServerFacts { readonly versionNumber: number; readonly version: string; readonly role: string; readonly mayCreateRoles: boolean }
const serverFacts = (url: string): Promise<ServerFacts> =>
  connected(url, async (client) => {
    const { rows } = await client.query<ServerFacts>(
      `SELECT current_setting('server_version_num')::int AS "versionNumber", current_setting('server_version') AS version, current_user AS role, (rolsuper OR rolcreaterole) AS "mayCreateRoles" FROM pg_roles WHERE rolname = current_user`);
    const [facts] = rows;
    if (!facts) throw new Error('a connected role is in pg_roles');
    return facts;
  });

/** Passwords of the roles as the connection strings name them; what no string names comes from the secrets of this folder. */
function passwordsOf(config: RosterConfig, operator: OperatorSettings, home: RosterHome): RolePasswords {
  const of = (url: string | null, role: string): string | null => {
    if (!url) return null;
    const parsed = parse(`the connection string of ${role}`, url);
    return parsed.username === role && parsed.password ? decodeURIComponent(parsed.password) : null;
  };
  return {
    migrator: of(operator.databaseMigratorUrl, 'roster_migrator') ?? home.secrets.roles.migrator,
    app: of(config.databaseUrl, 'roster_app') ?? home.secrets.roles.app,
    scheduler: of(config.databaseSchedulerUrl, 'roster_scheduler') ?? home.secrets.roles.scheduler,
    queue: of(config.databaseQueueUrl, 'roster_queue') ?? home.secrets.roles.queue,
  };
}

/** Uses the server of DATABASE_URL or DATABASE_ADMIN_URL: sets it up when the role may, else checks what others have set up. */
async function prepareExternal(config: RosterConfig, operator: OperatorSettings, home: RosterHome): Promise<PreparedDatabase> {
  const given = operator.databaseAdminUrl ?? config.databaseUrl;
  const url = parse(operator.databaseAdminUrl ? 'DATABASE_ADMIN_URL' : 'DATABASE_URL', given);
  const maintenance = new URL(url);
  maintenance.pathname = '/postgres';
  // The database itself may not exist yet, so the role is asked about elsewhere.
  const facts = await serverFacts(url.href).catch((error: unknown) => {
    if ((error as StartProblem).cause && ((error as StartProblem).cause as { code?: string }).code === '3D000') return serverFacts(maintenance.href);
    throw error;
  });
  checkServerVersion(facts.versionNumber, facts.version);
  const description = `PostgreSQL ${facts.version} at ${url.host}`;
  if (facts.mayCreateRoles) {
    const { urls, applied } = await setUp(url, passwordsOf(config, operator, home), maintenance.href);
    return { urls, embedded: null, applied, description };
  }
  if (facts.role !== 'roster_app' || !config.databaseSchedulerUrl || (!config.redisUrl && !config.databaseQueueUrl)) {
    throw new StartProblem(
      `The role ${facts.role} of ${operator.databaseAdminUrl ? 'DATABASE_ADMIN_URL' : 'DATABASE_URL'} may not create the roles that Roster works with.`,
      'give a role with CREATEROLE in DATABASE_ADMIN_URL (used at start only), or set DATABASE_URL (role roster_app), DATABASE_SCHEDULER_URL (roster_scheduler) and, without Redis, DATABASE_QUEUE_URL (roster_queue).',
    );
  }
  const applied = operator.databaseMigratorUrl ? await migrate(operator.databaseMigratorUrl) : [];
  const state = await connected(config.databaseUrl, migrationState);
  if (state.pending.length + state.altered.length > 0) {
    throw new StartProblem(`The database schema is not current (pending: ${state.pending.join(', ') || 'none'}; altered: ${state.altered.join(', ') || 'none'}).`, 'run `npx roster-ops migrate` with DATABASE_ADMIN_URL or DATABASE_MIGRATOR_URL set.');
  }
  return { urls: { app: config.databaseUrl, scheduler: config.databaseSchedulerUrl, queue: config.databaseQueueUrl, migrator: operator.databaseMigratorUrl, admin: null }, embedded: null, applied, description };
}

/**
 * Makes the database ready: embedded unless DATABASE_URL or DATABASE_ADMIN_URL names a server; roles, schema, all migrations.
 * @param notify told about everything unusual
 * @throws StartProblem with the remedy
 */
export function prepareDatabase(config: RosterConfig, operator: OperatorSettings, home: RosterHome, notify: (message: string) => void): Promise<PreparedDatabase> {
  return config.databaseUrl || operator.databaseAdminUrl ? prepareExternal(config, operator, home) : prepareEmbedded(home, notify);
}

/** For commands beside a running Roster: joins its embedded server when there is one, else prepares the database like `up` and stops it afterwards. */
export async function withDatabase<T>(config: RosterConfig, operator: OperatorSettings, home: RosterHome, work: (urls: DatabaseUrls) => Promise<T>): Promise<T> {
  const port = config.databaseUrl || operator.databaseAdminUrl ? null : await EmbeddedPostgres.runningPort(home.dataDir);
  if (port !== null) {
    const { roles, databaseSuperuser } = home.secrets;
    const url = new URL(`postgres://127.0.0.1:${port}/${DATABASE}`);
    return work({ app: withLogin(url, 'roster_app', roles.app), scheduler: withLogin(url, 'roster_scheduler', roles.scheduler), queue: withLogin(url, 'roster_queue', roles.queue), migrator: withLogin(url, 'roster_migrator', roles.migrator), admin: withLogin(url, 'postgres', databaseSuperuser) });
  }
  const prepared = await prepareDatabase(config, operator, home, (message) => console.error(message));
  try {
    return await work(prepared.urls);
  } finally {
    await prepared.embedded?.stop();
  }
}
