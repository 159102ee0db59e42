import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { IMPACT_EFFECTS, type ImpactEffect } from '@roster/contracts';
import { FrameworkCatalogue } from '@roster/frameworks';
import type { Caller, TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, readListQuery, toPage, type ListSpec, type Page } from '@roster/platform-http';
import type { OperationRow } from '@roster/platform-queue';
import { ReevaluationService } from '../sweep/reevaluation.service.js';
import { IMPACT_PREVIEW, ImpactOperations } from './impact-operations.js';
import type { ImpactedWorkloadDto, ImpactPreviewRequestDto } from './impact-preview.dto.js';
import { toImpactedWorkload } from './impact-preview.mapper.js';
import { ImpactPreviewRepository } from './impact-preview.repository.js';

export const IMPACT_LIST: ListSpec = { filters: ['effect'], sorts: ['id'], uncounted: true, oneWay: true };

/** Shows what changed settings would do before they are saved (domain.md section 5). */
@Injectable()
export class ImpactPreviewService {
  constructor(
    private readonly access: Access, private readonly organizations: OrganizationQuery, private readonly catalogue: FrameworkCatalogue, private readonly operations: ImpactOperations,
    private readonly reevaluations: ReevaluationService, private readonly previews: ImpactPreviewRepository,
  ) {}

  /**
   * @throws PLATFORM_REQUEST_INVALID naming every wrong setting, FRAMEWORKS_EDITION_NOT_FOUND, FRAMEWORKS_EDITION_NOT_ASSESSABLE,
   * CLASSIFICATION_PREVIEW_INVALID when nothing would change
   */
  async request(caller: Caller, change: ImpactPreviewRequestDto): Promise<{ id: string; href: string }> {
    const scope = this.access.authorise(caller, 'classification:result:evaluate');
    const { supposed, changed } = await this.organizations.suppose(scope, change);
    this.catalogue.assessable(supposed.edition);
    if (changed.length === 0) {
      const path = change.edition === undefined ? '' : 'edition';
      throw problem('CLASSIFICATION_PREVIEW_INVALID', 'These settings are in force already.', { errors: [{ path, code: 'unchanged', message: 'expected at least one setting that differs from what is saved' }] });
    }
    const id = await this.operations.start(scope, JSON.parse(JSON.stringify(change)) as Record<string, unknown>);
    return { id, href: `/api/v1/organization/impact-previews/${id}` };
  }

  find(caller: Caller, id: string): Promise<{ scope: TenantScope; operation: OperationRow }> {
    return this.reevaluations.find(caller, id, IMPACT_PREVIEW);
  }

  /** Workloads with one effect; `filter[effect]` says which, by default another stage, hardening or freeze. */
  async workloads(caller: Caller, id: string, raw: Record<string, string | string[]>): Promise<Page<ImpactedWorkloadDto>> {
    const { scope } = await this.find(caller, id);
    const query = readListQuery(raw, IMPACT_LIST);
    const [after = null] = cursorOf(query, ['id']) ?? [];
    const rows = await this.previews.page(scope, id, { effect: effectOf(query.filters.get('effect')), after, limit: query.limit });
    return toPage(rows, query, (row) => [row.workloadId], toImpactedWorkload);
  }
}

function effectOf(given: readonly string[] | undefined): ImpactEffect {
  if (given === undefined) return 'stage';
  const effect = IMPACT_EFFECTS.find((one) => one === given[0]);
  if (given.length === 1 && effect !== undefined) return effect;
  throw problem('PLATFORM_REQUEST_INVALID', 'The effect is not known.', { errors: [{ path: 'filter[effect]', code: 'not_one_of', message: `expected one of ${IMPACT_EFFECTS.join(', ')}` }] });
}
