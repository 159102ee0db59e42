import { createFileRoute, getRouteApi } from '@tanstack/react-router';
import { WorkloadLayout } from '../../workload/workload-layout.js';

export const Route = createFileRoute('/_app/workloads/$key')({ staticData: { past: 'then' }, component: WorkloadPage });

function WorkloadPage() {
  const { key } = getRouteApi('/_app/workloads/$key').useParams();
  return <WorkloadLayout workloadKey={key} />;
}
