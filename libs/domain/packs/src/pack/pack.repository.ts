import { Injectable } from '@nestjs/common';
import type { OperationStatus, TierPolicy } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { type SqlValue, TenantRepository } from '@roster/platform-database';
import type { PackFormat, PackScope } from './pack-request.js';

export interface PackCounts {
  readonly workloads: number;
  readonly evidenceFiles: number;
  readonly trailEntries: number;
  readonly exclusions: number;
}

export interface PackRow {
  readonly id: string;
  readonly packKey: string;
  readonly organizationName: string;
  readonly scope: PackScope;
  readonly periodFrom: Date | null;
  readonly periodTo: Date | null;
  readonly asOf: Date;
  readonly edition: string;
  readonly formats: readonly PackFormat[];
  readonly tierPolicy: TierPolicy;
  readonly requestedAt: Date;
  readonly requestedBy: Actor;
  readonly fileName: string | null;
  readonly storageKey: string | null;
  readonly size: number | null;
  readonly sha256: string | null;
  readonly counts: PackCounts | null;
  readonly checkpoint: string | null;
  readonly builtAt: Date | null;
}

/** A pack with the progress of its operation. */
export interface PackStateRow extends PackRow {
  readonly status: OperationStatus;
  readonly done: number;
  readonly total: number | null;
  readonly unit: string;
  readonly problem: Readonly<Record<string, unknown>> | null;
}

const COLUMNS = `p.id, p.pack_key AS "packKey", p.organization_name AS "organizationName", p.scope, p.period_from AS "periodFrom", p.period_to AS "periodTo", p.as_of AS "asOf", p.edition, p.formats,
  p.tier_policy AS "tierPolicy", p.requested_at AS "requestedAt", p.requested_by AS "requestedBy", p.file_name AS "fileName", p.storage_key AS "storageKey", p.size::float8 AS size, p.sha256, p.counts, p.checkpoint,
  p.built_at AS "builtAt"`;
const STATE = `${COLUMNS}, o.status, o.done::float8 AS done, o.total::float8 AS total, o.unit, o.problem`;
const JOINED = 'pack p JOIN operation o ON o.tenant_id = p.tenant_id AND o.id = p.id';

/** What a list of packs is narrowed to; null does not narrow. Values of one filter are alternatives. */
export interface PackListFilter {
  readonly statuses: readonly string[] | null;
  readonly editions: readonly string[] | null;
  /** Ids of the members or keys that asked. */
  readonly requesters: readonly string[] | null;
}
const LISTED = "p.tenant_id = $1 AND ($2::text[] IS NULL OR o.status = ANY($2::text[])) AND ($3::text[] IS NULL OR p.edition = ANY($3::text[])) AND ($4::text[] IS NULL OR coalesce(p.requested_by ->> 'onBehalfOf', p.requested_by ->> 'id') = ANY($4::text[]))";

/** SQL of `pack`. */
@Injectable()
export class PackRepository extends TenantRepository {
  async insert(scope: TenantScope, row: Omit<PackRow, 'requestedBy' | 'fileName' | 'storageKey' | 'size' | 'sha256' | 'counts' | 'checkpoint' | 'builtAt'>): Promise<void> {
    await this.execute(scope,
      `INSERT INTO pack (tenant_id, id, pack_key, organization_name, scope, period_from, period_to, as_of, edition, formats, tier_policy, requested_at, requested_by)
       VALUES ($1, $2, $3, $4, $5::jsonb, $6, $7, $8, $9, $10, $11::jsonb, $12, $13::jsonb)`,
      [scope.tenantId, row.id, row.packKey, row.organizationName, JSON.stringify(row.scope), row.periodFrom, row.periodTo, row.asOf, row.edition, [...row.formats], JSON.stringify(row.tierPolicy),
        row.requestedAt, JSON.stringify(scope.actor)]);
  }

  find(scope: TenantScope, id: string): Promise<PackStateRow | null> {
    return this.row(scope, `SELECT ${STATE} FROM ${JOINED} WHERE p.tenant_id = $1 AND p.id = $2`, [scope.tenantId, id]);
  }

  /** Newest first. @param after instant and id of the row before the page */
  page(scope: TenantScope, filter: PackListFilter, after: readonly [at: string, id: string] | null, limit: number, ascending: boolean): Promise<PackStateRow[]> {
    const values: SqlValue[] = [scope.tenantId, filter.statuses, filter.editions, filter.requesters];
    const where = [LISTED];
    if (after !== null) where.push(`(p.requested_at, p.id) ${ascending ? '>' : '<'} ($${values.push(after[0])}::timestamptz, $${values.push(after[1])}::uuid)`);
    const order = ascending ? 'ASC' : 'DESC';
    return this.rows(scope, `SELECT ${STATE} FROM ${JOINED} WHERE ${where.join(' AND ')} ORDER BY p.requested_at ${order}, p.id ${order} LIMIT $${values.push(limit)}`, values);
  }

  async count(scope: TenantScope, filter: PackListFilter): Promise<number> {
    const row = await this.row<{ n: number }>(scope, `SELECT count(*)::float8 AS n FROM ${JOINED} WHERE ${LISTED}`, [scope.tenantId, filter.statuses, filter.editions, filter.requesters]);
    return row?.n ?? 0;
  }

  /** The checkpoint of the newest pack that was finished at an instant. */
  async checkpointBefore(scope: TenantScope, asOf: Date): Promise<string | null> {
    const row = await this.row<{ checkpoint: string }>(scope, 'SELECT checkpoint FROM pack WHERE tenant_id = $1 AND built_at <= $2 ORDER BY built_at DESC, id DESC LIMIT 1', [scope.tenantId, asOf]);
    return row?.checkpoint ?? null;
  }

  /** Finishes a pack once. @returns false when somebody else did before */
  async finish(scope: TenantScope, id: string, built: { fileName: string; storageKey: string; size: number; sha256: string; counts: PackCounts; checkpoint: string; builtAt: Date }): Promise<boolean> {
    const changed = await this.execute(scope,
      `UPDATE pack SET file_name = $3, storage_key = $4, size = $5, sha256 = $6, counts = $7::jsonb, checkpoint = $8, built_at = $9 WHERE tenant_id = $1 AND id = $2 AND built_at IS NULL`,
      [scope.tenantId, id, built.fileName, built.storageKey, built.size, built.sha256, JSON.stringify(built.counts), built.checkpoint, built.builtAt]);
    return changed === 1;
  }

  /** Name of the organization, to be printed on the pack. Access has no query that tells it. */
  async organizationName(scope: TenantScope): Promise<string> {
    const row = await this.row<{ name: string }>(scope, 'SELECT name FROM organization WHERE tenant_id = $1', [scope.tenantId]);
    if (row === null) throw new Error(`There is no organization ${scope.tenantId}`);
    return row.name;
  }
}
