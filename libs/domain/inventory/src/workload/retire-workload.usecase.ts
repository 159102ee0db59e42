import { Injectable } from '@nestjs/common';
import { Access } from '@roster/access';
import { Clock, type Caller } from '@roster/platform-context';
import { UnitOfWork } from '@roster/platform-database';
import { problem } from '@roster/platform-errors';
import type { RetireWorkloadDto } from './retire.dto.js';
import { WorkloadChange } from './workload-change.js';
import type { WorkloadDto } from './workload.dto.js';
import { WorkloadEditing } from './workload-editing.js';
import { WorkloadRepository } from './workload.repository.js';
import { WorkloadService } from './workload.service.js';

/** Retires a workload for good: it keeps its history and is changed no more (domain.md section 3). */
@Injectable()
export class RetireWorkloadUsecase {
  constructor(
    private readonly access: Access, private readonly workloads: WorkloadRepository, private readonly editing: WorkloadEditing, private readonly change: WorkloadChange,
    private readonly service: WorkloadService, private readonly unitOfWork: UnitOfWork, private readonly clock: Clock,
  ) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND, INVENTORY_WORKLOAD_RETIRED, PLATFORM_VERSION_CONFLICT, PLATFORM_REQUEST_INVALID */
  retire(caller: Caller, key: string, { reason, record }: RetireWorkloadDto, expected: number | null): Promise<WorkloadDto> {
    const scope = this.access.authorise(caller, 'inventory:workload:retire');
    const why = reason.trim();
    if (why === '') throw problem('PLATFORM_REQUEST_INVALID', 'Some fields are not valid. Nothing was changed.', { errors: [{ path: 'reason', code: 'blank', message: 'expected text that is not blank' }] });
    return this.unitOfWork.run(scope, async () => {
      const workload = await this.editing.editable(scope, key, expected);
      if ((await this.workloads.retire(scope, workload, { reason: why, decommission: record, at: this.clock.now() })) === 0) throw await this.editing.conflict(scope, workload);
      await this.change.retired(scope, { ...workload, version: workload.version + 1 }, why, record);
      return this.service.show(scope, workload.id);
    });
  }
}
