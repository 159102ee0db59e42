import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { Operations, Outbox } from '@roster/platform-queue';
import { Trail } from '@roster/trail';

export const IMPACT_PREVIEW = 'classification.impact-preview';

/** Starts previews as long work. */
@Injectable()
export class ImpactOperations {
  constructor(private readonly operations: Operations, private readonly outbox: Outbox, private readonly trail: Trail, private readonly unitOfWork: UnitOfWork) {}

  start(scope: TenantScope, edition: string): Promise<string> {
    return this.unitOfWork.run(scope, async () => {
      const id = await this.operations.create(scope, IMPACT_PREVIEW, 'workloads');
      await this.outbox.enqueue(scope, 'classification.preview-impact', { tenantId: scope.tenantId, operationId: id, edition });
      await this.trail.record(scope, { action: 'classification.impact-preview.started', object: { type: 'operation', id }, payload: { edition } });
      return id;
    });
  }
}
