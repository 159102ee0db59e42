import { createFileRoute } from '@tanstack/react-router';
import { TrailTab } from '../../workload-tabs/trail/trail-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/trail')({ component: TrailTab });
