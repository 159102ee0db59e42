import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { dropDraftsOfOthers } from '../forms/draft-keys.js';
import { meQuery, type Me } from '../session/me.js';

/** A way inside: only addresses of this page, whatever a link claims. */
export const safeReturn = (to: string | undefined): string => (to !== undefined && /^\/(?![/\\])/.test(to) ? to : '/');

/** What follows a successful sign-in: nothing of whoever was here before stays; what the same person was typing when their session ended does. */
export function useEnter(): (me: Me, returnTo?: string) => Promise<void> {
  const client = useQueryClient();
  const router = useRouter();
  return async (me, returnTo) => {
    dropDraftsOfOthers(me.member.id);
    client.clear();
    client.setQueryData(meQuery.queryKey, me);
    await router.navigate({ href: safeReturn(returnTo) });
  };
}
