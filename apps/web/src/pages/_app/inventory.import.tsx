import { createFileRoute } from '@tanstack/react-router';
import { StartImportPage } from '../../import/start-import-page.js';

export const Route = createFileRoute('/_app/inventory/import')({ component: StartImportPage });
