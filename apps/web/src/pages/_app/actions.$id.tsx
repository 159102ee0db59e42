import { createFileRoute, redirect } from '@tanstack/react-router';

/** Where mails and notifications lead: the action, opened over the list. */
export const Route = createFileRoute('/_app/actions/$id')({
  beforeLoad: ({ params: { id } }) => { throw redirect({ to: '/actions', search: { whose: 'all', show: 'all', open: id } as never }); },
});
