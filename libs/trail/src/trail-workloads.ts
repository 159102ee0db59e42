import type { TenantScope } from '@roster/platform-context';

/** Finds workloads by key or id. Bound by the inventory library. */
export abstract class TrailWorkloads {
  /** @throws INVENTORY_WORKLOAD_NOT_FOUND */
  abstract require(scope: TenantScope, keyOrId: string): Promise<{ readonly id: string }>;
}
