import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import type { Caller, TenantScope } from '@roster/platform-context';
import { Clock } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { cursorOf, MOMENT_FORMS, readListQuery, readMoment, toPage, type ListQuery, type ListSpec, type Page } from '@roster/platform-http';
import { ClassificationViews } from '../classification/classification-view.js';
import { EvaluationPolicies } from '../classification/evaluation-policy.js';
import type { ForecastDto } from './forecast.dto.js';
import { ForecastRepository, type ForecastRow } from './forecast.repository.js';

export const FORECAST_LIST: ListSpec = { filters: ['withinDays'], sorts: ['fallsAt'], uncounted: true, oneWay: true, operators: { fallsAt: ['gte', 'lt'] } };
const MILLISECONDS_PER_DAY = 86_400_000;

/** Which workload falls on which date because of what (domain.md section 5, decay forecast). */
@Injectable()
export class ForecastService {
  constructor(
    private readonly access: Access, private readonly forecasts: ForecastRepository, private readonly policies: EvaluationPolicies, private readonly views: ClassificationViews,
    private readonly clock: Clock,
  ) {}

  /** Falls, soonest first; `filter[withinDays]` looks only so far, `filter[fallsAt]` only at a part. */
  async list(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<ForecastDto>> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    return this.page(scope, readListQuery(raw, FORECAST_LIST));
  }

  /** The next falls, for other areas' summaries. @param limit 1-200 */
  async next(scope: TenantScope, limit: number): Promise<readonly ForecastDto[]> {
    return (await this.page(scope, readListQuery({ limit: String(limit) }, FORECAST_LIST))).items;
  }

  private async page(scope: TenantScope, query: ListQuery): Promise<Page<ForecastDto>> {
    const now = this.clock.now();
    const rows = await this.forecasts.page(scope, {
      until: withinDays(query, now), ...partOf(query, now), after: cursorOf(query, ['instant', 'id']), limit: query.limit,
    });
    const policy = await this.policies.of(scope);
    return toPage(rows, query, (row) => [row.fallsAt.toISOString(), row.workloadId], (row) => this.dto(row, policy.edition.id, policy.tree));
  }

  private dto(row: ForecastRow, edition: string, tree: Parameters<ClassificationViews['describer']>[2]): ForecastDto {
    return {
      workload: { id: row.workloadId, key: row.workloadKey, name: row.workloadName }, fallsAt: row.fallsAt, from: row.from, to: row.to, hardening: row.hardening,
      because: row.because.map(this.views.describer(edition, row.workloadKey, tree)), announcedAt: row.announcedAt,
    };
  }
}

function withinDays(query: ListQuery, now: Date): Date | null {
  const given = query.filters.get('withinDays');
  if (!given) return null;
  const days = Number(given[0]);
  if (given.length !== 1 || !Number.isInteger(days) || days < 1 || days > 3_650) {
    throw problem('PLATFORM_REQUEST_INVALID', 'The horizon is not valid.', { errors: [{ path: 'filter[withinDays]', code: 'out_of_range', message: 'expected one whole number from 1 to 3650' }] });
  }
  return new Date(now.getTime() + days * MILLISECONDS_PER_DAY);
}

/** `filter[fallsAt][gte]` and `[lt]`: from when on, included, and up to when, not included. */
function partOf(query: ListQuery, now: Date): { from: Date | null; before: Date | null } {
  const momentOf = (operator: 'gte' | 'lt', comparison: '>=' | '<'): Date | null => {
    const given = query.operations.find((one) => one.operator === operator);
    if (given === undefined) return null;
    const [text = '', ...more] = given.values;
    const at = more.length > 0 ? null : readMoment(text, now, comparison);
    if (at === null) throw problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors: [{ path: `filter[fallsAt][${operator}]`, code: 'not_valid', message: `expected ${MOMENT_FORMS}, once` }] });
    return at;
  };
  return { from: momentOf('gte', '>='), before: momentOf('lt', '<') };
}
