import type { Permission } from '@roster/contracts';
import type { Actor } from './actor.js';

/** Who is calling, as the access guard found out. Turned into a scope only by `Access.authorise`. */
export interface Caller {
  readonly tenantId: string;
  readonly actor: Actor;
  /** The member behind the call: the signed-in member, or the creator of the API key. */
  readonly memberId: string;
  readonly permissions: ReadonlySet<Permission>;
  readonly via: 'session' | 'api_key';
  /** Session or API key id. */
  readonly credentialId: string;
}
