import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { HandlesJob, JOB_ATTEMPTS, type JobContext, type JobHandler, OperationFailure } from '@roster/platform-queue';
import { BuildPackUsecase } from './build-pack.usecase.js';

/** Builds a pack that was asked for. */
@Injectable()
@HandlesJob('packs.build-pack')
export class BuildPackJob implements JobHandler<'packs.build-pack'> {
  constructor(private readonly build: BuildPackUsecase, private readonly failure: OperationFailure) {}

  handle({ tenantId, packId }: JobPayloads['packs.build-pack'], context: Pick<JobContext, 'attempt'>): Promise<void> {
    const stopped = problem('PLATFORM_INTERNAL_ERROR', `The pack could not be built after ${JOB_ATTEMPTS} attempts. Ask for it again; if that fails too, tell the operator the id ${packId}.`);
    return this.failure.watch(TenantScope.forSystem(tenantId, 'packs.build-pack'), packId, context, stopped, () => this.build.build(tenantId, packId));
  }
}
