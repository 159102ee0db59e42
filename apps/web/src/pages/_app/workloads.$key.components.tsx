import { createFileRoute } from '@tanstack/react-router';
import { ComponentsTab } from '../../workload-tabs/components/components-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/components')({ component: ComponentsTab });
