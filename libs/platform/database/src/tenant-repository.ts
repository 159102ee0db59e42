import { Injectable } from '@nestjs/common';
import type { Scope } from '@roster/platform-context';
import type { PoolClient, QueryResultRow } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { pipeline } from 'node:stream/promises';
import { Readable, type Writable } from 'node:stream';
import type { EntityManager } from 'typeorm';
import { Database } from './database.js';

/** A parameter of a statement. Objects must be passed as `JSON.stringify(...)` with a `::jsonb` cast. */
export type SqlValue = string | number | boolean | bigint | Date | Buffer | null | readonly (string | number | boolean | Date | Buffer | null)[];

/**
 * Base of every repository: the only place with SQL (architecture rule 4). The scope is the first argument of each method; the transaction is
 * ambient, and a statement outside one runs in a short transaction of its own, so that row security always knows the organization.
 */
@Injectable()
export abstract class TenantRepository {
  constructor(protected readonly database: Database) {}

  /** All rows of a statement. Aliases in the SQL give the property names: `SELECT due_at AS "dueAt"`. */
  protected rows<Row extends QueryResultRow>(scope: Scope, sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return this.withClient(scope, async (client) => (await client.query<Row>(sql, [...values])).rows);
  }

  /** The first row, or null. */
  protected async row<Row extends QueryResultRow>(scope: Scope, sql: string, values: readonly SqlValue[] = []): Promise<Row | null> {
    return (await this.rows<Row>(scope, sql, values))[0] ?? null;
  }

  /** Runs a write and tells how many rows it changed. */
  protected execute(scope: Scope, sql: string, values: readonly SqlValue[] = []): Promise<number> {
    return this.withClient(scope, async (client) => (await client.query(sql, [...values])).rowCount ?? 0);
  }

  /** Streams text rows into `COPY … FROM STDIN` inside the open transaction. */
  protected copyIn(scope: Scope, sql: string, source: AsyncIterable<string | Buffer>): Promise<number> {
    return this.withClient(scope, async (client) => {
      const sink = client.query(copyFrom(sql));
      await pipeline(Readable.from(source), sink);
      return sink.rowCount;
    });
  }

  /** Streams `COPY … TO STDOUT` into a writable, with its back pressure. */
  protected copyOut(scope: Scope, sql: string, target: Writable): Promise<void> {
    return this.withClient(scope, async (client) => pipeline(client.query(copyTo(sql)), target));
  }

  /**
   * Reads a large result in batches through a cursor, with bounded memory. Needs an open transaction.
   * @param batchSize rows per round trip, 1-10,000
   */
  protected async *batches<Row extends QueryResultRow>(scope: Scope, sql: string, values: readonly SqlValue[], batchSize = 500): AsyncGenerator<Row[]> {
    if (!this.database.current()) throw new Error('Reading in batches needs an open unit of work');
    const name = `batch_${Math.random().toString(36).slice(2, 12)}`;
    await this.execute(scope, `DECLARE ${name} NO SCROLL CURSOR FOR ${sql}`, values);
    for (;;) {
      const rows = await this.rows<Row>(scope, `FETCH ${batchSize} FROM ${name}`);
      if (rows.length > 0) yield rows;
      if (rows.length < batchSize) break;
    }
    await this.execute(scope, `CLOSE ${name}`);
  }

  /** The entity manager of the open transaction, for single aggregates. */
  protected withManager<T>(scope: Scope, work: (manager: EntityManager) => Promise<T>): Promise<T> {
    return this.database.transaction(scope, () => work(this.open().manager));
  }

  private withClient<T>(scope: Scope, work: (client: PoolClient) => Promise<T>): Promise<T> {
    return this.database.transaction(scope, () => work(this.open().client));
  }

  private open(): { client: PoolClient; manager: EntityManager } {
    const open = this.database.current();
    if (!open) throw new Error('No unit of work is open');
    return open;
  }
}
