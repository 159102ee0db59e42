/** Who does it. An API key acts as itself and names its creator, it never acts as its creator (trail, architecture.md section 4). */
export type Actor =
  | { readonly type: 'member'; readonly id: string; readonly name: string }
  | { readonly type: 'api_key'; readonly id: string; readonly name: string; readonly onBehalfOf: string }
  | { readonly type: 'system'; readonly id: 'system'; readonly name: string };

export const systemActor = (name: string): Actor => ({ type: 'system', id: 'system', name });

/** The member who answers for the act: the member, or the creator of the key; null for the system itself. */
export const responsibleMemberId = (actor: Actor): string | null =>
  actor.type === 'member' ? actor.id : actor.type === 'api_key' ? actor.onBehalfOf : null;
