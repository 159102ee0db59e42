import { STAGES, type Stage } from '@roster/contracts';

/** What happened in one week, counted backwards from now: week 1 are the last seven days. */
export interface WeekChange {
  readonly week: number;
  readonly count: number;
}
export interface StageWeek extends WeekChange {
  /** Null: it had no stage before. */
  readonly from: Stage | null;
  /** Null: it left the inventory. */
  readonly to: Stage | null;
}

export interface TrendInput {
  /** Figures of now. */
  readonly stages: Readonly<Record<Stage, number>>;
  readonly overdue: number;
  readonly stageChanges: readonly StageWeek[];
  /** Reviews that passed their due day. */
  readonly becameOverdue: readonly WeekChange[];
  /** Reviews that were closed after their due day. */
  readonly endedOverdue: readonly WeekChange[];
}

export interface TrendPoint {
  /** Weeks before now; 0 is now. */
  readonly weeksAgo: number;
  readonly stages: Readonly<Record<Stage, number>>;
  readonly overdue: number;
}

/**
 * Walks back from the figures of now through what changed, so that only the changes of the period are read and never the whole history.
 * @param weeks how many weeks to go back, 1-104
 * @returns oldest first, `weeks + 1` points
 */
export function walkBack(input: TrendInput, weeks: number): TrendPoint[] {
  const points: TrendPoint[] = [];
  const stages: Record<Stage, number> = { ...input.stages };
  let { overdue } = input;
  const sumOf = (changes: readonly WeekChange[], week: number): number => changes.reduce((sum, change) => (change.week === week ? sum + change.count : sum), 0);
  for (let weeksAgo = 0; weeksAgo <= weeks; weeksAgo += 1) {
    if (weeksAgo > 0) {
      for (const { week, from, to, count } of input.stageChanges) {
        if (week !== weeksAgo) continue;
        if (to !== null) stages[to] -= count;
        if (from !== null) stages[from] += count;
      }
      overdue += sumOf(input.endedOverdue, weeksAgo) - sumOf(input.becameOverdue, weeksAgo);
    }
    points.push({ weeksAgo, stages: { ...stages }, overdue });
  }
  return points.reverse();
}

/** No workload in any stage. */
export const noStages = (): Record<Stage, number> => Object.fromEntries(STAGES.map((stage) => [stage, 0])) as Record<Stage, number>;
