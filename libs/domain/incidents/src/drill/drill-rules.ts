import type { FieldError } from '@roster/platform-errors';
import type { DrillKind, DrillResult, RiskTier, TierPolicy } from '@roster/contracts';

/** Longest rehearsal that can be recorded. */
export const DRILL_MAX_HOURS = 24;
/** A pipeline's clock may run ahead of ours by so much. */
export const CLOCK_TOLERANCE_SECONDS = 60;
/** Kinds that have a time limit (domain.md section 9: the kill-switch limit). */
export const LIMITED_KINDS: readonly DrillKind[] = ['kill_switch'];

/**
 * What is wrong with the instants of a drill (domain.md section 9: start and stop).
 * @param now the instant of recording
 */
export function drillProblems(drill: { readonly startedAt: Date; readonly endedAt: Date }, now: Date): FieldError[] {
  const errors: FieldError[] = [];
  const seconds = (drill.endedAt.getTime() - drill.startedAt.getTime()) / 1_000;
  if (seconds <= 0) errors.push({ path: 'endedAt', code: 'not_after', message: 'expected an instant after startedAt' });
  if (seconds > DRILL_MAX_HOURS * 3_600) errors.push({ path: 'endedAt', code: 'out_of_range', message: `expected at most ${DRILL_MAX_HOURS} hours after startedAt` });
  if (drill.endedAt.getTime() > now.getTime() + CLOCK_TOLERANCE_SECONDS * 1_000) {
    errors.push({ path: 'endedAt', code: 'in_future', message: 'expected an instant in the past: record the drill when it is over' });
  }
  return errors;
}

/** Whether a drill was fast enough; null for kinds without a limit. The limit itself passes: 300 s is within 300 s. */
export const withinLimit = (kind: DrillKind, durationSeconds: number, limitSeconds: number): boolean | null =>
  (LIMITED_KINDS.includes(kind) ? durationSeconds <= limitSeconds : null);

const MILLISECONDS_PER_DAY = 86_400_000;

/**
 * Until when a drill counts for a risk tier; null when it does not count at all or its kind has no validity (domain.md section 5).
 * @param tier unset counts as the strictest
 */
export function drillCountsUntil(drill: { readonly kind: DrillKind; readonly result: DrillResult; readonly durationSeconds: number; readonly endedAt: Date }, policy: TierPolicy, tier: RiskTier | null): Date | null {
  if (drill.result !== 'passed' || withinLimit(drill.kind, drill.durationSeconds, policy.killSwitchMaxSeconds) !== true) return null;
  return new Date(drill.endedAt.getTime() + policy.killSwitchValidityDays[tier ?? 'critical'] * MILLISECONDS_PER_DAY);
}
