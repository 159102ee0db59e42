import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { Client as PgClient, type Client } from 'pg';

/** An arbitrary constant: every migrator of one database takes the same advisory lock. */
const MIGRATION_LOCK = 7_305_501;
const folder = fileURLToPath(new URL('../migrations/', import.meta.url));

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly digest: string;
}

/** All migrations in order. */
export async function loadMigrations(): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => /^\d{4}_[a-z0-9_]+\.sql$/.test(name)).sort();
  return Promise.all(names.map(async (name) => {
    const sql = await readFile(`${folder}/${name}`, 'utf8');
    return { name, sql, digest: createHash('sha256').update(sql).digest('hex') };
  }));
}

/** Digest over all migrations: names a template database, and tells whether a schema is current. */
export async function schemaDigest(): Promise<string> {
  const hash = createHash('sha256');
  for (const migration of await loadMigrations()) hash.update(`${migration.name}:${migration.digest}\n`);
  return hash.digest('hex');
}

/** What a database lacks or has changed. Empty lists: api and worker may start. */
export interface MigrationState {
  readonly pending: string[];
  readonly altered: string[];
}

/** Compares the applied migrations with the files, without changing anything. */
export async function migrationState(client: Pick<Client, 'query'>): Promise<MigrationState> {
  const exists = (await client.query(`SELECT to_regclass('public.schema_migration') IS NOT NULL AS found`)).rows[0]?.found === true;
  const applied = new Map<string, string>(
    exists ? (await client.query<{ name: string; digest: string }>('SELECT name, digest FROM schema_migration')).rows.map((r) => [r.name, r.digest]) : [],
  );
  const all = await loadMigrations();
  return {
    pending: all.filter((m) => !applied.has(m.name)).map((m) => m.name),
    altered: all.filter((m) => applied.has(m.name) && applied.get(m.name) !== m.digest).map((m) => m.name),
  };
}

/**
 * Applies what is pending, one transaction per file, under an advisory lock.
 * @param client connected as roster_migrator
 * @returns names of the applied migrations
 * @throws when a file that was applied before has changed since: migrations are never edited after release
 */
export async function applyMigrations(client: Client): Promise<string[]> {
  await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
  try {
    await client.query(`SET lock_timeout = '10s'`);
    await client.query(`CREATE TABLE IF NOT EXISTS schema_migration (name text PRIMARY KEY, digest text NOT NULL, applied_at timestamptz(3) NOT NULL DEFAULT clock_timestamp())`);
    await client.query('GRANT SELECT ON schema_migration TO roster_app, roster_scheduler');
    const state = await migrationState(client);
    if (state.altered.length > 0) {
      throw new Error(`These migrations were applied in another form and have been edited since: ${state.altered.join(', ')}. Restore the files, or start from a new database.`);
    }
    const pending = (await loadMigrations()).filter((m) => state.pending.includes(m.name));
    for (const migration of pending) {
      await client.query('BEGIN');
      try {
        await client.query(migration.sql);
        await client.query('INSERT INTO schema_migration (name, digest) VALUES ($1, $2)', [migration.name, migration.digest]);
        await client.query('COMMIT');
      } catch (error) {
        await client.query('ROLLBACK');
        throw new Error(`Migration ${migration.name} failed and was rolled back: ${(error as Error).message}`, { cause: error });
      }
    }
    return pending.map((m) => m.name);
  } finally {
    await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
  }
}

/**
 * For api and worker at start: refuses a schema that is not current.
 * @throws Error naming what is pending and the command that helps
 */
export async function assertMigrated(url: string): Promise<void> {
  const client = new PgClient({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    const state = await migrationState(client);
    if (state.pending.length > 0 || state.altered.length > 0) {
      throw new Error(`The database schema is not current (pending: ${state.pending.join(', ') || 'none'}; altered: ${state.altered.join(', ') || 'none'}). Run "roster-ops migrate" first.`);
    }
  } finally {
    await client.end();
  }
}
