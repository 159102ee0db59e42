import { Injectable } from '@nestjs/common';
import type { Stage, TriState } from '@roster/contracts';
import type { Actor, TenantScope } from '@roster/platform-context';
import { ClassificationRepository, type ClassificationRow } from './classification.repository.js';
import { ClassificationViews } from './classification-view.js';
import type { ClassificationDto } from './classification.dto.js';

/** A stored result as other areas may read it. */
export interface ClassificationRecord {
  readonly id: string;
  readonly workloadId: string;
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly undetermined: boolean;
  readonly frozen: boolean;
  readonly treeDigest: string;
  readonly edition: string;
  readonly triggers: readonly string[];
  readonly answers: readonly { readonly question: string; readonly answer: TriState }[];
  readonly decidedAt: Date;
  readonly decidedBy: Actor;
}

/** Reads classifications for other areas (packs, reviews, portfolio). Never evaluates. */
@Injectable()
export class ClassificationQuery {
  constructor(private readonly results: ClassificationRepository, private readonly views: ClassificationViews) {}

  /** The results that were current at an instant, by workload; workloads not classified by then are absent. */
  async asOf(scope: TenantScope, workloadIds: readonly string[], at: Date): Promise<Map<string, ClassificationRecord>> {
    if (workloadIds.length === 0) return new Map();
    return new Map((await this.results.asOfMany(scope, workloadIds, at)).map((row) => [row.workloadId, record(row)]));
  }

  /**
   * The same with every question, fact, gap and the freeze, for export.
   * @param workloads ids with their keys
   */
  async tracesAsOf(scope: TenantScope, workloads: ReadonlyMap<string, string>, at: Date): Promise<Map<string, ClassificationDto>> {
    if (workloads.size === 0) return new Map();
    const traces = new Map<string, ClassificationDto>();
    for (const row of await this.results.asOfMany(scope, [...workloads.keys()], at)) {
      traces.set(row.workloadId, await this.views.full(scope, row, workloads.get(row.workloadId) ?? row.workloadId));
    }
    return traces;
  }
}

const record = ({ trace, treeDigest, edition, triggers, decidedAt, decidedBy, ...row }: ClassificationRow): ClassificationRecord => ({
  id: row.id, workloadId: row.workloadId, stage: row.stage, hardening: row.hardening, undetermined: row.undetermined, frozen: row.frozen,
  treeDigest, edition, triggers, answers: trace.answers, decidedAt, decidedBy,
});
