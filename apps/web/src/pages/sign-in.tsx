import { createFileRoute } from '@tanstack/react-router';
import { SignInPage } from '../sign-in/sign-in-page.js';

export const Route = createFileRoute('/sign-in')({
  validateSearch: (search: Record<string, unknown>): { returnTo?: string } => (typeof search.returnTo === 'string' ? { returnTo: search.returnTo } : {}),
  component: SignInPage,
});
