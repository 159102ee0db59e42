import { RosterProblem } from '@roster/api-client';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useCallback } from 'react';
import { api } from '../api/client.js';
import { toast } from '../shell/toast.js';
import { meQuery } from './me.js';

/**
 * Ends the session here and at the service; nothing that was read or drafted stays in the browser.
 * @param everywhere also every other session of the person in this organization
 */
export function useSignOut(everywhere = false): () => void {
  const client = useQueryClient();
  const router = useRouter();
  return useCallback(() => {
    const leave = async (): Promise<void> => {
      try {
        await (everywhere ? api.DELETE('/api/v1/sessions') : api.DELETE('/api/v1/sessions/current'));
      } catch (error) {
        if (!(error instanceof RosterProblem && error.status === 401)) throw error;
      }
      sessionStorage.clear();
      client.clear();
      client.setQueryData(meQuery.queryKey, null);
      await router.navigate({ to: '/sign-in' });
    };
    leave().catch(toast.failed);
  }, [client, router, everywhere]);
}
