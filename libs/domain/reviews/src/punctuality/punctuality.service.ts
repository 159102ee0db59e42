import { Injectable } from '@nestjs/common';
import { Access, OrganizationQuery } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { monthsUntil } from './months.js';
import { punctualityRows, type PunctualityRows } from './punctuality-rows.js';
import { PUBLISHED_PUNCTUALITY, totals, type Punctuality } from './punctuality.js';
import { PunctualityRepository } from './punctuality.repository.js';

/** Punctuality of one month, in the time zone of the organization. */
export interface PunctualityMonth {
  /** `2026-05`. */
  readonly month: string;
  readonly figures: Punctuality;
  readonly rows: PunctualityRows;
}

export interface PunctualitySummary {
  readonly from: Date;
  readonly to: Date;
  readonly figures: Punctuality;
  readonly rows: PunctualityRows;
  readonly open: Awaited<ReturnType<PunctualityRepository['openFigures']>>;
  readonly published: typeof PUBLISHED_PUNCTUALITY;
}

const YEAR_MILLISECONDS = 365 * 86_400_000;

/** Reads how punctual the reviews of an organization are. */
@Injectable()
export class PunctualityService {
  constructor(private readonly access: Access, private readonly figures: PunctualityRepository, private readonly organizations: OrganizationQuery, private readonly clock: Clock) {}

  /** @param from null: a year before `to`; @param to null: now */
  async summary(caller: Caller, from: Date | null, to: Date | null): Promise<PunctualitySummary> {
    const scope = this.access.authorise(caller, 'reviews:review:read');
    const now = this.clock.now();
    const until = to ?? now;
    const since = from ?? new Date(until.getTime() - YEAR_MILLISECONDS);
    if (since >= until) throw problem('PLATFORM_REQUEST_INVALID', 'The period is empty.', { errors: [{ path: 'from', code: 'out_of_range', message: 'expected an instant before `to`' }] });
    return { from: since, to: until, figures: totals(await this.figures.punctuality(scope, since, until, now)), rows: punctualityRows(since, until), open: await this.figures.openFigures(scope, now), published: PUBLISHED_PUNCTUALITY };
  }

  /**
   * Punctuality month by month, oldest first, the current month included; a month without a due review is there with a null ratio.
   * @param months 1-36
   */
  async trend(caller: Caller, months: number): Promise<{ timeZone: string; months: PunctualityMonth[]; published: typeof PUBLISHED_PUNCTUALITY }> {
    const scope = this.access.authorise(caller, 'reviews:review:read');
    const now = this.clock.now();
    const { timeZone } = await this.organizations.settings(scope);
    const span = monthsUntil(now, timeZone, months);
    const found = new Map((await this.figures.punctualityByMonth(scope, span.from, span.until, now, timeZone)).map((row) => [row.month, row]));
    const none = { onTime: 0, late: 0, notDone: 0, missedPeriods: 0 };
    return { timeZone, published: PUBLISHED_PUNCTUALITY, months: span.months.map(({ month, from, until }) => ({ month, figures: totals(found.get(month) ?? none), rows: punctualityRows(from, until) })) };
  }
}
