import { createFileRoute, redirect, retainSearchParams } from '@tanstack/react-router';
import { meQuery } from '../session/me.js';
import { Frame } from '../shell/frame.js';

/** Everything behind the sign-in: who is not known goes there first and comes back afterwards. */
export const Route = createFileRoute('/_app')({
  beforeLoad: async ({ context, location }) => {
    const me = await context.queryClient.ensureQueryData(meQuery);
    if (!me) throw redirect({ to: '/sign-in', search: location.href === '/' ? {} : { returnTo: location.href } });
  },
  // Who looks at the past stays there until they return, whichever link, key or command leads on.
  search: { middlewares: [retainSearchParams<{ asOf?: string }>(['asOf'])] },
  component: Frame,
});
