import { createFileRoute } from '@tanstack/react-router';
import { ImportPage } from '../../import/import-page.js';

export const Route = createFileRoute('/_app/inventory/imports/$id')({ component: ImportPage });
