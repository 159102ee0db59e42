import { createFileRoute } from '@tanstack/react-router';
import { CustomFieldsPage } from '../../settings/custom-fields/custom-fields-page.js';

export const Route = createFileRoute('/_app/settings/custom-fields')({ component: CustomFieldsPage });
