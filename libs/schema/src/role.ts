import { escapeIdentifier, escapeLiteral, type Client } from 'pg';

/** Passwords of the database roles. One set per installation, kept with its secrets. */
export interface RolePasswords {
  readonly migrator: string;
  readonly app: string;
  readonly scheduler: string;
  readonly queue: string;
}

/**
 * Creates or updates the roles of architecture.md section 4 and the database they use. Needs a role that may create roles and databases.
 * - `roster_migrator` owns the schema and is no superuser;
 * - `roster_app` serves requests and jobs: no ownership, no bypass of row security;
 * - `roster_scheduler` may read ids and due times across tenants, nothing else;
 * - `roster_queue` owns the schema `bullmq`, used when no REDIS_URL is set.
 * @param admin a connected client
 * @param database name of the database to create when it is missing
 */
export async function ensureRoles(admin: Client, database: string, passwords: RolePasswords): Promise<void> {
  const roles: [string, string][] = [
    ['roster_migrator', passwords.migrator], ['roster_app', passwords.app], ['roster_scheduler', passwords.scheduler], ['roster_queue', passwords.queue],
  ];
  for (const [name, password] of roles) {
    const { rows: [role] } = await admin.query<{ tooStrong: boolean }>('SELECT rolsuper OR rolbypassrls OR rolcreaterole AS "tooStrong" FROM pg_roles WHERE rolname = $1', [name]);
    if (role?.tooStrong) throw new Error(`The role ${name} exists with more rights than it may have (superuser, bypass of row security or creation of roles). Remove them, or drop the role.`);
    // Rights are not named: only a superuser may, and a new role has none of them.
    await admin.query(`${role ? 'ALTER' : 'CREATE'} ROLE ${name} LOGIN PASSWORD ${escapeLiteral(password)}`);
  }
  await admin.query('GRANT roster_migrator TO CURRENT_USER');
  await admin.query(`ALTER ROLE roster_app SET statement_timeout = '60s'`);
  await admin.query(`ALTER ROLE roster_app SET idle_in_transaction_session_timeout = '120s'`);
  await admin.query(`ALTER ROLE roster_app SET lock_timeout = '15s'`);
  const found = (await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [database])).rowCount === 1;
  if (!found) await admin.query(`CREATE DATABASE ${escapeIdentifier(database)} OWNER roster_migrator ENCODING 'UTF8' TEMPLATE template0`);
  await grantDatabase(admin, database);
}

/** Who may do what with the database itself. Also for a copy of it, because a copy does not inherit these rights. */
export async function grantDatabase(admin: Client, database: string): Promise<void> {
  const name = escapeIdentifier(database);
  await admin.query([
    `REVOKE ALL ON DATABASE ${name} FROM PUBLIC`,
    `GRANT CONNECT, TEMPORARY ON DATABASE ${name} TO roster_app`,
    `GRANT CONNECT ON DATABASE ${name} TO roster_scheduler`,
    `GRANT CONNECT, CREATE, TEMPORARY ON DATABASE ${name} TO roster_queue`,
  ].join(';\n'));
}
