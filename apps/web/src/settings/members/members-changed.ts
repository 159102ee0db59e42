import { useQueryClient } from '@tanstack/react-query';
import { useCallback } from 'react';
import { meQuery } from '../../session/me.js';

/** Reads again what shows people. */
export function useMembersChanged(): () => Promise<void> {
  const client = useQueryClient();
  return useCallback(async () => {
    await Promise.all([
      client.invalidateQueries({ queryKey: ['members'] }), client.invalidateQueries({ queryKey: ['settings', 'invitations'] }), client.invalidateQueries({ queryKey: meQuery.queryKey }),
      client.invalidateQueries({ queryKey: ['inventory'] }), client.invalidateQueries({ queryKey: ['workload'] }),
    ]);
  }, [client]);
}
