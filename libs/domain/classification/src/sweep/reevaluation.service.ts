import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { isId, type Caller, type TenantScope } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import { Operations, Outbox, type OperationRow } from '@roster/platform-queue';
import { Trail } from '@roster/trail';

export const REEVALUATION = 'classification.reevaluation';

/** Full evaluations of an organization as long work (api.md, Conventions). */
@Injectable()
export class ReevaluationService {
  constructor(
    private readonly access: Access, private readonly operations: Operations, private readonly outbox: Outbox, private readonly trail: Trail,
    private readonly unitOfWork: UnitOfWork,
  ) {}

  async request(caller: Caller): Promise<{ id: string; href: string }> {
    const scope = this.access.authorise(caller, 'classification:result:evaluate');
    const id = await this.start(scope, 'requested');
    return { id, href: `/api/v1/classification/re-evaluations/${id}` };
  }

  /** Starts a run in the caller's transaction or one of its own. @param reason a short stable word */
  start(scope: TenantScope, reason: string): Promise<string> {
    return this.unitOfWork.run(scope, async () => {
      const id = await this.operations.create(scope, REEVALUATION, 'workloads');
      await this.outbox.enqueue(scope, 'classification.reevaluate-tenant', { tenantId: scope.tenantId, operationId: id });
      await this.trail.record(scope, { action: 'classification.reevaluation.started', object: { type: 'operation', id }, payload: { reason } });
      return id;
    });
  }

  /** @throws CLASSIFICATION_OPERATION_NOT_FOUND */
  async find(caller: Caller, id: string, kind: string = REEVALUATION): Promise<{ scope: TenantScope; operation: OperationRow }> {
    const scope = this.access.authorise(caller, 'classification:result:read');
    const operation = isId(id) ? await this.operations.find(scope, id) : null;
    if (!operation || operation.kind !== kind) throw problem('CLASSIFICATION_OPERATION_NOT_FOUND', `There is no operation ${id}.`);
    return { scope, operation };
  }
}
