import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Permission } from '@roster/contracts';
import { type Caller, Clock } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { SampleDataService } from '../sample-data/sample-data.service.js';
import { SAMPLE_SUBMITTER } from '../sample-data/sample-state.js';
import type { OnboardingDto, OnboardingStep, OnboardingStepDto } from './onboarding.dto.js';
import { type DoneRow, OnboardingRepository, type WorkloadName } from './onboarding.repository.js';

const PERMISSIONS: Readonly<Record<OnboardingStep, Permission>> = {
  register: 'inventory:workload:create', owner: 'inventory:owner:assign', evidence: 'evidence:item:submit', classify: 'inventory:workload:update', schedule: 'reviews:review:conduct',
};
/** Tab of the workload page on which a step is taken. */
const TABS: Readonly<Record<Exclude<OnboardingStep, 'register'>, string>> = { owner: 'owners', evidence: 'evidence', classify: 'classification', schedule: 'reviews' };

const pageOf = (id: OnboardingStep, workload: WorkloadName | null): string | null => {
  if (id === 'register') return workload ? `/workloads/${workload.key}` : '/inventory/register';
  return workload ? `/workloads/${workload.key}/${TABS[id]}` : null;
};

/** The five steps of the first run, computed from real data; putting the list away is each member's own choice. */
@Injectable()
export class OnboardingService {
  constructor(
    private readonly access: Access, private readonly repository: OnboardingRepository, private readonly sampleData: SampleDataService, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws ACCESS_PERMISSION_MISSING */
  read(caller: Caller): Promise<OnboardingDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:read');
    return this.unitOfWork.run(scope, async () => {
      const { view: sampleData, importId } = await this.sampleData.view(scope);
      const done: Record<OnboardingStep, DoneRow | null> = {
        register: await this.repository.registered(scope, importId), owner: await this.repository.owned(scope, importId), evidence: await this.repository.proven(scope, SAMPLE_SUBMITTER),
        classify: await this.repository.classified(scope, importId), schedule: await this.repository.scheduled(scope, importId),
      };
      const latest = await this.repository.latest(scope, importId);
      const steps = (Object.entries(done) as [OnboardingStep, DoneRow | null][]).map(([id, row]): OnboardingStepDto => {
        const workload = row?.key && row.name ? { key: row.key, name: row.name } : latest;
        return { id, done: row !== null, at: row?.at ?? null, by: row?.by ?? null, workload, href: pageOf(id, workload), permission: PERMISSIONS[id] };
      });
      return { steps, done: steps.filter((step) => step.done).length, dismissedAt: await this.repository.dismissedAt(scope, caller.memberId), sampleData };
    });
  }

  /** Puts the checklist away for the caller. */
  async dismiss(caller: Caller): Promise<void> {
    await this.repository.dismiss(this.access.forSelf(caller), caller.memberId, this.clock.now());
  }

  /** Brings it back. */
  async bringBack(caller: Caller): Promise<void> {
    await this.repository.bringBack(this.access.forSelf(caller), caller.memberId);
  }
}
