import { Injectable, Logger } from '@nestjs/common';
import { SystemScope, TenantScope } from '@roster/platform-context';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { TrailSequencer } from './trail-sequencer.js';
import { TrailTreeRepository } from './trail-tree.repository.js';

const TENANTS_PER_ROUND = 1_000;

/** System tick: sequences what is pending, one batch per organization and round, so that a large import delays nobody else's entries. */
@Injectable()
@HandlesJob('trail.sequence-entries')
export class SequenceEntriesJob implements JobHandler<'trail.sequence-entries'> {
  private readonly logger = new Logger(SequenceEntriesJob.name);

  constructor(private readonly repository: TrailTreeRepository, private readonly sequencer: TrailSequencer) {}

  async handle(_payload: Record<string, never>, { signal }: Pick<JobContext, 'signal'>): Promise<void> {
    const failures: unknown[] = [];
    const failed = new Set<string>();
    let progress = true;
    while (progress && !signal.aborted) {
      progress = false;
      const tenants = await this.repository.tenantsWithPending(SystemScope.because('find trail entries that are not in their tree yet'), TENANTS_PER_ROUND);
      for (const tenantId of tenants) {
        if (failed.has(tenantId)) continue;
        if (signal.aborted) return;
        try {
          if ((await this.sequencer.sequence(TenantScope.forSystem(tenantId, 'trail.sequence-entries'))) > 0) progress = true;
        } catch (error) {
          // One organization's broken tree must not stop the others; the job still fails in the end.
          this.logger.error(`The trail of ${tenantId} could not be sequenced`, error);
          failed.add(tenantId);
          failures.push(error);
        }
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, `The trail of ${failures.length} organizations could not be sequenced`);
  }
}
