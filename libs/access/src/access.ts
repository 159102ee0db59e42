import { Injectable } from '@nestjs/common';
import { PERMISSIONS, type Permission } from '@roster/contracts';
import { type Authorisation, type Caller, TenantScope } from '@roster/platform-context';
import { problem } from '@roster/platform-errors';

/** The one place that turns a caller into the right to touch data (architecture rule 8). */
@Injectable()
export class Access implements Authorisation {
  /**
   * Checks a permission and hands out the scope of the caller's organization. The organization comes from the session or key, never from a
   * parameter; what is not in it does not exist for the caller, so another organization's id is answered like an unknown one.
   * @param caller as the guard authenticated it for this request
   * @param permission what the act needs
   * @throws ACCESS_PERMISSION_MISSING naming the permission
   */
  authorise(caller: Caller, permission: Permission): TenantScope {
    if (!caller.permissions.has(permission)) throw this.missing(caller, permission);
    return TenantScope.authorised(caller.tenantId, caller.actor);
  }

  /** The scope for what is the caller's own, such as signing out. Needs no permission. */
  forSelf(caller: Caller): TenantScope {
    return TenantScope.authorised(caller.tenantId, caller.actor);
  }

  private missing(caller: Caller, permission: Permission): Error {
    const remedy = caller.via === 'api_key' ? 'Use a key that has it.' : 'Ask an administrator of your organization for it.';
    return problem('ACCESS_PERMISSION_MISSING', `This needs the permission ${permission} (${PERMISSIONS[permission]}). ${remedy}`, { extensions: { permission } });
  }
}
