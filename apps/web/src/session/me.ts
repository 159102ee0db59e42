import { bodyOf, RosterProblem, type Schemas } from '@roster/api-client';
import type { Permission } from '@roster/contracts';
import { queryOptions, useSuspenseQuery } from '@tanstack/react-query';
import { api } from '../api/client.js';

export type Me = Schemas['MeDto'];

/** Who is signed in; null when nobody is. */
export const meQuery = queryOptions({
  queryKey: ['me'],
  staleTime: 60_000,
  queryFn: async (): Promise<Me | null> => {
    try {
      return await bodyOf(api.GET('/api/v1/me'));
    } catch (error) {
      if (error instanceof RosterProblem && error.status === 401) return null;
      throw error;
    }
  },
});

/** Whether a person has a permission. The service decides again. */
export const hasPermission = (me: Me, permission: Permission): boolean => (me.member.permissions as readonly string[]).includes(permission);

/** The person at the keyboard. Only below the signed-in frame. */
export function useMe(): Me {
  const { data } = useSuspenseQuery(meQuery);
  if (!data) throw new Error('This page needs somebody who is signed in');
  return data;
}
