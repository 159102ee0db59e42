import { createFileRoute } from '@tanstack/react-router';
import { HistoryTab } from '../../workload-tabs/history/history-tab.js';

export const Route = createFileRoute('/_app/workloads/$key/history')({ component: HistoryTab });
