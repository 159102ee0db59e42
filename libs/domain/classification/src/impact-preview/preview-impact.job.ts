import { Injectable } from '@nestjs/common';
import type { JobPayloads } from '@roster/contracts';
import { TenantScope } from '@roster/platform-context';
import { HandlesJob, type JobContext, type JobHandler } from '@roster/platform-queue';
import { PreviewImpactUsecase } from './preview-impact.usecase.js';

/** Previews of large organizations. */
@Injectable()
@HandlesJob('classification.preview-impact')
export class PreviewImpactJob implements JobHandler<'classification.preview-impact'> {
  constructor(private readonly preview: PreviewImpactUsecase) {}

  async handle({ tenantId, operationId, change }: JobPayloads['classification.preview-impact'], { signal }: JobContext): Promise<void> {
    await this.preview.run(TenantScope.forSystem(tenantId, 'impact preview'), operationId, change, signal);
  }
}
