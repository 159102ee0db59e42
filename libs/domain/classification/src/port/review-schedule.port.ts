import type { RiskTier, Stage, TriState } from '@roster/contracts';
import type { TenantScope } from '@roster/platform-context';

/** A fresh outcome, as far as review schedules depend on it. */
export interface ScheduleDemand {
  readonly workloadId: string;
  readonly classificationId: string;
  readonly stage: Stage;
  readonly hardening: boolean;
  readonly riskTier: RiskTier | null;
  readonly handlesPii: TriState;
  readonly executesTools: TriState;
  readonly decidedAt: Date;
}

/**
 * Makes review schedules agree with classifications (domain.md section 5, point 4). Called in the transaction that stores them, so that
 * Production and its schedule appear together; the database refuses one without the other. Implemented by reviews, bound by the processes.
 */
export abstract class ReviewSchedulePort {
  /** Set-based: thousands of rows in one call. */
  abstract ensure(scope: TenantScope, rows: readonly ScheduleDemand[]): Promise<void>;
}
