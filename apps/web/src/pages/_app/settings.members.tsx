import { createFileRoute } from '@tanstack/react-router';
import { MembersPage } from '../../settings/members/members-page.js';

export const Route = createFileRoute('/_app/settings/members')({ component: MembersPage });
