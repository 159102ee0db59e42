import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, newId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { cursorOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import type { ClassificationRow } from '../classification/classification.repository.js';
import { ClassificationViews } from '../classification/classification-view.js';
import type { GateDecision } from '../gate/gate.js';
import { GateService } from '../gate/gate.service.js';
import type { ScopeChangeDto, ScopeChangeRequestDto } from './scope-change.dto.js';
import { ScopeChangeLedger } from './scope-change-ledger.js';
import { ScopeChangeRepository, type ScopeChangeRow } from './scope-change.repository.js';

export const SCOPE_CHANGE_LIST: ListSpec = { filters: [], sorts: ['-recordedAt'], uncounted: true, oneWay: true };

/** Scope changes: refused while a freeze is in force, recorded otherwise (domain.md section 6). */
@Injectable()
export class ScopeChangeService {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadLookup, private readonly gate: GateService, private readonly views: ClassificationViews,
    private readonly ledger: ScopeChangeLedger, private readonly changes: ScopeChangeRepository, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * @throws CLASSIFICATION_SCOPE_FROZEN (409) with the gaps, CLASSIFICATION_FREEZE_UNDETERMINED (409) when a freeze cannot be excluded,
   *   CLASSIFICATION_WORKLOAD_RETIRED, INVENTORY_WORKLOAD_NOT_FOUND
   */
  async request(caller: Caller, key: string, given: ScopeChangeRequestDto): Promise<ScopeChangeDto> {
    const scope = this.access.authorise(caller, 'classification:scope-change:request');
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.workloads.require(scope, key);
      if (workload.lifecycle === 'retired') throw problem('CLASSIFICATION_WORKLOAD_RETIRED', `${workload.key} is retired; its scope does not grow any more.`);
      const { decision, row } = await this.gate.decideScopeChange(scope, workload, { kind: 'scope-change', change: given.kind });
      if (decision.verdict !== 'pass') throw await this.refusal(scope, workload.key, decision, row);
      const lifted = decision.reasons.some((reason) => reason.code === 'BREAK_GLASS') ? row.trace.freeze.breakGlass : null;
      const now = this.clock.now();
      const stored = await this.ledger.enter(scope, {
        id: newId(now), workloadId: workload.id, kind: given.kind, detail: given.detail, classificationId: row.id, breakGlassId: lifted?.id ?? null, recordedAt: now,
      });
      return toDto(stored, workload.key);
    });
  }

  async list(caller: Caller, key: string, raw: Record<string, string | string[]>): Promise<Page<ScopeChangeDto>> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    const query = readListQuery(raw, SCOPE_CHANGE_LIST);
    const workload = await this.workloads.require(scope, key);
    const rows = await this.changes.page(scope, workload.id, { after: cursorOf(query, ['instant', 'id']), limit: query.limit });
    return toPage(rows, query, (row) => [row.recordedAt.toISOString(), row.id], (row) => toDto(row, workload.key));
  }

  private async refusal(scope: TenantScope, key: string, decision: GateDecision, row: ClassificationRow): Promise<Error> {
    const tree = await this.views.treeOf(scope, row.treeDigest);
    const describe = this.views.describer(row.edition, key, tree);
    const extensions = { verdict: decision.verdict, gaps: decision.gaps.map(describe), reasons: decision.reasons };
    const why = decision.reasons.map((reason) => reason.message).join(' ');
    return decision.verdict === 'frozen'
      ? problem('CLASSIFICATION_SCOPE_FROZEN', `${why} Close them, or have an administrator lift the freeze for a limited time.`, { extensions })
      : problem('CLASSIFICATION_FREEZE_UNDETERMINED', `${why} State the unknown facts first.`, { extensions });
  }
}

const toDto = (row: ScopeChangeRow, workload: string): ScopeChangeDto => ({
  id: row.id, workload, kind: row.kind, detail: row.detail, classification: row.classificationId, breakGlass: row.breakGlassId, recordedAt: row.recordedAt,
  recordedBy: { type: row.recordedBy.type, id: row.recordedBy.id, name: row.recordedBy.name },
});
