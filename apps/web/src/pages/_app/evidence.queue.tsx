import { createFileRoute, getRouteApi } from '@tanstack/react-router';
import { EvidenceQueue, readQueueName } from '../../evidence/evidence-queue.js';

export const Route = createFileRoute('/_app/evidence/queue')({ validateSearch: (search: Record<string, unknown>) => search as { list?: string; workload?: string }, component: QueuePage });

function QueuePage() {
  const { list, workload } = getRouteApi('/_app/evidence/queue').useSearch();
  return <EvidenceQueue queue={readQueueName(list)} workload={workload} />;
}
