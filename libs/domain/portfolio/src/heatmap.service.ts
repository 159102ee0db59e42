import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { computeCoverage, CoverageQuery } from '@roster/evidence';
import { FrameworkCatalogue } from '@roster/frameworks';
import { WorkloadPages } from '@roster/inventory';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { readListQuery } from '@roster/platform-http';
import type { HeatmapDto } from './heatmap.dto.js';

/** Parameters of GET /portfolio/heatmap: those of the inventory list, most missing first. */
export const HEATMAP_LIST = WorkloadPages.spec('-missingEvidence');

/** Coverage by workload and domain (domain.md section 13). Work is bounded by the page, however large the inventory is. */
@Injectable()
export class HeatmapService {
  constructor(
    private readonly access: Access, private readonly organization: OrganizationQuery, private readonly catalogue: FrameworkCatalogue, private readonly workloads: WorkloadPages,
    private readonly coverage: CoverageQuery, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /**
   * One page of the heatmap over the edition of the organization.
   * @param raw list parameters of api.md, filters as in GET /workloads
   * @throws ACCESS_PERMISSION_MISSING, PLATFORM_REQUEST_INVALID, PLATFORM_CURSOR_INVALID
   */
  page(caller: Caller, raw: Record<string, string | string[]>): Promise<HeatmapDto> {
    const scope = this.access.authorise(caller, 'portfolio:summary:read');
    const query = readListQuery(raw, HEATMAP_LIST);
    return this.unitOfWork.run(scope, async () => {
      const settings = await this.organization.settings(scope);
      const edition = this.catalogue.assessable(settings.edition);
      const requirements = this.catalogue.requirementsOf(edition.id);
      const { items, nextCursor, total } = await this.workloads.read(scope, caller, query);
      const inputs = await this.coverage.load(scope, items.map(({ id }) => id), edition.id, query.asOf);
      const at = query.asOf ?? this.clock.now();
      return {
        edition: edition.id, at, nextCursor, ...(total === undefined ? {} : { total }),
        domains: edition.domains.map(({ id, name }) => ({ id, name, freeze: edition.freezeDomains.includes(id) })),
        items: items.map(({ id, key, name, stage, hardening, undetermined, frozen, riskTier, executesTools }) => {
          const input = inputs.get(id);
          if (input === undefined) throw new Error(`Coverage was not loaded for ${key}`);
          const { domains, required, tier, tierIsSet } = computeCoverage({ edition, requirements, inputs: input, tier: riskTier, tierPolicy: settings.tierPolicy, executesTools, now: at });
          return {
            id, key, name, stage, hardening, undetermined, frozen, tier, tierIsSet, met: required.met, total: required.total,
            cells: domains.map((domain) => ({ domain: domain.id, status: domain.status, met: domain.required.met, total: domain.required.total })),
          };
        }),
      };
    }, 'REPEATABLE READ');
  }
}
