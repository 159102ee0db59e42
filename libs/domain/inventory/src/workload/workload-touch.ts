import { Injectable } from '@nestjs/common';
import { Clock, type TenantScope } from '@roster/platform-context';
import type { FieldChange } from '../history/history-diff.js';
import { WorkloadChange } from './workload-change.js';
import { WorkloadEditing } from './workload-editing.js';
import { WorkloadRepository, type WorkloadState } from './workload.repository.js';

/** A change of what belongs to a workload is a change of the workload: new version, trail entry, event. Done before the part is written. */
@Injectable()
export class WorkloadTouch {
  constructor(private readonly workloads: WorkloadRepository, private readonly editing: WorkloadEditing, private readonly change: WorkloadChange, private readonly clock: Clock) {}

  /** @throws PLATFORM_VERSION_CONFLICT when somebody was faster */
  async touch(scope: TenantScope, workload: WorkloadState, changes: readonly FieldChange[]): Promise<void> {
    if ((await this.workloads.touch(scope, workload, this.clock.now())) === 0) throw await this.editing.conflict(scope, workload);
    await this.change.changed(scope, { ...workload, version: workload.version + 1 }, changes);
  }
}
