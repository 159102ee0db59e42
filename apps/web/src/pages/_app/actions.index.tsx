import { createFileRoute } from '@tanstack/react-router';
import { ActionList } from '../../actions/action-list.js';

export const Route = createFileRoute('/_app/actions/')({ validateSearch: (search: Record<string, unknown>) => search, component: ActionList });
