import type { TenantScope } from '@roster/platform-context';

/** Whether and why a workload is frozen. A port: classification knows and binds it. */
export abstract class FreezeGaps {
  /**
   * The open gaps behind the freeze in force, as the API shows them, evaluated first when something changed since.
   * @returns null when scope changes are allowed
   */
  abstract inForce(scope: TenantScope, workload: { readonly id: string; readonly key: string }): Promise<readonly object[] | null>;

  /** Which of them are frozen; those with something changed since are evaluated first, all at once. @param workloadIds at most a few thousand */
  abstract frozenAmong(scope: TenantScope, workloadIds: readonly string[]): Promise<ReadonlySet<string>>;
}
