import type { Permission } from '@roster/contracts';
import type { Caller } from './caller.js';
import type { TenantScope } from './scope.js';

/**
 * The one question "may this caller do that?" as a port, for what stands beside `access` on floor 2. Everybody above injects `Access`,
 * which implements it.
 */
export abstract class Authorisation {
  /**
   * @returns the scope to work in, with the caller as actor
   * @throws ACCESS_PERMISSION_MISSING
   */
  abstract authorise(caller: Caller, permission: Permission): TenantScope;
}
