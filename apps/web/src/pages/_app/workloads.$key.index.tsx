import { createFileRoute } from '@tanstack/react-router';
import { Overview } from '../../workload/overview/overview.js';

export const Route = createFileRoute('/_app/workloads/$key/')({ component: Overview });
