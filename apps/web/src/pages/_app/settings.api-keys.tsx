import { createFileRoute } from '@tanstack/react-router';
import { ApiKeysPage } from '../../settings/api-keys/api-keys-page.js';

export const Route = createFileRoute('/_app/settings/api-keys')({ component: ApiKeysPage });
