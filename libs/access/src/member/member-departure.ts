import type { TenantScope } from '@roster/platform-context';

/**
 * What must be settled in the same transaction when a member is deactivated, such as what they own (domain.md section 4). A port: the area
 * that knows about ownership implements it, the app binds it.
 */
export abstract class MemberDeparture {
  /** Runs inside the deactivating transaction, after the member is no longer active. Throwing undoes the deactivation. */
  abstract settle(scope: TenantScope, memberId: string): Promise<void>;
}
