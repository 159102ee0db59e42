import { createFileRoute, redirect } from '@tanstack/react-router';
import { hasPermission, meQuery } from '../../session/me.js';

/** The first section that the person may open. */
export const Route = createFileRoute('/_app/settings/')({
  beforeLoad: async ({ context }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    throw redirect({ to: me && hasPermission(me, 'access:organization:read') ? '/settings/organization' : '/settings/profile', replace: true });
  },
});
