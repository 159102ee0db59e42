import type { PunctualityVerdict } from './punctuality.js';

/**
 * The rule of `verdictOf` over a row `r` of `review` or `review_history`, as SQL: its figures and the list behind them ask it alike. A test
 * holds it together with `verdictOf`.
 * @param now the parameter that holds the instant to judge at
 */
export function verdictSql(verdict: PunctualityVerdict, now: string): string {
  switch (verdict) {
    case 'on_time': return `(r.status = 'completed' AND r.closed_at < r.overdue_at)`;
    case 'late': return `(r.status = 'completed' AND r.closed_at >= r.overdue_at)`;
    case 'not_done': return `((r.status = 'skipped' AND r.closed_at >= r.due_at) OR (r.closed_at IS NULL AND r.overdue_at <= ${now}::timestamptz))`;
  }
}
