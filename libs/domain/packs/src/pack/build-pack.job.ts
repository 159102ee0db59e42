import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { HandlesJob, JOB_ATTEMPTS, type JobContext, type JobHandler, Operations } from '@roster/platform-queue';
import { BuildPackUsecase } from './build-pack.usecase.js';

/** Builds a pack that was asked for. */
@Injectable()
@HandlesJob('packs.build-pack')
export class BuildPackJob implements JobHandler<'packs.build-pack'> {
  constructor(private readonly build: BuildPackUsecase, private readonly operations: Operations) {}

  async handle({ tenantId, packId }: JobPayloads['packs.build-pack'], { attempt }: Pick<JobContext, 'attempt'>): Promise<void> {
    try {
      await this.build.build(tenantId, packId);
    } catch (error) {
      // Whoever waits for the pack must learn that nobody tries again.
      if (attempt >= JOB_ATTEMPTS) {
        await this.operations.fail(TenantScope.forSystem(tenantId, 'packs.build-pack'), packId, problem('PLATFORM_INTERNAL_ERROR', `The pack could not be built after ${attempt} attempts. Ask for it again; if that fails too, tell the operator the id ${packId}.`));
      }
      throw error;
    }
  }
}
