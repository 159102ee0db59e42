import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { assertVersion } from '@roster/platform-http';
import { WorkloadLookup } from './workload-lookup.js';
import { WorkloadRepository, type WorkloadState } from './workload.repository.js';
import { WorkloadService } from './workload.service.js';

/** Loading a workload for a write, and telling what happened when somebody was faster. */
@Injectable()
export class WorkloadEditing {
  constructor(private readonly lookup: WorkloadLookup, private readonly workloads: WorkloadRepository, private readonly service: WorkloadService) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND, INVENTORY_WORKLOAD_RETIRED, PLATFORM_PRECONDITION_FAILED */
  async editable(scope: TenantScope, key: string, expected: number | null): Promise<WorkloadState> {
    const found = await this.lookup.require(scope, key);
    const state = await this.workloads.state(scope, found.id);
    if (!state) throw problem('INVENTORY_WORKLOAD_NOT_FOUND', 'There is no such workload.');
    if (state.lifecycle === 'retired') throw problem('INVENTORY_WORKLOAD_RETIRED', `${state.key} is retired and is not changed any more.`);
    assertVersion(expected, state.version);
    return state;
  }

  async conflict(scope: TenantScope, based: WorkloadState): Promise<Error> {
    const current = await this.service.show(scope, based.id);
    return problem('PLATFORM_VERSION_CONFLICT', `Somebody else changed ${based.key} at the same time: you started from version ${based.version}, it is now version ${current.version}. Nothing of yours was stored.`, {
      extensions: { expectedVersion: based.version, currentVersion: current.version, current },
    });
  }
}
