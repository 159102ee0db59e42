import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import type { OwnerRole } from '@roster/contracts';
import { WorkloadFactsQuery, type WorkloadFacts } from '@roster/inventory';
import type { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import type { EscalationPath } from '../reminder/reminder-plan.js';

/** Rungs of the escalation path, by what people answer for. Above the last one are those who may change the organization. */
const RUNGS: readonly OwnerRole[] = ['risk_owner', 'engineering_lead', 'accountable_executive'];

export interface Audience {
  /** Null when the workload has been withdrawn or merged away. */
  readonly facts: WorkloadFacts | null;
  readonly path: EscalationPath;
}

/** Who is told about the reviews of a workload, and who may be given work. */
@Injectable()
export class ReviewAudience {
  constructor(private readonly facts: WorkloadFactsQuery, private readonly organizations: OrganizationQuery) {}

  /** The escalation path of each workload; there is always somebody on it, because an organization always has an administrator. */
  async of(scope: TenantScope, workloadIds: readonly string[]): Promise<Map<string, Audience>> {
    const facts = await this.facts.load(scope, workloadIds);
    const top = (await this.organizations.membersWith(scope, 'access:organization:manage')).map(({ id }) => id);
    return new Map(workloadIds.map((id) => {
      const found = facts.get(id) ?? null;
      const rungs = RUNGS.map((role) => (found?.owners ?? []).filter((owner) => owner.role === role).map(({ memberId }) => memberId));
      return [id, { facts: found, path: [...rungs, top] }];
    }));
  }

  /** @throws PLATFORM_REFERENCE_UNKNOWN naming each field whose member is not an active one */
  async requireMembers(scope: TenantScope, named: readonly { path: string; memberId: string }[]): Promise<void> {
    const members = await this.organizations.members(scope, [...new Set(named.map(({ memberId }) => memberId))]);
    const errors = named.flatMap(({ path, memberId }) => (members.get(memberId)?.status === 'active' ? [] : [{ path, code: 'unknown_member', message: 'expected an active member of the organization' }]));
    if (errors.length > 0) throw problem('PLATFORM_REFERENCE_UNKNOWN', 'Somebody who is named is not known. Nothing was changed.', { errors });
  }
}
