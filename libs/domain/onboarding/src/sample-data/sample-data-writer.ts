import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { DecideVersionUseCase, EvidenceSubmission, EvidenceWithdrawal } from '@roster/evidence';
import { FrameworkCatalogue } from '@roster/frameworks';
import { RecordDrillUsecase } from '@roster/incidents';
import { OwnerService, roleSlot } from '@roster/inventory';
import { type Caller, Clock, TenantScope } from '@roster/platform-context';
import { drillSeconds, isLive, sampleReports, type SampleWorkloadPlan } from './sample-scenario.js';
import { SAMPLE_SUBMITTER } from './sample-state.js';

const DAY_MS = 86_400_000;
const NOTE = 'Sample data';

/**
 * Gives an imported sample workload what its story needs, through the doors everybody uses: the person who asked answers for it and accepts the evidence, which
 * the system submitted. Doing it twice adds nothing.
 */
@Injectable()
export class SampleDataWriter {
  constructor(
    private readonly owners: OwnerService, private readonly evidence: EvidenceSubmission, private readonly withdrawal: EvidenceWithdrawal, private readonly decisions: DecideVersionUseCase,
    private readonly drills: RecordDrillUsecase, private readonly catalogue: FrameworkCatalogue, private readonly organizations: OrganizationQuery, private readonly clock: Clock,
  ) {}

  /** @param caller the person who asked @param workload as imported, with its plan */
  async write(caller: Caller, workload: { readonly id: string; readonly plan: SampleWorkloadPlan }): Promise<void> {
    const { id, plan } = workload;
    await this.acceptOwnership(caller, plan);
    const system = TenantScope.forSystem(caller.tenantId, SAMPLE_SUBMITTER);
    const existing = await this.withdrawal.submittedBy(system, SAMPLE_SUBMITTER, id);
    if (existing.every(({ kind }) => kind === 'drill')) await this.submitReports(system, plan);
    if (!existing.some(({ kind }) => kind === 'drill')) await this.holdDrill(system, caller, plan);
    if (plan.story === 'waiting') return;
    for (const { itemId, version, latestStatus } of await this.withdrawal.submittedBy(system, SAMPLE_SUBMITTER, id)) {
      // With a virus scanner the file waits for it, and the decision for the person.
      if (latestStatus === 'submitted') await this.decisions.decide(caller, itemId, version, { decision: 'accepted', comment: NOTE });
    }
  }

  private async acceptOwnership(caller: Caller, plan: SampleWorkloadPlan): Promise<void> {
    const { items } = await this.owners.list(caller, plan.key, null);
    for (const role of [...(plan.owned ? ['risk_owner'] : []), ...(isLive(plan) ? ['on_call'] : [])]) {
      const current = items.find((owner) => owner.role === role && owner.status === 'proposed');
      if (current) await this.owners.accept(caller, plan.key, roleSlot(role), NOTE);
    }
  }

  private async submitReports(system: TenantScope, plan: SampleWorkloadPlan): Promise<void> {
    const edition = this.catalogue.edition((await this.organizations.settings(system)).edition);
    const now = this.clock.now().getTime();
    for (const { title, kind, fileName, text, criteria, expiresInDays } of sampleReports(plan, edition)) {
      await this.evidence.submitDocument(system, {
        title, kind, fileName, text, effectiveFrom: new Date(now - 30 * DAY_MS), expiresAt: expiresInDays === null ? null : new Date(now + expiresInDays * DAY_MS), notes: NOTE,
        links: criteria.map((criterion) => ({ workload: plan.key, criterion })),
      });
    }
  }

  private async holdDrill(system: TenantScope, caller: Caller, plan: SampleWorkloadPlan): Promise<void> {
    const seconds = drillSeconds(plan);
    if (seconds === null) return;
    const endedAt = new Date(this.clock.now().getTime() - DAY_MS);
    await this.drills.enter(system, plan.key, {
      kind: 'kill_switch', result: 'passed', method: 'Feature flag off, traffic checked', participants: [caller.actor.name], notes: NOTE,
      startedAt: new Date(endedAt.getTime() - seconds * 1000).toISOString(), endedAt: endedAt.toISOString(),
    });
  }
}
