import type { TenantScope } from '@roster/platform-context';

/** Whether and why a workload is frozen. A port: classification knows and binds it. */
export abstract class FreezeGaps {
  /**
   * The open gaps behind the freeze in force, as the API shows them, evaluated first when something changed since.
   * @returns null when scope changes are allowed
   */
  abstract inForce(scope: TenantScope, workload: { readonly id: string; readonly key: string }): Promise<readonly object[] | null>;
}
