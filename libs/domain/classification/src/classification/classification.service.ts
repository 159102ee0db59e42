import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import type { Caller, TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import type { ClassificationDto, ClassificationLineDto } from './classification.dto.js';
import { ClassificationRepository, type ClassificationRow } from './classification.repository.js';
import { ClassificationViews } from './classification-view.js';
import { EvaluateWorkloadsUsecase, type EvaluationSummary } from './evaluate-workloads.usecase.js';
import { Freshness } from './freshness.js';

export const CLASSIFICATION_LIST: ListSpec = { filters: [], sorts: ['-decidedAt'], asOf: true, uncounted: true, oneWay: true };

/** Reads computed stages and has them computed (domain.md section 5). */
@Injectable()
export class ClassificationService {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadLookup, private readonly results: ClassificationRepository,
    private readonly views: ClassificationViews, private readonly freshness: Freshness, private readonly evaluation: EvaluateWorkloadsUsecase,
  ) {}

  /**
   * The current classification, evaluated first when something changed; or the one that was current at an instant.
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, CLASSIFICATION_RESULT_NOT_FOUND when it had not been classified by then
   */
  async read(caller: Caller, key: string, asOf: Date | null): Promise<ClassificationDto> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    const workload = await this.workloads.require(scope, key);
    if (asOf === null) return this.current(scope, workload);
    const row = await this.results.asOf(scope, workload.id, asOf);
    if (!row) throw notClassified(workload.key, asOf);
    return this.views.full(scope, row, workload.key);
  }

  /** The current classification of one workload, fresh. For callers that hold a scope. */
  async current(scope: TenantScope, workload: { readonly id: string; readonly key: string }): Promise<ClassificationDto> {
    const row = await this.freshRow(scope, workload);
    const [now] = await this.results.freshness(scope, [workload.id]);
    return this.views.full(scope, row, workload.key, now?.reevaluateAt?.toISOString() ?? null);
  }

  /**
   * The current stored result, evaluated first when it may be out of date.
   * @param lock holds the workload until the transaction ends, for a write that depends on the result
   */
  async freshRow(scope: TenantScope, workload: { readonly id: string; readonly key: string }, lock = false): Promise<ClassificationRow> {
    if (lock) await this.results.lock(scope, [workload.id]);
    await this.freshness.ensure(scope, workload.id);
    const row = await this.results.newest(scope, workload.id);
    if (!row) throw notClassified(workload.key, null);
    return row;
  }

  /** Every result of a workload, newest first. */
  async timeline(caller: Caller, key: string, raw: Record<string, string | string[]>): Promise<Page<ClassificationLineDto>> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    const query = readListQuery(raw, CLASSIFICATION_LIST);
    const workload = await this.workloads.require(scope, key);
    const [before = null] = cursorOf(query, ['integer']) ?? [];
    const rows = await this.results.timeline(scope, workload.id, { before, asOf: query.asOf, limit: query.limit });
    const lines = new Map((await this.views.lines(scope, rows, workload.key)).map((line) => [line.id, line]));
    return toPage(rows, query, (row) => [row.number], (row) => {
      const line = lines.get(row.id);
      if (!line) throw new Error(`Result ${row.id} has no line`);
      return line;
    });
  }

  /**
   * Evaluates now and stores the result even when it says the same as before.
   * @throws CLASSIFICATION_WORKLOAD_RETIRED
   */
  async request(caller: Caller, key: string): Promise<ClassificationDto> {
    const scope = this.access.authorise(caller, 'classification:result:evaluate');
    const workload = await this.workloads.require(scope, key);
    if (workload.lifecycle === 'retired') throw problem('CLASSIFICATION_WORKLOAD_RETIRED', `${workload.key} is retired and keeps its last classification.`);
    await this.evaluation.evaluate(scope, [workload.id], { trigger: 'requested', store: true });
    return this.current(scope, workload);
  }

  /** Evaluates workloads in the caller's transaction or one of its own. @param trigger a short stable word */
  evaluate(scope: TenantScope, workloadIds: readonly string[], trigger: string): Promise<EvaluationSummary> {
    return this.evaluation.evaluate(scope, workloadIds, { trigger });
  }
}

const notClassified = (key: string, at: Date | null): Error => problem('CLASSIFICATION_RESULT_NOT_FOUND',
  at === null ? `${key} has not been classified.` : `${key} had not been classified by ${at.toISOString()}. Ask for a later instant, or leave asOf out.`);
