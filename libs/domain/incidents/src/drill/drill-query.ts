import { Injectable } from '@nestjs/common';
import type { DrillKind, DrillResult } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';
import type { DrillRow } from './drill.repository.js';
import { DrillRepository } from './drill.repository.js';

/** What other areas may know about a drill. */
export interface DrillSummary {
  readonly id: string;
  readonly workloadId: string;
  readonly kind: DrillKind;
  /** RFC 3339. */
  readonly startedAt: string;
  readonly endedAt: string;
  readonly durationSeconds: number;
  readonly result: DrillResult;
  readonly method: string;
  readonly evidenceItemId: string;
  readonly recordedAt: string;
}

/** Reads drills for other areas. */
@Injectable()
export class DrillQuery {
  constructor(private readonly drills: DrillRepository) {}

  /** The newest passed drill of a kind, by workload; workloads without one are absent (domain.md section 5, question 3). */
  async latestPassed(scope: TenantScope, workloadIds: readonly string[], kind: DrillKind): Promise<Map<string, DrillSummary>> {
    if (workloadIds.length === 0) return new Map();
    return new Map((await this.drills.latestPassed(scope, workloadIds, kind)).map((row) => [row.workloadId, summary(row)]));
  }

  /** Drills recorded after `from` and up to `to`, oldest first. */
  async recordedBetween(scope: TenantScope, workloadId: string, from: Date, to: Date): Promise<DrillSummary[]> {
    return (await this.drills.between(scope, workloadId, from, to)).map(summary);
  }
}

const summary = (row: DrillRow): DrillSummary => ({
  id: row.id, workloadId: row.workloadId, kind: row.kind, startedAt: row.startedAt.toISOString(), endedAt: row.endedAt.toISOString(),
  durationSeconds: row.durationSeconds, result: row.result, method: row.method, evidenceItemId: row.evidenceItemId, recordedAt: row.recordedAt.toISOString(),
});
