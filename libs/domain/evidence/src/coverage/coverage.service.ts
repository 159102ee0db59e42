import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { FrameworkCatalogue, type Edition } from '@roster/frameworks';
import { WorkloadLookup } from '@roster/inventory';
import { Clock, type Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { computeCoverage, type WorkloadCoverage } from './compute-coverage.js';
import { noEvidence } from './coverage-inputs.js';
import { CoverageQuery } from './coverage.query.js';
import { CoverageRepository } from './coverage.repository.js';

export interface CoverageAnswer {
  readonly workload: { readonly id: string; readonly key: string; readonly name: string };
  readonly edition: Edition;
  readonly coverage: WorkloadCoverage;
  readonly at: Date;
}

/** Coverage of one workload for people and keys. */
@Injectable()
export class CoverageService {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadLookup, private readonly organizations: OrganizationQuery, private readonly catalogue: FrameworkCatalogue,
    private readonly query: CoverageQuery, private readonly repository: CoverageRepository, private readonly clock: Clock,
  ) {}

  /**
   * @param editionId the organization's edition when null
   * @param asOf as it was known at that instant: evidence, decisions, risk tier and tool use. The required sets are the organization's present ones.
   * @throws INVENTORY_WORKLOAD_NOT_FOUND (also for an instant before it was registered), FRAMEWORKS_EDITION_NOT_FOUND, FRAMEWORKS_EDITION_NOT_ASSESSABLE
   */
  async read(caller: Caller, keyOrId: string, editionId: string | null, asOf: Date | null): Promise<CoverageAnswer> {
    const scope = this.access.authorise(caller, 'evidence:item:read');
    const { id, key, name } = await this.workloads.require(scope, keyOrId);
    const settings = await this.organizations.settings(scope);
    const edition = this.catalogue.assessable(editionId ?? settings.edition);
    const facts = await this.repository.facts(scope, id, asOf);
    if (!facts) throw problem('INVENTORY_WORKLOAD_NOT_FOUND', `${key} was not on the inventory at that instant.`);
    const inputs = (await this.query.load(scope, [id], edition.id, asOf)).get(id) ?? noEvidence(id);
    const at = asOf ?? this.clock.now();
    const coverage = computeCoverage({
      edition, requirements: this.catalogue.requirementsOf(edition.id), inputs, tier: facts.riskTier, tierPolicy: settings.tierPolicy, executesTools: facts.executesTools, now: at,
    });
    return { workload: { id, key, name }, edition, coverage, at };
  }
}
