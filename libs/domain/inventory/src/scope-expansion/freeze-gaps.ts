import type { TenantScope } from '@roster/platform-context';

/** Why a workload is frozen. A port: classification knows, the app binds it; without one the refusal names the freeze and where to read about it. */
export abstract class FreezeGaps {
  /** The open gaps behind the freeze in force, as the API shows them. */
  abstract openGaps(scope: TenantScope, workloadId: string): Promise<readonly object[]>;
}
