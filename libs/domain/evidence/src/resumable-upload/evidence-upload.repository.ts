import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';
import type { EvidenceUpload } from './evidence-upload.js';
import type { AnnouncedFile } from './tus-headers.js';

const COLUMNS = `id, file_name AS "fileName", declared_type AS "declaredType", size::float8 AS size, received::float8 AS received, expected_sha256 AS "expectedSha256", sha256, expires_at AS "expiresAt"`;

/** All SQL of uploads. An upload is seen only by its member and only until it expires. */
@Injectable()
export class EvidenceUploadRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  async insert(scope: TenantScope, upload: { id: string; memberId: string; file: AnnouncedFile; expiresAt: Date }, at: Date): Promise<void> {
    const { id, memberId, file, expiresAt } = upload;
    await this.execute(scope, `
      INSERT INTO evidence_upload (tenant_id, id, member_id, file_name, declared_type, size, expected_sha256, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [scope.tenantId, id, memberId, file.fileName, file.declaredType, file.size, file.sha256, at, expiresAt]);
  }

  find(scope: TenantScope, memberId: string, id: string, now: Date): Promise<EvidenceUpload | null> {
    return this.row<EvidenceUpload>(scope, `SELECT ${COLUMNS} FROM evidence_upload WHERE tenant_id = $1 AND id = $2 AND member_id = $3 AND expires_at > $4`, [scope.tenantId, id, memberId, now]);
  }

  /** Makes whoever else begins an upload in the organization wait for this transaction. */
  async lockLimits(scope: TenantScope): Promise<void> {
    await this.row(scope, `SELECT pg_advisory_xact_lock(hashtextextended('evidence_upload ' || $1, 0))`, [scope.tenantId]);
  }

  /** What is not yet used: how many uploads of a member; and how many bytes of the whole organization are announced, or lie in storage until they are swept. */
  async announced(scope: TenantScope, memberId: string, now: Date): Promise<{ ofMember: number; bytes: number }> {
    const row = await this.row<{ ofMember: number; bytes: number }>(scope, `
      SELECT count(*) FILTER (WHERE member_id = $2 AND expires_at > $3)::int AS "ofMember", coalesce(sum(CASE WHEN expires_at > $3 THEN size ELSE received END), 0)::float8 AS bytes FROM evidence_upload WHERE tenant_id = $1`, [scope.tenantId, memberId, now]);
    return row ?? { ofMember: 0, bytes: 0 };
  }

  /**
   * Adds a piece that lies in storage, if the upload still stands where the piece begins: of two requests at one offset the first wins.
   * @returns false when it stands elsewhere or is gone
   */
  async append(scope: TenantScope, id: string, part: { start: number; size: number; storageKey: string }, expiresAt: Date, now: Date): Promise<boolean> {
    return (await this.execute(scope, `
      WITH moved AS (UPDATE evidence_upload SET received = received + $4, expires_at = $6 WHERE tenant_id = $1 AND id = $2 AND received = $3 AND expires_at > $7 RETURNING id)
      INSERT INTO evidence_upload_part (tenant_id, upload_id, start, size, storage_key) SELECT $1, moved.id, $3, $4, $5 FROM moved`,
    [scope.tenantId, id, part.start, part.size, part.storageKey, expiresAt, now])) === 1;
  }

  /** Where the pieces lie, in order. */
  async parts(scope: TenantScope, id: string): Promise<string[]> {
    const rows = await this.rows<{ storageKey: string }>(scope, `SELECT storage_key AS "storageKey" FROM evidence_upload_part WHERE tenant_id = $1 AND upload_id = $2 ORDER BY start`, [scope.tenantId, id]);
    return rows.map((row) => row.storageKey);
  }

  async partCount(scope: TenantScope, id: string): Promise<number> {
    return (await this.row<{ parts: number }>(scope, `SELECT count(*)::int AS parts FROM evidence_upload_part WHERE tenant_id = $1 AND upload_id = $2`, [scope.tenantId, id]))?.parts ?? 0;
  }

  async setChecked(scope: TenantScope, id: string, sha256: string): Promise<void> {
    await this.execute(scope, `UPDATE evidence_upload SET sha256 = $3 WHERE tenant_id = $1 AND id = $2`, [scope.tenantId, id, sha256]);
  }

  /** Ends an upload: nobody sees it any more, and the sweep removes its bytes. @returns false when it had ended before */
  async end(scope: TenantScope, memberId: string, id: string, now: Date): Promise<boolean> {
    return (await this.execute(scope, `UPDATE evidence_upload SET expires_at = $4 WHERE tenant_id = $1 AND id = $2 AND member_id = $3 AND expires_at > $4`, [scope.tenantId, id, memberId, now])) === 1;
  }

  /** Ended uploads across organizations, oldest first. */
  ended(scope: SystemScope, now: Date, limit: number): Promise<{ tenantId: string; id: string }[]> {
    return this.scheduler.rows(scope, `SELECT tenant_id AS "tenantId", id FROM evidence_upload WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2`, [now, limit]);
  }

  async remove(scope: TenantScope, id: string, now: Date): Promise<void> {
    await this.execute(scope, `DELETE FROM evidence_upload WHERE tenant_id = $1 AND id = $2 AND expires_at <= $3`, [scope.tenantId, id, now]);
  }
}
