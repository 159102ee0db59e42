import { Injectable } from '@nestjs/common';
import { OrganizationQuery } from '@roster/access';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { HandlesJob, Outbox, type JobHandler } from '@roster/platform-queue';
import { ForecastRepository } from '../forecast/forecast.repository.js';
import { ReevaluationService } from './reevaluation.service.js';
import { SweepRepository } from './sweep.repository.js';

const MILLISECONDS_PER_DAY = 86_400_000;
/** Every organization once a day, whatever the events did (domain.md section 5). */
const FULL_SWEEP_HOURS = 24;
/** Longest horizon an organization may set. */
const MAX_HORIZON_DAYS = 365;
const BATCH = 500;

/** Starts the daily full evaluation of each organization, and announces falls of stage that have come within its horizon. */
@Injectable()
@HandlesJob('classification.sweep-nightly')
export class SweepNightlyJob implements JobHandler<'classification.sweep-nightly'> {
  constructor(
    private readonly sweeps: SweepRepository, private readonly reevaluations: ReevaluationService, private readonly forecasts: ForecastRepository,
    private readonly organizations: OrganizationQuery, private readonly outbox: Outbox, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  async handle(): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - FULL_SWEEP_HOURS * 3_600_000);
    for (const tenantId of await this.sweeps.tenantsNotSweptSince(SystemScope.because('find organizations due for a full evaluation'), before)) {
      const scope = TenantScope.forSystem(tenantId, 'classification');
      await this.unitOfWork.run(scope, async () => {
        if (await this.sweeps.claimFullSweep(scope, now, before)) await this.reevaluations.start(scope, 'nightly');
      });
    }
    const furthest = new Date(now.getTime() + MAX_HORIZON_DAYS * MILLISECONDS_PER_DAY);
    for (const tenantId of await this.sweeps.tenantsToAnnounce(SystemScope.because('find organizations with a fall of stage ahead'), furthest)) {
      await this.announce(TenantScope.forSystem(tenantId, 'classification'), now);
    }
  }

  private async announce(scope: TenantScope, now: Date): Promise<void> {
    const { thresholds } = await this.organizations.settings(scope);
    const until = new Date(now.getTime() + thresholds.decayHorizonDays * MILLISECONDS_PER_DAY);
    for (;;) {
      const announced = await this.unitOfWork.run(scope, async () => {
        const falls = await this.forecasts.announce(scope, until, now, BATCH);
        await this.outbox.publishMany(scope, falls.map(({ workloadId, fallsAt }) => ({ name: 'classification.fall.announced' as const, payload: { workloadId, fallsAt: fallsAt.toISOString() } })));
        return falls.length;
      });
      if (announced < BATCH) return;
    }
  }
}
