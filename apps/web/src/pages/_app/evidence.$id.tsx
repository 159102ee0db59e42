import { createFileRoute } from '@tanstack/react-router';

export const Route = createFileRoute('/_app/evidence/$id')({
  component: RouteComponent,
});

function RouteComponent() {
  return <div>Hello "/_app/evidence/$id"!</div>;
}
