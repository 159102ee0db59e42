import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { FrameworkCatalogue, type ResolvedCriterion } from '@roster/frameworks';
import { WorkloadLookup } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { problem, type FieldError } from '@roster/platform-errors';
import type { LinkTarget } from './evidence-link.repository.js';

/** What a person asked to link to. */
export interface RequestedLink {
  /** Key or id. */
  readonly workload: string;
  /** `<edition>/<id>`, or an id of the organization's edition; none = the evidence only names the workload. */
  readonly criterion?: string | null;
}

/** Turns what people call workloads and criteria into what links are stored as. */
@Injectable()
export class LinkResolver {
  constructor(private readonly catalogue: FrameworkCatalogue, private readonly organizations: OrganizationQuery, private readonly workloads: WorkloadLookup) {}

  /**
   * A criterion that has facets stands for all of them: each gets a link of its own, which the reviewer sees.
   * @throws PLATFORM_REFERENCE_UNKNOWN for workloads, EVIDENCE_CRITERION_UNKNOWN for criteria, each naming every wrong one
   */
  async resolve(scope: TenantScope, links: readonly RequestedLink[]): Promise<LinkTarget[]> {
    if (links.length === 0) return [];
    const found = await this.workloads.requireMany(scope, links.map((link) => link.workload), 'links');
    const preferred = (await this.organizations.settings(scope)).edition;
    const errors: FieldError[] = [];
    const targets = new Map<string, LinkTarget>();
    links.forEach((link, index) => {
      const workloadId = found.get(link.workload)?.id ?? '';
      if (link.criterion === undefined || link.criterion === null) {
        targets.set(workloadId, { workloadId, edition: '', requirementKey: '' });
        return;
      }
      const criterion = this.find(link.criterion, preferred);
      if (typeof criterion === 'string') errors.push({ path: `links[${index}].criterion`, code: 'unknown_criterion', message: criterion });
      else for (const { key } of criterion.requirements) targets.set(`${workloadId} ${key}`, { workloadId, edition: criterion.edition.id, requirementKey: key });
    });
    if (errors.length > 0) throw problem('EVIDENCE_CRITERION_UNKNOWN', 'Some criteria do not exist. Nothing was changed.', { errors });
    return [...targets.values()];
  }

  /**
   * One requirement of one workload.
   * @throws INVENTORY_WORKLOAD_NOT_FOUND, EVIDENCE_CRITERION_UNKNOWN (also for a criterion with facets: each is decided for itself)
   */
  async resolveOne(scope: TenantScope, link: { readonly workload: string; readonly criterion: string }): Promise<LinkTarget> {
    const { id } = await this.workloads.require(scope, link.workload);
    const criterion = this.find(link.criterion, (await this.organizations.settings(scope)).edition);
    const wrong = (code: string, message: string): Error => problem('EVIDENCE_CRITERION_UNKNOWN', `${message} Nothing was changed.`, { errors: [{ path: 'criterion', code, message }] });
    if (typeof criterion === 'string') throw wrong('unknown_criterion', criterion);
    const [requirement, ...others] = criterion.requirements;
    if (!requirement || others.length > 0) throw wrong('has_facets', `Name one facet of it: ${criterion.requirements.map((r) => r.key).join(', ')}.`);
    return { workloadId: id, edition: criterion.edition.id, requirementKey: requirement.key };
  }

  private find(name: string, preferred: string): ResolvedCriterion | string {
    const criterion = this.catalogue.resolveCriterion(name, preferred);
    if (!criterion) return `there is no criterion ${JSON.stringify(name.slice(0, 100))}; write <edition>/<id> as listed by GET /frameworks/${preferred}`;
    return criterion.edition.assessable ? criterion : `the edition ${criterion.edition.id} cannot be assessed; use a criterion of ${preferred}`;
  }
}
