import { createFileRoute } from '@tanstack/react-router';
import { PoliciesPage } from '../../settings/policies/policies-page.js';

export const Route = createFileRoute('/_app/settings/policies')({ component: PoliciesPage });
