import { Injectable } from '@nestjs/common';
import type { TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';
import { WorkloadLookupRepository, type WorkloadReference } from './workload-lookup.repository.js';

export type { WorkloadReference } from './workload-lookup.repository.js';

/** Finds workloads by key or id. The key of a merged workload leads to the one it was merged into. */
@Injectable()
export class WorkloadLookup {
  constructor(private readonly repository: WorkloadLookupRepository) {}

  /** @throws INVENTORY_WORKLOAD_NOT_FOUND, also for another organization's workload */
  async require(scope: TenantScope, keyOrId: string): Promise<WorkloadReference> {
    const found = (await this.repository.find(scope, [keyOrId])).get(keyOrId);
    if (!found) throw problem('INVENTORY_WORKLOAD_NOT_FOUND', `There is no workload ${quoted(keyOrId)}. Check the key, or list the workloads.`);
    return found;
  }

  /** The workload behind an id, which is the survivor when it was merged away meanwhile; null when it is not on the inventory any more. */
  async survivor(scope: TenantScope, id: string): Promise<WorkloadReference | null> {
    return (await this.repository.find(scope, [id])).get(id) ?? null;
  }

  /**
   * Many at once, in one statement.
   * @param path name of the request field, for the error: `path[3]` names the fourth
   * @returns by the key or id asked for
   * @throws PLATFORM_REFERENCE_UNKNOWN naming every one that does not exist
   */
  async requireMany(scope: TenantScope, keysOrIds: readonly string[], path = 'workloads'): Promise<Map<string, WorkloadReference>> {
    const found = await this.repository.find(scope, keysOrIds);
    const errors = keysOrIds.flatMap((asked, index) => (found.has(asked) ? [] : [{ path: `${path}[${index}]`, code: 'unknown_workload', message: `there is no workload ${quoted(asked)}` }]));
    if (errors.length > 0) throw problem('PLATFORM_REFERENCE_UNKNOWN', 'Some workloads do not exist. Nothing was changed.', { errors });
    return found;
  }
}

const quoted = (text: string): string => JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
