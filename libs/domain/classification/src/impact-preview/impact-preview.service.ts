import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { FrameworkCatalogue } from '@roster/frameworks';
import type { Caller, TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import type { OperationRow } from '@roster/platform-queue';
import { ReevaluationService } from '../sweep/reevaluation.service.js';
import { IMPACT_PREVIEW, ImpactOperations } from './impact-operations.js';
import type { ImpactedWorkloadDto } from './impact-preview.dto.js';
import { ImpactPreviewRepository } from './impact-preview.repository.js';

export const IMPACT_LIST: ListSpec = { filters: [], sorts: ['id'] };

/** Shows what another edition would change before it is adopted (domain.md section 5). */
@Injectable()
export class ImpactPreviewService {
  constructor(
    private readonly access: Access, private readonly organizations: OrganizationQuery, private readonly catalogue: FrameworkCatalogue, private readonly operations: ImpactOperations,
    private readonly reevaluations: ReevaluationService, private readonly previews: ImpactPreviewRepository,
  ) {}

  /** @throws FRAMEWORKS_EDITION_NOT_FOUND, FRAMEWORKS_EDITION_NOT_ASSESSABLE, CLASSIFICATION_PREVIEW_INVALID for the edition in force */
  async request(caller: Caller, editionId: string): Promise<{ id: string; href: string }> {
    const scope = this.access.authorise(caller, 'classification:result:evaluate');
    const edition = this.catalogue.assessable(editionId);
    const { edition: current } = await this.organizations.settings(scope);
    if (edition.id === current) {
      throw problem('CLASSIFICATION_PREVIEW_INVALID', 'The organization uses this edition already.', { errors: [{ path: 'edition', code: 'unchanged', message: `expected another edition than ${current}` }] });
    }
    const id = await this.operations.start(scope, edition.id);
    return { id, href: `/api/v1/organization/impact-previews/${id}` };
  }

  find(caller: Caller, id: string): Promise<{ scope: TenantScope; operation: OperationRow }> {
    return this.reevaluations.find(caller, id, IMPACT_PREVIEW);
  }

  /** Workloads whose stage, hardening or freeze would change. */
  async workloads(caller: Caller, id: string, raw: Record<string, string | string[]>): Promise<Page<ImpactedWorkloadDto>> {
    const { scope } = await this.find(caller, id);
    const query = readListQuery(raw, IMPACT_LIST);
    const after = query.cursor?.[0];
    const rows = await this.previews.page(scope, id, { after: typeof after === 'string' ? after : null, limit: query.limit });
    return toPage(rows, query, (row) => [row.workloadId], (row) => ({
      id: row.workloadId, key: row.workloadKey, name: row.workloadName,
      from: { stage: row.fromStage, hardening: row.fromHardening, frozen: row.fromFrozen }, to: { stage: row.toStage, hardening: row.toHardening, frozen: row.toFrozen },
      gapCount: row.gapCount,
    }));
  }
}
