import type { Client } from 'pg';

/** Tables without tenant, each with its reason. A table that is on neither list fails the test. */
export const GLOBAL_TABLES: Readonly<Record<string, string>> = {
  user_account: 'one person may belong to several organizations and signs in once; the rows hold no tenant data',
  login_throttle: 'attempts are counted before anybody is known; keys are hashes',
  schema_migration: 'which migrations ran; the operator only',
};

/**
 * Indexes that do not lead with tenant_id, each with its reason. Besides these only `*_sweep_idx` on a table that the scheduler reads: its
 * sweeps take what is due across organizations in order of time.
 */
export const UNLED_INDEXES: Readonly<Record<string, string>> = {
  member_user: 'signing in knows the person before the organization; used by memberships_of_user only',
};

/** Functions that look past row security, each with the reason why that is safe. */
export const DEFINER_FUNCTIONS: Readonly<Record<string, string>> = {
  search_workloads: 'text search is not leakproof, so row security keeps it off its index; the tenant of the transaction is part of the statement',
  search_every_workload: 'as search_workloads, for a statement that looks up many matches at once',
  count_searched_workloads: 'as search_workloads; answers with a number only',
  search_evidence: 'the same for evidence: trigrams are not leakproof; the tenant of the transaction is part of the statement',
  memberships_of_user: 'answers for one user id, ids and names of their own organizations only',
};

export interface Finding {
  readonly rule: string;
  readonly object: string;
}

interface Rule {
  readonly name: string;
  /** Lists offenders in a column `object`. $1 = tables without tenant, $2 = index exceptions, $3 = definer functions. */
  readonly sql: string;
}

const TENANT_TABLES = `SELECT c.oid, c.relname, c.relrowsecurity, c.relforcerowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
  WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL ($1::text[])`;
/** First column of an index, by name. */
const FIRST_COLUMN = '(SELECT a.attname FROM pg_attribute a WHERE a.attrelid = i.indrelid AND a.attnum = i.indkey[0])';
const WITH_TENANT = (columns: string, table: string): string => `EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = ${table} AND a.attnum = ANY (${columns}) AND a.attname = 'tenant_id')`;
/** The predicate that `secure_tenant_table` writes, as Postgres prints it back. */
const PREDICATE = `(tenant_id = ( SELECT (NULLIF(current_setting(''app.tenant_id''::text, true), ''''::text))::uuid AS "nullif"))`;

/** What must hold for every table of the schema (architecture.md section 4). Each rule lists what breaks it. */
export const RULES: readonly Rule[] = [
  { name: 'a table has tenant_id or is on the allow-list', sql: `SELECT t.relname AS object FROM (${TENANT_TABLES}) t WHERE NOT EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = t.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped)` },
  { name: 'tenant_id is uuid NOT NULL', sql: `SELECT t.relname AS object FROM (${TENANT_TABLES}) t JOIN pg_attribute a ON a.attrelid = t.oid AND a.attname = 'tenant_id' WHERE NOT a.attnotnull OR a.atttypid <> 'uuid'::regtype` },
  { name: 'row security is enabled and forced', sql: `SELECT t.relname AS object FROM (${TENANT_TABLES}) t WHERE NOT (t.relrowsecurity AND t.relforcerowsecurity)` },
  {
    name: 'the tenant policy reads and checks the tenant of the transaction',
    sql: `SELECT t.relname AS object FROM (${TENANT_TABLES}) t WHERE NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polcmd = '*' AND p.polpermissive
      AND pg_get_expr(p.polqual, p.polrelid) = '${PREDICATE}' AND pg_get_expr(p.polwithcheck, p.polrelid) = '${PREDICATE}')`,
  },
  {
    name: 'every other policy only reads, and only for the scheduler or the owner',
    sql: `SELECT t.relname || '.' || p.polname AS object FROM (${TENANT_TABLES}) t JOIN pg_policy p ON p.polrelid = t.oid
      WHERE p.polname <> 'tenant_isolation' AND (p.polcmd <> 'r' OR p.polroles <@ ARRAY['roster_scheduler'::regrole::oid, 'roster_migrator'::regrole::oid] IS NOT TRUE)`,
  },
  {
    name: 'the primary key leads with tenant_id',
    sql: `SELECT t.relname AS object FROM (${TENANT_TABLES}) t WHERE t.relname !~ '_history$'
      AND NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = t.oid AND i.indisprimary AND ${FIRST_COLUMN} = 'tenant_id')`,
  },
  {
    name: 'every index leads with tenant_id, or is a listed exception',
    sql: `SELECT x.relname AS object FROM (${TENANT_TABLES}) t JOIN pg_index i ON i.indrelid = t.oid JOIN pg_class x ON x.oid = i.indexrelid
      WHERE ${FIRST_COLUMN} IS DISTINCT FROM 'tenant_id' AND x.relname <> ALL ($2::text[])
        AND NOT (x.relname ~ '_sweep_idx$' AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polname = 'scheduler_reads'))`,
  },
  {
    name: 'a unique key contains tenant_id (ready for sharding)',
    sql: `SELECT x.relname AS object FROM (${TENANT_TABLES}) t JOIN pg_index i ON i.indrelid = t.oid AND i.indisunique JOIN pg_class x ON x.oid = i.indexrelid
      WHERE NOT ${WITH_TENANT('i.indkey::int2[]', 'i.indrelid')}`,
  },
  {
    name: 'a foreign key carries tenant_id on both sides, or goes to a table that sharding replicates',
    sql: `SELECT t.relname || '.' || k.conname AS object FROM (${TENANT_TABLES}) t JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f'
      WHERE k.confrelid::regclass::text <> ALL ($1::text[])
        AND NOT (${WITH_TENANT('k.conkey', 'k.conrelid')} AND ${WITH_TENANT('k.confkey', 'k.confrelid')})`,
  },
  { name: 'nothing refers from a table without tenant to one with', sql: `SELECT conrelid::regclass || '.' || conname AS object FROM pg_constraint WHERE contype = 'f' AND conrelid::regclass::text = ANY ($1::text[]) AND confrelid::regclass::text <> ALL ($1::text[]) AND connamespace = 'public'::regnamespace` },
  {
    name: 'no enum, numeric, time without zone, or char(n) column',
    sql: `SELECT c.relname || '.' || a.attname AS object FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace JOIN pg_type y ON y.oid = a.atttypid
      WHERE a.attnum > 0 AND NOT a.attisdropped AND (y.typtype = 'e' OR y.typname IN ('numeric', 'money', 'timestamp', 'time', 'timetz', 'bpchar'))`,
  },
  {
    name: 'an instant has milliseconds, as JavaScript reads it',
    sql: `SELECT c.relname || '.' || a.attname AS object FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid AND c.relkind IN ('r', 'p') AND c.relnamespace = 'public'::regnamespace
      WHERE a.attnum > 0 AND NOT a.attisdropped AND a.atttypid = 'timestamptz'::regtype AND a.atttypmod <> 3 AND c.relname <> 'schema_migration'`,
  },
  {
    name: 'the application neither owns, truncates, nor may bypass anything',
    sql: `SELECT c.relname AS object FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND (pg_get_userbyid(c.relowner) <> 'roster_migrator'
        OR has_table_privilege('roster_app', c.oid, 'TRUNCATE') OR has_table_privilege('roster_app', c.oid, 'TRIGGER') OR has_table_privilege('roster_app', c.oid, 'REFERENCES'))
      UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'roster\\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`,
  },
  {
    name: 'nobody else has any right on a table',
    sql: `SELECT c.relname || ' to ' || CASE WHEN x.grantee = 0 THEN 'PUBLIC' ELSE pg_get_userbyid(x.grantee) END AS object FROM pg_class c, aclexplode(c.relacl) x
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm') AND (x.grantee = 0 OR pg_get_userbyid(x.grantee) NOT IN ('roster_migrator', 'roster_app', 'roster_scheduler', 'roster_queue'))`,
  },
  {
    name: 'the scheduler reads ids and due times across organizations and never a text of theirs, and writes nothing',
    sql: `SELECT c.relname || '.' || a.attname AS object FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
        AND has_column_privilege('roster_scheduler', c.oid, a.attnum, 'SELECT') AND a.atttypid NOT IN ('uuid'::regtype, 'timestamptz'::regtype, 'int4'::regtype, 'int8'::regtype, 'bool'::regtype)
        AND NOT (a.atttypid = 'text'::regtype AND (a.attname ~ '(^|_)(status|state|kind)$' OR a.attname = 'sha256')) AND c.relname <> 'schema_migration'
      UNION ALL SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_any_column_privilege('roster_scheduler', c.oid, 'INSERT, UPDATE')
      UNION ALL SELECT c.relname FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND has_table_privilege('roster_scheduler', c.oid, 'DELETE')`,
  },
  {
    name: 'a function that looks past row security is listed, has a fixed search path, and is not for everybody',
    sql: `SELECT p.proname AS object FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.prorettype <> 'trigger'::regtype
      AND (p.proname <> ALL ($3::text[]) OR NOT coalesce(p.proconfig @> ARRAY['search_path=public, pg_temp'], false) OR has_function_privilege('public', p.oid, 'EXECUTE'))`,
  },
  {
    name: 'a trigger function with rights of its owner has a fixed search path',
    sql: `SELECT p.proname AS object FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace AND p.prosecdef AND p.prorettype = 'trigger'::regtype AND NOT coalesce(p.proconfig @> ARRAY['search_path=public, pg_temp'], false)`,
  },
  { name: 'functions take the time from app_now()', sql: `SELECT proname AS object FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prolang <> (SELECT oid FROM pg_language WHERE lanname = 'c') AND proname <> 'app_now' AND prosrc ~* '\\m(now|clock_timestamp|statement_timestamp|transaction_timestamp|current_timestamp|current_date|localtimestamp)\\M' AND prosrc !~* 'app_now'` },
  { name: 'a default takes the time from app_now()', sql: `SELECT adrelid::regclass || '.' || a.attname AS object FROM pg_attrdef d JOIN pg_attribute a ON a.attrelid = d.adrelid AND a.attnum = d.adnum JOIN pg_class c ON c.oid = d.adrelid WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> 'schema_migration' AND pg_get_expr(d.adbin, d.adrelid) ~* '(^|[^_])now\\(|CURRENT_TIMESTAMP'` },
  { name: 'a view keeps row security of whoever asks', sql: `SELECT relname AS object FROM pg_class WHERE relnamespace = 'public'::regnamespace AND (relkind = 'm' OR (relkind = 'v' AND NOT coalesce(reloptions @> ARRAY['security_invoker=true'], false)))` },
  { name: 'what is on a list exists', sql: `SELECT u.name AS object FROM unnest($1::text[]) u(name) WHERE to_regclass(u.name) IS NULL UNION ALL SELECT u.name FROM unnest($2::text[]) u(name) WHERE to_regclass(u.name) IS NULL UNION ALL SELECT u.name FROM unnest($3::text[]) u(name) WHERE NOT EXISTS (SELECT FROM pg_proc WHERE proname = u.name)` },
];

/** Everything in the schema that breaks a rule. */
export async function findings(client: Client): Promise<Finding[]> {
  const found: Finding[] = [];
  const lists = [Object.keys(GLOBAL_TABLES), Object.keys(UNLED_INDEXES), Object.keys(DEFINER_FUNCTIONS)];
  for (const { name, sql } of RULES) {
    const used = lists.map((_, index) => sql.includes(`$${index + 1}`));
    // Unused parameters have no type that Postgres could guess: mention each once.
    const all = `SELECT object FROM (${sql}) broken WHERE ${used.map((_, index) => `cardinality($${index + 1}::text[]) >= 0`).join(' AND ')} ORDER BY 1`;
    for (const { object } of (await client.query<{ object: string }>(all, lists)).rows) found.push({ rule: name, object });
  }
  return found;
}
