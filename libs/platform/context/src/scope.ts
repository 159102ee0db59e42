import type { Actor } from './actor.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The right to touch one organization's data: the first argument of every repository method (architecture rule 8).
 * Comes from `Access.authorise(...)` for people and keys, and from `TenantScope.forSystem` for jobs.
 */
export class TenantScope {
  private declare readonly brand: 'TenantScope';
  private constructor(readonly tenantId: string, readonly actor: Actor) {
    if (!UUID.test(tenantId)) throw new TypeError('A tenant id is a lower-case UUID');
  }

  /** For `access` only: the caller has been authenticated and the permission checked. */
  static authorised(tenantId: string, actor: Actor): TenantScope {
    return new TenantScope(tenantId, actor);
  }

  /** For jobs that finish what somebody asked for: the permission was checked when it was asked, and the act stays theirs in history and trail. */
  static resumed(tenantId: string, askedBy: Actor): TenantScope {
    return new TenantScope(tenantId, askedBy);
  }

  /** For jobs: the system acts inside one organization, and the trail says so. */
  static forSystem(tenantId: string, name: string): TenantScope {
    return new TenantScope(tenantId, { type: 'system', id: 'system', name });
  }
}

/** The right to work without a tenant (sign-up, sweeps over ids, operator commands). Always carries its reason. */
export class SystemScope {
  private declare readonly brand: 'SystemScope';
  private constructor(readonly reason: string) {}

  static because(reason: string): SystemScope {
    if (reason.trim().length < 8) throw new TypeError('A system scope needs a reason');
    return new SystemScope(reason);
  }
}

export type Scope = TenantScope | SystemScope;
