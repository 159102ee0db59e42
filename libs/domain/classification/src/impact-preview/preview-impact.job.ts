import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { HandlesJob, type JobContext, type JobHandler, OperationFailure } from '@roster/platform-queue';
import { PreviewImpactUsecase } from './preview-impact.usecase.js';

/** Previews of large organizations. */
@Injectable()
@HandlesJob('classification.preview-impact')
export class PreviewImpactJob implements JobHandler<'classification.preview-impact'> {
  constructor(private readonly preview: PreviewImpactUsecase, private readonly failure: OperationFailure) {}

  handle({ tenantId, operationId, change }: JobPayloads['classification.preview-impact'], context: JobContext): Promise<void> {
    const scope = TenantScope.forSystem(tenantId, 'impact preview');
    const stopped = problem('PLATFORM_INTERNAL_ERROR', 'The preview stopped because of an error on our side. Nothing was adopted. Preview the change again; if it fails again, tell your operator the id of this preview.');
    return this.failure.watch(scope, operationId, context, stopped, (run) => this.preview.run(scope, operationId, run, change, context.signal));
  }
}
