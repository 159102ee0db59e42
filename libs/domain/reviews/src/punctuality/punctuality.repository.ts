import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { TenantRepository } from '@roster/platform-database';
import { verdictSql } from './verdict-sql.js';

/** Figures of one month. */
export interface PunctualityMonthRow {
  /** `2026-05`. */
  readonly month: string;
  readonly onTime: number;
  readonly late: number;
  readonly notDone: number;
  readonly missedPeriods: number;
}

/** The figures of punctuality over rows `r`; $4 is the instant to judge at. */
const PUNCTUALITY = `count(*) FILTER (WHERE ${verdictSql('on_time', '$4')})::int AS "onTime", count(*) FILTER (WHERE ${verdictSql('late', '$4')})::int AS late,
              count(*) FILTER (WHERE ${verdictSql('not_done', '$4')})::int AS "notDone", coalesce(sum(r.missed_periods), 0)::int AS "missedPeriods"`;

/** SQL of the figures over reviews: how punctual they were, and how many are open. */
@Injectable()
export class PunctualityRepository extends TenantRepository {
  /** Figures of punctuality over reviews whose due time lies in `[from, until)`. */
  async punctuality(scope: TenantScope, from: Date, until: Date, now: Date): Promise<{ onTime: number; late: number; notDone: number; missedPeriods: number }> {
    const row = await this.row<{ onTime: number; late: number; notDone: number; missedPeriods: number }>(scope,
      `SELECT ${PUNCTUALITY} FROM review r WHERE r.tenant_id = $1 AND r.due_at >= $2 AND r.due_at < $3`,
      [scope.tenantId, from, until, now]);
    return row ?? { onTime: 0, late: 0, notDone: 0, missedPeriods: 0 };
  }

  /**
   * The same figures by the month in which reviews fell due, in the time zone of the organization; months without any are absent.
   * @param timeZone IANA name
   */
  punctualityByMonth(scope: TenantScope, from: Date, until: Date, now: Date, timeZone: string): Promise<PunctualityMonthRow[]> {
    return this.rows(scope,
      `SELECT to_char(r.due_at AT TIME ZONE $5, 'YYYY-MM') AS month,
              ${PUNCTUALITY} FROM review r WHERE r.tenant_id = $1 AND r.due_at >= $2 AND r.due_at < $3 GROUP BY 1 ORDER BY 1`,
      [scope.tenantId, from, until, now, timeZone]);
  }

  /** How many reviews are open, due and overdue now. */
  async openFigures(scope: TenantScope, now: Date): Promise<{ scheduled: number; due: number; inProgress: number; awaitingSignOff: number; overdue: number; deadLetters: number }> {
    const row = await this.row<{ scheduled: number; due: number; inProgress: number; awaitingSignOff: number; overdue: number; deadLetters: number }>(scope,
      `SELECT count(*) FILTER (WHERE status = 'scheduled')::int AS scheduled, count(*) FILTER (WHERE status = 'due')::int AS due,
              count(*) FILTER (WHERE status = 'in_progress')::int AS "inProgress", count(*) FILTER (WHERE status = 'awaiting_sign_off')::int AS "awaitingSignOff",
              count(*) FILTER (WHERE overdue_at <= $2)::int AS overdue, count(*) FILTER (WHERE dead_letter_at IS NOT NULL)::int AS "deadLetters"
         FROM review WHERE tenant_id = $1 AND status IN ('scheduled', 'due', 'in_progress', 'awaiting_sign_off')`,
      [scope.tenantId, now]);
    return row ?? { scheduled: 0, due: 0, inProgress: 0, awaitingSignOff: 0, overdue: 0, deadLetters: 0 };
  }
}
