import { createFileRoute } from '@tanstack/react-router';
import { InboxPage } from '../../inbox/inbox-page.js';

export const Route = createFileRoute('/_app/inbox')({ validateSearch: (search: Record<string, unknown>) => search, component: InboxPage });
