import type { OrganizationSettings } from '@roster/contracts';
import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { FrameworkCatalogue, type Edition, type Requirement } from '@roster/frameworks';
import type { TenantScope } from '@roster/platform-context';
import type { FactPolicy } from '../fact/fact-input.js';
import type { ClassificationTree } from '../tree/classification-tree.js';
import { TreeRegistry } from '../tree/tree-registry.js';

/** What an organization is classified by at one moment: tree, edition, required sets, thresholds. */
export interface EvaluationPolicy {
  readonly tree: ClassificationTree;
  readonly edition: Edition;
  readonly requirements: readonly Requirement[];
  readonly facts: FactPolicy;
  readonly settings: OrganizationSettings;
  /** Two policies with the same digest classify alike. */
  readonly digest: string;
}

/** Reads the policy of an organization. */
@Injectable()
export class EvaluationPolicies {
  constructor(private readonly organizations: OrganizationQuery, private readonly catalogue: FrameworkCatalogue, private readonly trees: TreeRegistry) {}

  /** The policy in force. */
  async of(scope: TenantScope): Promise<EvaluationPolicy> {
    return this.under(await this.organizations.settings(scope));
  }

  /**
   * The policy that settings make, also such as are only supposed (impact preview).
   * @throws FRAMEWORKS_EDITION_NOT_FOUND, FRAMEWORKS_EDITION_NOT_ASSESSABLE
   */
  under(settings: OrganizationSettings): EvaluationPolicy {
    const edition = this.catalogue.assessable(settings.edition);
    const { monitoringDomain, freezeDomains, toolBlockingDomains, id } = edition;
    if (monitoringDomain === null) throw new Error(`The assessable edition ${id} names no monitoring domain`);
    const facts: FactPolicy = {
      tierPolicy: settings.tierPolicy, edition: { id, monitoringDomain, freezeDomains, toolBlockingDomains },
      scaledMinProductionWorkloads: settings.thresholds.scaledMinProductionWorkloads,
    };
    const digest = createHash('sha256').update(JSON.stringify([edition.digest, facts])).digest('hex');
    return { tree: this.trees.current(), edition, requirements: this.catalogue.requirementsOf(id), facts, settings, digest };
  }
}
