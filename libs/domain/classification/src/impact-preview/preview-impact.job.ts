import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { WorkloadFactsQuery } from '@roster/inventory';
import { Clock, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, Operations, type JobContext, type JobHandler } from '@roster/platform-queue';
import { EvaluateWorkloadsUsecase } from '../classification/evaluate-workloads.usecase.js';
import { EvaluationPolicies } from '../classification/evaluation-policy.js';
import type { Outcome } from '../classification/outcome.js';
import { ImpactPreviewRepository, type ImpactRow } from './impact-preview.repository.js';

const BATCH = 1_000;

/** What the preview found, in figures. */
export interface ImpactSummary {
  readonly edition: string;
  readonly tree: string;
  readonly evaluated: number;
  readonly changed: number;
  /** Workloads by what they are and would be, most frequent first. */
  readonly transitions: readonly { readonly from: string; readonly to: string; readonly count: number }[];
}

/**
 * Evaluates every workload under the edition in force and under another one, and keeps what differs. Stores no classification. Whether a
 * workload would be Scaled is measured against the portfolio as it is.
 */
@Injectable()
@HandlesJob('classification.preview-impact')
export class PreviewImpactJob implements JobHandler<'classification.preview-impact'> {
  constructor(
    private readonly facts: WorkloadFactsQuery, private readonly evaluation: EvaluateWorkloadsUsecase, private readonly policies: EvaluationPolicies,
    private readonly previews: ImpactPreviewRepository, private readonly operations: Operations, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async handle({ tenantId, operationId, edition }: JobPayloads['classification.preview-impact'], context: JobContext): Promise<void> {
    const scope = TenantScope.forSystem(tenantId, 'impact preview');
    const total = await this.facts.count(scope);
    if (!(await this.operations.progress(scope, operationId, 0, total))) return;
    await this.previews.clear(scope, operationId);
    const transitions = new Map<string, { from: string; to: string; count: number }>();
    let evaluated = 0;
    let changed = 0;
    for (let after: string | null = null; ;) {
      const ids = await this.facts.page(scope, after, BATCH);
      if (ids.length === 0) break;
      if (context.signal.aborted) throw new Error('The worker is stopping; the preview starts again elsewhere');
      const rows = await this.unitOfWork.run(scope, async () => {
        const found = await this.compare(scope, ids, edition);
        await this.previews.insertMany(scope, operationId, found.rows);
        return found;
      });
      for (const row of rows.rows) count(transitions, row);
      evaluated += rows.evaluated;
      changed += rows.rows.length;
      if (!(await this.operations.progress(scope, operationId, evaluated, Math.max(total, evaluated)))) return;
      after = ids.at(-1) ?? null;
    }
    const { tree } = await this.policies.of(scope);
    const summary: ImpactSummary = { edition, tree: tree.id, evaluated, changed, transitions: [...transitions.values()].sort((a, b) => b.count - a.count) };
    await this.operations.succeed(scope, operationId, summary, evaluated);
  }

  private async compare(scope: TenantScope, ids: readonly string[], edition: string): Promise<{ rows: ImpactRow[]; evaluated: number }> {
    const now = this.clock.now();
    const before = await this.evaluation.outcomes(scope, ids, await this.policies.of(scope), now);
    const after = await this.evaluation.outcomes(scope, ids, await this.policies.of(scope, edition), now);
    const rows = [...before].flatMap(([workloadId, old]): ImpactRow[] => {
      const next = after.get(workloadId);
      if (!next || old.input.lifecycle === 'retired' || same(old, next)) return [];
      return [{
        workloadId, fromStage: old.evaluation.stage, toStage: next.evaluation.stage, fromHardening: old.evaluation.hardening, toHardening: next.evaluation.hardening,
        fromFrozen: old.freeze.active, toFrozen: next.freeze.active, gapCount: next.evaluation.gaps.length,
      }];
    });
    return { rows, evaluated: before.size };
  }
}

const same = (a: Outcome, b: Outcome): boolean =>
  a.evaluation.stage === b.evaluation.stage && a.evaluation.hardening === b.evaluation.hardening && a.freeze.active === b.freeze.active;

const named = (stage: string, hardening: boolean, frozen: boolean): string => [stage, ...(hardening ? ['hardening'] : []), ...(frozen ? ['frozen'] : [])].join(', ');

function count(transitions: Map<string, { from: string; to: string; count: number }>, row: ImpactRow): void {
  const from = named(row.fromStage, row.fromHardening, row.fromFrozen);
  const to = named(row.toStage, row.toHardening, row.toFrozen);
  const key = `${from} -> ${to}`;
  transitions.set(key, { from, to, count: (transitions.get(key)?.count ?? 0) + 1 });
}
