import { createFileRoute } from '@tanstack/react-router';
import { DrillsTab } from '../../workload-tabs/drills/drills-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/incidents')({ component: DrillsTab });
