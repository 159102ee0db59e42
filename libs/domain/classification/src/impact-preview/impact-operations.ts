import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Operations, Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';
import { ImpactPreviewRepository } from './impact-preview.repository.js';
import { PreviewImpactUsecase } from './preview-impact.usecase.js';

export const IMPACT_PREVIEW = 'classification.impact-preview';
/** Up to so many workloads are looked at within the request; more are looked at by the worker. */
const AT_ONCE = 250;

/** Starts previews as long work. A small organization has its answer when the request ends. */
@Injectable()
export class ImpactOperations {
  constructor(
    private readonly operations: Operations, private readonly outbox: Outbox, private readonly trail: Trail, private readonly previews: ImpactPreviewRepository,
    private readonly preview: PreviewImpactUsecase, private readonly unitOfWork: UnitOfWork,
  ) {}

  /** @param change what `PATCH /organization` takes, without the name; valid already */
  start(scope: TenantScope, change: Readonly<Record<string, unknown>>): Promise<string> {
    return this.unitOfWork.run(scope, async () => {
      await this.previews.clearOld(scope, IMPACT_PREVIEW);
      const id = await this.operations.create(scope, IMPACT_PREVIEW, 'workloads');
      await this.trail.record(scope, { action: 'classification.impact-preview.started', object: { type: 'operation', id }, payload: { change } });
      const run = (await this.preview.size(scope)) <= AT_ONCE ? await this.operations.begin(scope, id) : null;
      if (run !== null) await this.preview.run(scope, id, run, change, new AbortController().signal);
      else await this.outbox.enqueue(scope, 'classification.preview-impact', { tenantId: scope.tenantId, operationId: id, change });
      return id;
    });
  }
}
