import type { FieldError } from '@roster/platform-errors';

const MILLISECONDS_PER_DAY = 86_400_000;
/** Longest break-glass, in days; an organization may ask for less (domain.md section 6). */
export const BREAK_GLASS_MAX_DAYS = 14;

/**
 * What is wrong with the end of a break-glass.
 * @param maxDays threshold of the organization, 1-14
 */
export function breakGlassProblems(until: Date, now: Date, maxDays: number): FieldError[] {
  const days = Math.min(maxDays, BREAK_GLASS_MAX_DAYS);
  if (until <= now) return [{ path: 'until', code: 'not_in_future', message: 'expected an instant in the future' }];
  const latest = new Date(now.getTime() + days * MILLISECONDS_PER_DAY);
  return until > latest ? [{ path: 'until', code: 'out_of_range', message: `expected at most ${days} days ahead, which is ${latest.toISOString()}` }] : [];
}
