import { Client, escapeIdentifier } from 'pg';

/** E-mail domain of the people of the demo organization; reserved, so that no mail ever reaches anybody (RFC 2606). */
export const DEMO_MAIL_DOMAIN = 'demo.example';
const LOCK_TIMEOUT = '15s';

export interface RemovedDemo {
  readonly organizations: readonly { readonly tenantId: string; readonly name: string }[];
  readonly rows: number;
}
interface TenantTable {
  readonly name: string;
  readonly references: string[];
}

/** Tenant tables, children before parents, so that no foreign key is in the way. */
export function deletionOrder(tables: readonly TenantTable[]): string[] {
  const order: string[] = [];
  const done = new Set<string>();
  const visit = (table: TenantTable, path: readonly string[]): void => {
    if (done.has(table.name)) return;
    if (path.includes(table.name)) throw new Error(`Foreign keys go round in a circle: ${[...path, table.name].join(' -> ')}`);
    for (const child of tables.filter((other) => other.name !== table.name && other.references.includes(table.name))) visit(child, [...path, table.name]);
    done.add(table.name);
    order.push(table.name);
  };
  for (const table of tables) visit(table, []);
  return order;
}

/**
 * Removes every demo organization with everything in it, its trail included, in one transaction. Other organizations are not touched: each
 * statement names the tenant, and row security holds for the owner of the tables too.
 * @param migratorUrl the database as roster_migrator, which owns the tables
 */
export async function removeDemo(migratorUrl: string): Promise<RemovedDemo> {
  const client = new Client({ connectionString: migratorUrl, application_name: 'roster-ops' });
  await client.connect();
  try {
    await client.query('BEGIN');
    await client.query(`SET LOCAL lock_timeout = '${LOCK_TIMEOUT}'`);
    const { rows: organizations } = await client.query<{ tenantId: string; name: string }>('SELECT tenant_id AS "tenantId", name FROM organization WHERE demo ORDER BY tenant_id');
    let rows = 0;
    if (organizations.length > 0) {
      const { rows: tables } = await client.query<TenantTable>(`
        SELECT c.relname AS name, coalesce((SELECT array_agg(DISTINCT p.relname::text) FROM pg_constraint k JOIN pg_class p ON p.oid = k.confrelid WHERE k.conrelid = c.oid AND k.contype = 'f'), '{}') AS references
        FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'tenant_id' AND NOT a.attisdropped
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') ORDER BY c.relname`);
      const order = deletionOrder(tables);
      // Append-only tables refuse deletion to everybody, and history would record it: both are triggers, off for this transaction only.
      for (const table of order) await client.query(`ALTER TABLE ${escapeIdentifier(table)} DISABLE TRIGGER USER`);
      for (const { tenantId } of organizations) {
        await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
        for (const table of order) rows += (await client.query(`DELETE FROM ${escapeIdentifier(table)} WHERE tenant_id = $1`, [tenantId])).rowCount ?? 0;
      }
      for (const table of order) await client.query(`ALTER TABLE ${escapeIdentifier(table)} ENABLE TRIGGER USER`);
      // Their accounts have no tenant. The reserved domain marks them; one that joined another organization meanwhile stays.
      rows += (await client.query(
        `DELETE FROM user_account u WHERE u.email LIKE '%@' || $1 AND NOT EXISTS (SELECT FROM memberships_of_user(u.id))`, [DEMO_MAIL_DOMAIN])).rowCount ?? 0;
    }
    await client.query('COMMIT');
    return { organizations, rows };
  } catch (error) {
    await client.query('ROLLBACK');
    throw error;
  } finally {
    await client.end();
  }
}
