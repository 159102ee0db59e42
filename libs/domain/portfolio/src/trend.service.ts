import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { STAGES, type Stage } from '@roster/contracts';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { cursorOf, type ListSpec, type Page, readInstant, readListQuery, toPage } from '@roster/platform-http';
import type { DecayDto } from './decay.dto.js';
import type { StageChangeDto, TrendDto } from './movement.dto.js';
import { PortfolioRepository } from './portfolio.repository.js';
import { noStages, walkBack } from './trend.js';

const DAY = 86_400_000;
const NEXT = 200;
/** Parameters of GET /portfolio/movements. `from` may be `none`: the first classification. */
export const MOVEMENT_LIST: ListSpec = { filters: ['from', 'to', 'withinDays'], sorts: ['-at'], uncounted: true, oneWay: true };

/** How the portfolio moves: stages and overdue reviews over time, and what will decay. */
@Injectable()
export class TrendService {
  constructor(
    private readonly repository: PortfolioRepository, private readonly access: Access, private readonly organization: OrganizationQuery, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** Stages and overdue reviews week by week, up to now. Workloads that were retired count until then. @param weeks 1-104 @throws ACCESS_PERMISSION_MISSING, PLATFORM_REQUEST_INVALID */
  trend(caller: Caller, weeks: string | undefined): Promise<TrendDto> {
    const scope = this.access.authorise(caller, 'portfolio:summary:read');
    const count = wholeNumber('weeks', weeks, 26, 104);
    const now = this.clock.now();
    const since = new Date(now.getTime() - count * 7 * DAY);
    return this.unitOfWork.run(scope, async () => {
      const stages = noStages();
      for (const row of await this.repository.funnel(scope)) if (row.stage !== null) stages[row.stage] += row.count;
      const overdue = await this.repository.overdueReviews(scope, now);
      const { became, ended } = await this.repository.overdueWeeks(scope, now, since);
      const points = walkBack({ stages, overdue, stageChanges: await this.repository.stageWeeks(scope, now, since), becameOverdue: became, endedOverdue: ended }, count);
      return { points: points.map((point) => ({ at: new Date(now.getTime() - point.weeksAgo * 7 * DAY), ...point.stages, overdue: point.overdue })) };
    }, 'REPEATABLE READ');
  }

  /** Changes of stage one by one, newest first: the rows behind the movement of the funnel. @throws ACCESS_PERMISSION_MISSING, PLATFORM_REQUEST_INVALID, PLATFORM_CURSOR_INVALID */
  async movements(caller: Caller, raw: Record<string, string | string[]>): Promise<Page<StageChangeDto>> {
    const scope = this.access.authorise(caller, 'portfolio:summary:read');
    const query = readListQuery(raw, MOVEMENT_LIST);
    const [days, ...more] = query.filters.get('withinDays') ?? [];
    if (more.length > 0) throw invalid('filter[withinDays]', 'repeated', 'expected once');
    const since = new Date(this.clock.now().getTime() - wholeNumber('filter[withinDays]', days, 30, 3_650) * DAY);
    const before = query.filters.get('from')?.map((value) => (value === 'none' ? null : stageOf('from', value))) ?? null;
    const rows = await this.repository.stageChanges(scope, { since, from: before, to: query.filters.get('to')?.map((value) => stageOf('to', value)) ?? null, after: cursorOf(query, ['instant', 'id']), limit: query.limit });
    return toPage(rows, query, (row) => [row.at.toISOString(), row.id], (row) => row);
  }

  /**
   * What stops counting and which workloads fall if nobody does anything (domain.md section 5).
   * @param days 1-365
   * @param part from when on, included, and up to when, not included; both RFC 3339, both or none, within the days
   * @throws ACCESS_PERMISSION_MISSING, PLATFORM_REQUEST_INVALID
   */
  decay(caller: Caller, days: string | undefined, part: { from: string | undefined; until: string | undefined }): Promise<DecayDto> {
    const scope = this.access.authorise(caller, 'portfolio:summary:read');
    const now = this.clock.now();
    const { from, to } = periodOf(now, new Date(now.getTime() + wholeNumber('days', days, 90, 365) * DAY), part);
    return this.unitOfWork.run(scope, async () => {
      const { timeZone } = await this.organization.settings(scope);
      const found = await this.repository.decayDays(scope, from, to, timeZone);
      return {
        from, to, days: found, expiring: found.reduce((sum, day) => sum + day.expiring, 0), falls: found.reduce((sum, day) => sum + day.falls, 0),
        next: await this.repository.expiring(scope, from, to, NEXT),
      };
    }, 'REPEATABLE READ');
  }
}

const invalid = (path: string, code: string, message: string) => problem('PLATFORM_REQUEST_INVALID', 'Some query parameters are not valid.', { errors: [{ path, code, message }] });

/** After which instant and up to which: from now to the end, or a part of it. Times are kept to the millisecond, so "from, included" is after the millisecond before. */
const periodOf = (now: Date, end: Date, part: { from: string | undefined; until: string | undefined }): { from: Date; to: Date } => {
  if (part.from === undefined && part.until === undefined) return { from: now, to: end };
  const [from, until] = [readInstant(part.from ?? ''), readInstant(part.until ?? '')];
  if (from === null || until === null || from >= until) throw invalid(from === null ? 'from' : 'until', 'not_valid', 'expected both from and until, as instants like 2026-05-01T00:00:00Z, from before until');
  return { from: new Date(Math.max(now.getTime(), from.getTime() - 1)), to: new Date(Math.min(end.getTime(), until.getTime() - 1)) };
};

const wholeNumber = (path: string, text: string | undefined, preset: number, max: number): number => {
  if (text === undefined) return preset;
  const value = Number(text);
  if (!/^\d{1,4}$/.test(text) || value < 1 || value > max) throw invalid(path, 'out_of_range', `expected a whole number from 1 to ${max}`);
  return value;
};

const stageOf = (name: string, value: string): Stage => {
  const stage = STAGES.find((one) => one === value);
  if (stage === undefined) throw invalid(`filter[${name}]`, 'not_one_of', `expected one of ${STAGES.join(', ')}${name === 'from' ? ', none' : ''}`);
  return stage;
};
