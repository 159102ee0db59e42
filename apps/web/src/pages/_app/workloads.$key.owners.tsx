import { createFileRoute } from '@tanstack/react-router';
import { OwnersTab } from '../../workload-tabs/owners/owners-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/owners')({ component: OwnersTab });
