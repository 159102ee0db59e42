import { createFileRoute } from '@tanstack/react-router';
import { GapsPage } from '../../gaps/gaps-page.js';

export const Route = createFileRoute('/_app/gaps')({ validateSearch: (search: Record<string, unknown>) => search, component: GapsPage });
