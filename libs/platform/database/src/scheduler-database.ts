import { SystemScope } from '@roster/platform-context';
import { Pool, type QueryResultRow } from 'pg';
import type { SqlValue } from './tenant-repository.js';

/**
 * Reads ids and due times across organizations as role `roster_scheduler`, for sweeps only. It has no right to write or to read content:
 * whatever is found is then handled organization by organization in a tenant scope.
 */
export class SchedulerDatabase {
  private readonly pool: Pool;

  constructor(url: string, applicationName: string) {
    this.pool = new Pool({ connectionString: url, max: 2, application_name: `${applicationName}-scheduler`, connectionTimeoutMillis: 10_000 });
    // An idle connection that breaks is replaced by the pool; the next query reports a server that is really gone.
    this.pool.on('error', () => undefined);
  }

  async rows<Row extends QueryResultRow>(_scope: SystemScope, sql: string, values: readonly SqlValue[] = []): Promise<Row[]> {
    return (await this.pool.query<Row>(sql, [...values])).rows;
  }

  /** Whether the database answers. @throws when it does not */
  async ping(): Promise<void> {
    await this.pool.query('SELECT 1');
  }

  close(): Promise<void> {
    return this.pool.end();
  }
}
