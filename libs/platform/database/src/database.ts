import { Clock, TenantScope, type Scope } from '@roster/platform-context';
import { AsyncLocalStorage } from 'node:async_hooks';
import { escapeLiteral, type PoolClient } from 'pg';
import { DataSource, type EntityManager, type QueryRunner } from 'typeorm';
import { isRetryable } from './postgres-error.js';

export type Isolation = 'READ COMMITTED' | 'REPEATABLE READ';

export interface DatabaseOptions {
  /** Connection string of role roster_app. */
  readonly url: string;
  readonly poolSize: number;
  readonly applicationName: string;
  /** Entity classes of the single aggregates. */
  readonly entities: (new () => object)[];
}

interface Transaction {
  readonly scope: Scope;
  readonly client: PoolClient;
  readonly manager: EntityManager;
  readonly afterCommit: (() => void)[];
}

const MAX_ATTEMPTS = 4;
/**
 * How long a connection may be idle before it is closed. A new one costs its first readers some 60 ms (the process of the server, its caches of
 * tables and indexes), a kept one nothing but memory: whoever comes back after reading a page for a while should not pay for that.
 */
const IDLE_MILLISECONDS = 600_000;

/**
 * The connection pool and the ambient transaction (architecture rule 8). Who holds a scope may run a unit of work in it; inside, every
 * repository joins the same transaction, and one that carries another organization's scope is refused.
 */
export class Database {
  private readonly source: DataSource;
  private readonly ambient = new AsyncLocalStorage<Transaction>();

  constructor(options: DatabaseOptions, private readonly clock: Clock) {
    this.source = new DataSource({
      type: 'postgres', url: options.url, entities: options.entities, synchronize: false, migrationsRun: false, logging: false,
      applicationName: options.applicationName, poolSize: options.poolSize, connectTimeoutMS: 10_000, extra: { idleTimeoutMillis: IDLE_MILLISECONDS },
      invalidWhereValuesBehavior: { null: 'throw', undefined: 'throw' },
    });
  }

  async connect(): Promise<void> {
    if (!this.source.isInitialized) await this.source.initialize();
  }

  async close(): Promise<void> {
    if (this.source.isInitialized) await this.source.destroy();
  }

  /** The transaction of the current call chain, if any. */
  current(): { readonly scope: Scope; readonly client: PoolClient; readonly manager: EntityManager } | null {
    return this.ambient.getStore() ?? null;
  }

  /** Runs `effect` once the current transaction has committed; at once when there is none. It must not throw. */
  afterCommit(effect: () => void): void {
    const transaction = this.ambient.getStore();
    if (transaction) transaction.afterCommit.push(effect);
    else effect();
  }

  /**
   * Runs `work` in one transaction of the scope. Joins the ambient one when the organization is the same.
   * On a serialization failure or deadlock the whole unit runs again, so `work` must not have effects outside the database.
   * @throws when another organization's transaction is open
   */
  async transaction<T>(scope: Scope, work: () => Promise<T>, isolation: Isolation = 'READ COMMITTED'): Promise<T> {
    const open = this.ambient.getStore();
    if (open) {
      assertSameTenant(open.scope, scope);
      return work();
    }
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(scope, work, isolation);
      } catch (error) {
        if (attempt >= MAX_ATTEMPTS || !isRetryable(error)) throw error;
      }
    }
  }

  private async attempt<T>(scope: Scope, work: () => Promise<T>, isolation: Isolation): Promise<T> {
    const runner = this.source.createQueryRunner();
    const client = (await runner.connect()) as PoolClient;
    const afterCommit: (() => void)[] = [];
    try {
      await client.query(`BEGIN ISOLATION LEVEL ${isolation}; ${contextStatement(scope, this.clock.now())}`);
      markTransactionOpen(runner);
      const result = await this.ambient.run({ scope, client, manager: runner.manager, afterCommit }, work);
      await client.query('COMMIT');
      markTransactionClosed(runner);
      await runner.release();
      for (const effect of afterCommit) effect();
      return result;
    } catch (error) {
      // A connection that cannot roll back is dead; the pool drops it on release, and the first error is the one to report.
      await client.query('ROLLBACK').catch(() => undefined);
      markTransactionClosed(runner);
      await runner.release();
      throw error;
    }
  }
}

/** Tenant, clock and actor of the transaction, sent in the same message as BEGIN. */
function contextStatement(scope: Scope, now: Date): string {
  const tenantId = scope instanceof TenantScope ? scope.tenantId : '';
  const actor = scope instanceof TenantScope ? scope.actor : { type: 'system', id: 'system', name: scope.reason };
  return `SELECT set_config('app.tenant_id', ${escapeLiteral(tenantId)}, true), set_config('app.now', ${escapeLiteral(now.toISOString())}, true), `
    + `set_config('app.actor', ${escapeLiteral(JSON.stringify(actor))}, true)`;
}

function assertSameTenant(open: Scope, wanted: Scope): void {
  const same = open instanceof TenantScope && wanted instanceof TenantScope ? open.tenantId === wanted.tenantId : open === wanted;
  if (!same) throw new Error('A transaction of another scope is open: units of work of two organizations never nest');
}

// TypeORM has no way to send settings in the same message as BEGIN (one round trip less per request), so the transaction is opened on its
// connection and the runner is told; its EntityManager then neither opens nor closes one by itself.
function markTransactionOpen(runner: QueryRunner): void {
  Object.assign(runner, { isTransactionActive: true, transactionDepth: 1 });
}
function markTransactionClosed(runner: QueryRunner): void {
  Object.assign(runner, { isTransactionActive: false, transactionDepth: 0 });
}
