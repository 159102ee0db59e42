import { Injectable, Logger } from '@nestjs/common';
import { Clock, SystemScope, TenantScope } from '@roster/platform-context';
import { HandlesJob, JobProducer, type JobHandler } from '@roster/platform-queue';
import { ReviewDueService } from './review-due.service.js';
import { ReviewSweepRepository } from './review-sweep.repository.js';

/** Rows claimed per round. */
const BATCH = 500;
/** A claim that has not taken effect after this time is lost, and the review is claimed again. */
export const CLAIM_LEASE_MILLISECONDS = 300_000;
/** Claims on their way at once; more would outlive their lease in the queue and be claimed twice for nothing. */
const MAX_CLAIMED = 20_000;
/** Claims of one review before it becomes a dead letter. */
export const MAX_CLAIMS = 10;

/**
 * System tick: claims every review whose due time has come and asks the queue for each. Also the reconciler: what was claimed and lost (a
 * crash, a flushed queue) is claimed again once its lease is over. The rows are the schedule; the queue may forget everything.
 */
@Injectable()
@HandlesJob('reviews.sweep-due')
export class SweepDueJob implements JobHandler<'reviews.sweep-due'> {
  private readonly logger = new Logger(SweepDueJob.name);

  constructor(private readonly reviews: ReviewSweepRepository, private readonly due: ReviewDueService, private readonly producer: JobProducer, private readonly clock: Clock) {}

  async handle(): Promise<void> {
    const now = this.clock.now();
    const leaseBefore = new Date(now.getTime() - CLAIM_LEASE_MILLISECONDS);
    const reason = SystemScope.because('find reviews of every organization that are due');
    let room = MAX_CLAIMED - (await this.reviews.claimedCount(reason, now, leaseBefore));
    while (room > 0) {
      const found = await this.reviews.dueUnclaimed(reason, now, leaseBefore, Math.min(BATCH, room));
      let claimed = 0;
      for (const [tenantId, ids] of byTenant(found)) claimed += await this.claim(TenantScope.forSystem(tenantId, 'review sweep'), ids, now, leaseBefore);
      room -= claimed;
      if (claimed === 0) return;
    }
  }

  private async claim(scope: TenantScope, ids: readonly string[], now: Date, leaseBefore: Date): Promise<number> {
    const claims = await this.reviews.claimDue(scope, ids, now, leaseBefore, MAX_CLAIMS);
    const dead = claims.filter((claim) => claim.dead).map(({ id }) => id);
    if (dead.length > 0) {
      this.logger.error(`${dead.length} reviews could not be made due after ${MAX_CLAIMS} claims`, { reviewIds: dead });
      await this.due.reportDeadLetters(scope, dead);
    }
    await this.producer.addMany(claims.filter((claim) => !claim.dead).map(({ id, fence }) => (
      { id: `review-${id}-${fence}`, name: 'reviews.make-due' as const, payload: { tenantId: scope.tenantId, reviewId: id, fence } })));
    return claims.length;
  }
}

/** Rows grouped by organization, in the order they came. */
export function byTenant(rows: readonly { tenantId: string; id: string }[]): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const { tenantId, id } of rows) groups.set(tenantId, [...(groups.get(tenantId) ?? []), id]);
  return groups;
}
