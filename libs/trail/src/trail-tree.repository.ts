import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';
import type { NodeCoordinate, TreeNode } from './merkle-tree.js';

export interface CheckpointRow {
  readonly size: number;
  readonly root: Buffer;
  readonly note: string;
  readonly signedAt: Date;
}
export interface LeafRow {
  readonly index: number;
  readonly entryId: string;
  readonly hash: Buffer;
}

const CHECKPOINT = 'size::float8 AS size, root, note, signed_at AS "signedAt"';

/** SQL of the tree: `trail_pending`, `trail_leaf`, `trail_node`, `trail_checkpoint`. */
@Injectable()
export class TrailTreeRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  /** Organizations with entries that are not in their tree yet. */
  async tenantsWithPending(scope: SystemScope, limit: number): Promise<string[]> {
    const rows = await this.scheduler.rows<{ tenantId: string }>(scope, 'SELECT DISTINCT tenant_id AS "tenantId" FROM trail_pending LIMIT $1', [limit]);
    return rows.map(({ tenantId }) => tenantId);
  }

  /**
   * Takes the organization's tree for the rest of the transaction: only one sequencer may grow it.
   * @param wait true: until it is free; false: not at all
   */
  async lockTree(scope: TenantScope, wait: boolean): Promise<boolean> {
    const lock = wait ? 'pg_advisory_xact_lock' : 'pg_try_advisory_xact_lock';
    const row = await this.row<{ locked: boolean | '' }>(scope, `SELECT ${lock}(hashtextextended('roster.trail:' || $1::text, 0)) AS locked`, [scope.tenantId]);
    return row?.locked !== false;
  }

  pending(scope: TenantScope, limit: number): Promise<{ entryId: string; entry: string }[]> {
    return this.rows(scope,
      `SELECT p.entry_id AS "entryId", e.entry FROM trail_pending p JOIN trail_entry e ON e.tenant_id = p.tenant_id AND e.id = p.entry_id
       WHERE p.tenant_id = $1 ORDER BY p.ordinal LIMIT $2`, [scope.tenantId, limit]);
  }

  /** The newest checkpoint. */
  head(scope: TenantScope): Promise<CheckpointRow | null> {
    return this.row(scope, `SELECT ${CHECKPOINT} FROM trail_checkpoint WHERE tenant_id = $1 ORDER BY trail_checkpoint.size DESC LIMIT 1`, [scope.tenantId]);
  }

  /** The oldest checkpoint of a tree with at least so many leaves. */
  checkpointCovering(scope: TenantScope, size: number): Promise<CheckpointRow | null> {
    return this.row(scope, `SELECT ${CHECKPOINT} FROM trail_checkpoint WHERE tenant_id = $1 AND trail_checkpoint.size >= $2 ORDER BY trail_checkpoint.size LIMIT 1`, [scope.tenantId, size]);
  }

  /** Number of all entries, in constant time but for those that wait for their leaf, which is a matter of seconds. */
  async entries(scope: TenantScope): Promise<number> {
    const row = await this.row<{ entries: number }>(scope,
      `SELECT (coalesce((SELECT leaf_index + 1 FROM trail_leaf WHERE tenant_id = $1 ORDER BY leaf_index DESC LIMIT 1), 0) + (SELECT count(*) FROM trail_pending WHERE tenant_id = $1))::float8 AS entries`, [scope.tenantId]);
    return row?.entries ?? 0;
  }

  /** Number of leaves up to and including the last one that was recorded at or before an instant. */
  async sizeAt(scope: TenantScope, at: Date): Promise<number> {
    const row = await this.row<{ size: number }>(scope,
      `SELECT (l.leaf_index + 1)::float8 AS size FROM trail_leaf l JOIN trail_entry e ON e.tenant_id = l.tenant_id AND e.id = l.entry_id
       WHERE l.tenant_id = $1 AND e.at <= $2 ORDER BY l.leaf_index DESC LIMIT 1`, [scope.tenantId, at]);
    return row?.size ?? 0;
  }

  /** Hashes of complete subtrees, leaves included. @returns by `level/index`; what does not exist is absent */
  async nodes(scope: TenantScope, coordinates: readonly NodeCoordinate[]): Promise<Map<string, Buffer>> {
    const leaves = coordinates.filter(({ level }) => level === 0).map(({ index }) => index);
    const inner = coordinates.filter(({ level }) => level > 0);
    const rows = await this.rows<{ level: number; index: number; hash: Buffer }>(scope,
      `SELECT 0 AS level, leaf_index::float8 AS index, leaf_hash AS hash FROM trail_leaf WHERE tenant_id = $1 AND leaf_index = ANY($2::bigint[])
       UNION ALL
       SELECT n.level, n.node_index::float8, n.hash FROM unnest($3::smallint[], $4::bigint[]) AS w(level, node_index)
       JOIN trail_node n ON n.tenant_id = $1 AND n.level = w.level AND n.node_index = w.node_index`,
      [scope.tenantId, leaves, inner.map(({ level }) => level), inner.map(({ index }) => index)]);
    return new Map(rows.map(({ level, index, hash }) => [`${level}/${index}`, hash]));
  }

  /** Adds leaves and the nodes they completed, and takes the entries off the queue. */
  async append(scope: TenantScope, leaves: readonly LeafRow[], nodes: readonly TreeNode[], checkpoint: CheckpointRow): Promise<void> {
    await this.execute(scope,
      `INSERT INTO trail_leaf (tenant_id, leaf_index, entry_id, leaf_hash) SELECT $1, * FROM unnest($2::bigint[], $3::uuid[], $4::bytea[])`,
      [scope.tenantId, leaves.map(({ index }) => index), leaves.map(({ entryId }) => entryId), leaves.map(({ hash }) => hash)]);
    await this.execute(scope,
      `INSERT INTO trail_node (tenant_id, level, node_index, hash) SELECT $1, * FROM unnest($2::smallint[], $3::bigint[], $4::bytea[])`,
      [scope.tenantId, nodes.map(({ level }) => level), nodes.map(({ index }) => index), nodes.map(({ hash }) => hash)]);
    await this.execute(scope, 'INSERT INTO trail_checkpoint (tenant_id, size, root, note, signed_at) VALUES ($1, $2, $3, $4, $5)',
      [scope.tenantId, checkpoint.size, checkpoint.root, checkpoint.note, checkpoint.signedAt]);
    await this.execute(scope, 'DELETE FROM trail_pending WHERE tenant_id = $1 AND entry_id = ANY($2::uuid[])', [scope.tenantId, leaves.map(({ entryId }) => entryId)]);
  }
}
