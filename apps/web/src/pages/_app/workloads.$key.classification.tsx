import { createFileRoute } from '@tanstack/react-router';
import { ClassificationTab } from '../../workload/classification/classification-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/classification')({ component: ClassificationTab });
