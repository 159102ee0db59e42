import { createFileRoute } from '@tanstack/react-router';
import { EvidenceTab } from '../../workload-tabs/evidence/evidence-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/evidence')({ component: EvidenceTab });
