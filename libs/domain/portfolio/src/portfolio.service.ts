import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import type { PortfolioDto } from './portfolio.dto.js';
import { MAX_COMPONENTS, PortfolioRepository, type ConcentrationRow, type FunnelRow } from './portfolio.repository.js';

const DAY = 86_400_000;
const TOP = 10;
/** "Fewer than two in five firms do this consistently" (What Is Production AI?, decision tree, step 4). */
const PUBLISHED_PUNCTUALITY = 0.4;

const workloads = (...filters: string[]): string => `/api/v1/workloads?${filters.join('&')}`;
const funnelRows = (row: FunnelRow): string => workloads(row.stage === null ? 'filter[stage]=is%20empty' : `filter[stage]=${row.stage}`, `filter[hardening]=${row.hardening}`, 'filter[lifecycle][ne]=retired');

const LIVE = ['filter[stage]=production', 'filter[stage]=scaled', 'filter[lifecycle][ne]=retired'];
function concentrationRows({ dimension, id, componentIds }: ConcentrationRow): string | null {
  switch (dimension) {
    case 'model': case 'component': return workloads(`filter[component]=${id}`, ...LIVE);
    case 'risk_owner': return workloads(`filter[riskOwner]=${id}`, ...LIVE);
    case 'region': return workloads(`filter[jurisdictions]=${encodeURIComponent(id)}`, ...LIVE);
    case 'provider': return componentIds.length > MAX_COMPONENTS ? null : workloads(...componentIds.map((component) => `filter[component]=${component}`), ...LIVE);
  }
}

/** Figures over the whole inventory (domain.md section 13). Every number names the list behind it. */
@Injectable()
export class PortfolioService {
  constructor(
    private readonly repository: PortfolioRepository, private readonly access: Access, private readonly organization: OrganizationQuery,
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
      const reviews = await this.repository.reviews(scope, ago(365), now);
      return {
        funnel: (await this.repository.funnel(scope)).map((row) => ({ ...row, rows: funnelRows(row) })),
        movement: await this.repository.movement(scope, ago(30)),
        total: { count: counts.total, rows: workloads('filter[lifecycle][ne]=retired') },
        unowned: { count: counts.unowned, rows: workloads('filter[unowned]=true', 'filter[lifecycle][ne]=retired') },
        incomplete: { count: counts.incomplete, rows: workloads('filter[incomplete]=true', 'filter[lifecycle][ne]=retired') },
        frozen: { count: counts.frozen, rows: workloads('filter[frozen]=true', 'filter[lifecycle][ne]=retired') },
        undetermined: { count: counts.undetermined, rows: workloads('filter[undetermined]=true', 'filter[lifecycle][ne]=retired') },
        evidenceExpiring: { count: await this.repository.expiringEvidence(scope, now, new Date(now.getTime() + 30 * DAY)), rows: '/api/v1/evidence?filter[status]=accepted&filter[expiresAt][gte]=now&filter[expiresAt][lt]=now%2B30d&sort=expiresAt' },
        concentration: (await this.repository.concentration(scope, TOP)).map((row) => ({ dimension: row.dimension, id: row.id, name: row.name, workloads: row.workloads, rows: concentrationRows(row) })),
        punctuality: { ...reviews, rate: reviews.due === 0 ? null : reviews.onTime / reviews.due, reference: PUBLISHED_PUNCTUALITY },
        forecast: { count: await this.repository.countFalls(scope, horizon), horizonDays: thresholds.decayHorizonDays, next: await this.repository.falls(scope, horizon, TOP) },
      };
    }, 'REPEATABLE READ');
  }
}
