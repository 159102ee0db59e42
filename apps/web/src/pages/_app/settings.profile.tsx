import { createFileRoute } from '@tanstack/react-router';
import { ProfilePage } from '../../settings/profile/profile-page.js';

export const Route = createFileRoute('/_app/settings/profile')({ component: ProfilePage });
