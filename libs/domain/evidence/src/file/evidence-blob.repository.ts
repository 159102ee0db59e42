import { Injectable } from '@nestjs/common';
import type { SystemScope, TenantScope } from '@roster/platform-context';
import { Database, SchedulerDatabase, TenantRepository } from '@roster/platform-database';

export type ScanStatus = 'not_scanned' | 'pending' | 'clean' | 'infected';

export interface EvidenceBlob {
  readonly sha256: string;
  readonly size: number;
  readonly storageKey: string;
  readonly scanStatus: ScanStatus;
}

const COLUMNS = 'sha256, size::float8 AS size, storage_key AS "storageKey", scan_status AS "scanStatus"';

/** Bytes that are stored once per organization. */
@Injectable()
export class EvidenceBlobRepository extends TenantRepository {
  constructor(database: Database, private readonly scheduler: SchedulerDatabase) {
    super(database);
  }

  find(scope: TenantScope, sha256: string): Promise<EvidenceBlob | null> {
    return this.row<EvidenceBlob>(scope, `SELECT ${COLUMNS} FROM evidence_blob WHERE tenant_id = $1 AND sha256 = $2`, [scope.tenantId, sha256]);
  }

  /**
   * Records bytes, or finds them again. Bytes that were never scanned go into quarantine once a scanner is there.
   * @returns the scan status that now holds, and whether a scan has to be asked for
   */
  async keep(scope: TenantScope, blob: EvidenceBlob, at: Date): Promise<{ scanStatus: ScanStatus; scanNeeded: boolean }> {
    const before = await this.row<{ scanStatus: ScanStatus }>(scope, `SELECT scan_status AS "scanStatus" FROM evidence_blob WHERE tenant_id = $1 AND sha256 = $2 FOR UPDATE`, [scope.tenantId, blob.sha256]);
    const after = await this.row<{ scanStatus: ScanStatus }>(scope, `
      INSERT INTO evidence_blob (tenant_id, sha256, size, storage_key, scan_status, created_at) VALUES ($1, $2, $3, $4, $5, $6)
      ON CONFLICT (tenant_id, sha256) DO UPDATE SET scan_status =
        CASE WHEN evidence_blob.scan_status = 'not_scanned' AND excluded.scan_status = 'pending' THEN 'pending' ELSE evidence_blob.scan_status END
      RETURNING scan_status AS "scanStatus"`, [scope.tenantId, blob.sha256, blob.size, blob.storageKey, blob.scanStatus, at]);
    const scanStatus = after?.scanStatus ?? blob.scanStatus;
    return { scanStatus, scanNeeded: scanStatus === 'pending' && before?.scanStatus !== 'pending' };
  }

  /** Records the verdict, once. @returns false when there was a verdict already */
  async decide(scope: TenantScope, sha256: string, verdict: { scanStatus: 'clean' | 'infected'; result: string }, at: Date): Promise<boolean> {
    return (await this.execute(scope, `UPDATE evidence_blob SET scan_status = $3, scan_result = $4, scanned_at = $5 WHERE tenant_id = $1 AND sha256 = $2 AND scan_status = 'pending'`,
      [scope.tenantId, sha256, verdict.scanStatus, verdict.result, at])) === 1;
  }

  /** Files that have been waiting for the scanner since before an instant, across organizations: their job was lost. */
  waiting(scope: SystemScope, before: Date, limit: number): Promise<{ tenantId: string; sha256: string }[]> {
    return this.scheduler.rows(scope, `SELECT tenant_id AS "tenantId", sha256 FROM evidence_blob WHERE scan_status = 'pending' AND created_at < $1 ORDER BY created_at LIMIT $2`, [before, limit]);
  }
}
