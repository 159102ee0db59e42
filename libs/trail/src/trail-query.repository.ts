import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { type SqlValue, TenantRepository } from '@roster/platform-database';

/** An entry with its place in the tree, which it gets within seconds. */
export interface TrailEntryRow {
  readonly id: string;
  readonly entry: string;
  readonly disclosure: string;
  readonly leafIndex: number | null;
}

export interface TrailFilter {
  readonly workloadIds?: readonly string[];
  readonly actorIds?: readonly string[];
  readonly objectIds?: readonly string[];
  readonly objectTypes?: readonly string[];
  /** Exact actions. */
  readonly actions?: readonly string[];
  /** Beginnings of actions, such as `inventory.`. */
  readonly actionPrefixes?: readonly string[];
  /** From this instant on. */
  readonly since?: Date;
  /** Before this instant. */
  readonly until?: Date;
}

/** Which entries belong into a slice of the trail. */
export interface TrailSliceFilter {
  /** Entries of these workloads or about these objects; null means all of the organization. */
  readonly about: { readonly workloadIds: readonly string[]; readonly objectIds: readonly string[] } | null;
  readonly from: Date | null;
  /** Up to and including this instant. */
  readonly to: Date;
  /** Only leaves below this index. */
  readonly size: number;
}

/** The smallest id that an entry of this instant can have: ids are UUIDv7, so time filters are ranges of the primary key. */
export const firstIdAt = (at: Date): string => {
  const hex = Math.max(0, at.getTime()).toString(16).padStart(12, '0');
  return `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-000000000000`;
};

/** Reads of `trail_entry`. */
@Injectable()
export class TrailQueryRepository extends TenantRepository {
  /** One page, newest first unless `ascending`. @param after id of the row before the page */
  page(scope: TenantScope, filter: TrailFilter, page: { after: string | null; limit: number; ascending: boolean }): Promise<TrailEntryRow[]> {
    const { where, values } = conditions(scope, filter);
    if (page.after !== null) where.push(`e.id ${page.ascending ? '>' : '<'} $${values.push(page.after)}::uuid`);
    return this.rows(scope,
      `SELECT e.id, e.entry, e.disclosure, l.leaf_index::float8 AS "leafIndex" FROM trail_entry e
       LEFT JOIN trail_leaf l ON l.tenant_id = e.tenant_id AND l.entry_id = e.id
       WHERE ${where.join(' AND ')} ORDER BY e.id ${page.ascending ? 'ASC' : 'DESC'} LIMIT $${values.push(page.limit)}`, values);
  }

  async count(scope: TenantScope, filter: TrailFilter): Promise<number> {
    const { where, values } = conditions(scope, filter);
    const row = await this.row<{ total: number }>(scope, `SELECT count(*)::float8 AS total FROM trail_entry e WHERE ${where.join(' AND ')}`, values);
    return row?.total ?? 0;
  }

  find(scope: TenantScope, id: string): Promise<TrailEntryRow | null> {
    return this.row(scope,
      `SELECT e.id, e.entry, e.disclosure, l.leaf_index::float8 AS "leafIndex" FROM trail_entry e
       LEFT JOIN trail_leaf l ON l.tenant_id = e.tenant_id AND l.entry_id = e.id WHERE e.tenant_id = $1 AND e.id = $2`, [scope.tenantId, id]);
  }

  /** Entries of a slice in the order of the tree, in batches. Needs an open transaction. */
  slice(scope: TenantScope, { about, from, to, size }: TrailSliceFilter, batchSize: number): AsyncGenerator<(TrailEntryRow & { readonly leafIndex: number })[]> {
    const values: SqlValue[] = [scope.tenantId, size, to];
    const where = ['l.tenant_id = $1', 'l.leaf_index < $2', 'e.at <= $3'];
    if (from !== null) where.push(`e.at >= $${values.push(from)}`);
    if (about !== null) where.push(`(e.workload_id = ANY($${values.push(about.workloadIds)}::uuid[]) OR e.object_id = ANY($${values.push(about.objectIds)}::text[]))`);
    return this.batches(scope,
      `SELECT e.id, e.entry, e.disclosure, l.leaf_index::float8 AS "leafIndex" FROM trail_leaf l JOIN trail_entry e ON e.tenant_id = l.tenant_id AND e.id = l.entry_id
       WHERE ${where.join(' AND ')} ORDER BY l.leaf_index`, values, batchSize);
  }
}

const conditions = (scope: TenantScope, filter: TrailFilter): { where: string[]; values: SqlValue[] } => {
  const values: SqlValue[] = [scope.tenantId];
  const where = ['e.tenant_id = $1'];
  const anyOf = (column: string, type: string, wanted: readonly string[] | undefined): void => {
    if (wanted !== undefined) where.push(`${column} = ANY($${values.push(wanted)}::${type}[])`);
  };
  anyOf('e.workload_id', 'uuid', filter.workloadIds);
  anyOf('e.actor_id', 'text', filter.actorIds);
  anyOf('e.object_id', 'text', filter.objectIds);
  anyOf('e.object_type', 'text', filter.objectTypes);
  if (filter.actions !== undefined || filter.actionPrefixes !== undefined) {
    where.push(`(e.action = ANY($${values.push(filter.actions ?? [])}::text[]) OR EXISTS (SELECT FROM unnest($${values.push(filter.actionPrefixes ?? [])}::text[]) p WHERE starts_with(e.action, p)))`);
  }
  if (filter.since !== undefined) where.push(`e.id >= $${values.push(firstIdAt(filter.since))}::uuid`);
  if (filter.until !== undefined) where.push(`e.id < $${values.push(firstIdAt(filter.until))}::uuid`);
  return { where, values };
};
