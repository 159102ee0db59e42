import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { PUBLISHED_PUNCTUALITY, punctualityRows, ReviewQuery } from '@roster/reviews';
import { concentrationRows, funnelRows, listOf, LIVING } from './figure-rows.js';
import type { PortfolioDto } from './portfolio.dto.js';
import { PortfolioRepository } from './portfolio.repository.js';

const DAY = 86_400_000;
const TOP = 10;
const workloads = (filter: string): string => listOf('workloads', filter, LIVING);

/** Figures over the whole inventory (domain.md section 13). Every number names the list behind it. */
@Injectable()
export class PortfolioService {
  constructor(
    private readonly repository: PortfolioRepository, private readonly reviews: ReviewQuery, private readonly access: Access, private readonly organization: OrganizationQuery,
    private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** All figures as of one snapshot. @throws ACCESS_PERMISSION_MISSING */
  summary(caller: Caller): Promise<PortfolioDto> {
    const scope = this.access.authorise(caller, 'portfolio:summary:read');
    const now = this.clock.now();
    const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
    return this.unitOfWork.run(scope, async () => {
      const { thresholds } = await this.organization.settings(scope);
      const horizon = new Date(now.getTime() + thresholds.decayHorizonDays * DAY);
      const counts = await this.repository.counts(scope);
      const { ratio, ...reviews } = await this.reviews.punctuality(scope, ago(365), now);
      return {
        funnel: (await this.repository.funnel(scope)).map((row) => ({ ...row, rows: funnelRows(row) })),
        movement: await this.repository.movement(scope, ago(30)),
        total: { count: counts.total, rows: listOf('workloads', LIVING) },
        unowned: { count: counts.unowned, rows: workloads('filter[unowned]=true') },
        incomplete: { count: counts.incomplete, rows: workloads('filter[incomplete]=true') },
        frozen: { count: counts.frozen, rows: workloads('filter[frozen]=true') },
        undetermined: { count: counts.undetermined, rows: workloads('filter[undetermined]=true') },
        evidenceExpiring: { count: await this.repository.expiringEvidence(scope, now, new Date(now.getTime() + 30 * DAY)), rows: '/api/v1/evidence?filter[status]=accepted&filter[expiresAt][gte]=now&filter[expiresAt][lt]=now%2B30d&sort=expiresAt' },
        concentration: (await this.repository.concentration(scope, TOP)).map((row) => ({ dimension: row.dimension, id: row.id, name: row.name, workloads: row.workloads, rows: concentrationRows(row) })),
        punctuality: {
          ...reviews, rate: ratio, rows: punctualityRows(ago(365), now), reference: PUBLISHED_PUNCTUALITY.ratioBelow,
          overdue: await this.repository.overdueReviews(scope, now), overdueRows: listOf('reviews', 'filter[overdue]=true'),
        },
        forecast: { count: await this.repository.countFalls(scope, horizon), horizonDays: thresholds.decayHorizonDays, next: await this.repository.falls(scope, horizon, TOP) },
      };
    }, 'REPEATABLE READ');
  }
}
