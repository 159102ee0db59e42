import type { Scope } from '@roster/platform-context';
import type { SqlValue, TenantRepository } from '@roster/platform-database';
import type { QueryResultRow } from 'pg';

/** A statement as a repository sends it. */
export interface Statement {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/** Keeps the reading statements that a repository sends from now on, the oldest first. They are sent all the same. */
export function recordStatements(repository: TenantRepository): Statement[] {
  const sent: Statement[] = [];
  const rows = repository['rows'];
  repository['rows'] = <Row extends QueryResultRow>(scope: Scope, sql: string, values: readonly SqlValue[] = []): Promise<Row[]> => {
    sent.push({ sql, values });
    return rows.call(repository, scope, sql, values) as Promise<Row[]>;
  };
  return sent;
}
