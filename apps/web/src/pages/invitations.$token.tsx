import { createFileRoute } from '@tanstack/react-router';
import { InvitationPage } from '../sign-in/invitation-page.js';

export const Route = createFileRoute('/invitations/$token')({ component: InvitationPage });
