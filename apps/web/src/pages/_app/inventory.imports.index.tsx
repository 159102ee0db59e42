import { createFileRoute } from '@tanstack/react-router';
import { ImportsPage } from '../../import/imports-page.js';

export const Route = createFileRoute('/_app/inventory/imports/')({ component: ImportsPage });
