import { createFileRoute } from '@tanstack/react-router';
import { OrganizationPage } from '../../settings/organization/organization-page.js';

export const Route = createFileRoute('/_app/settings/organization')({ component: OrganizationPage });
