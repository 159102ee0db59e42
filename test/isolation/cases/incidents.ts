import type { RouteCases } from '../route-case.js';
import { drillOf } from '../world.js';

/** Routes of `libs/domain/incidents`. */
export const cases: RouteCases = {
  'POST /workloads/:key/drills': {
    ids: ({ workload, evidence }) => ({ workload: workload.key, evidence: evidence.id }),
    call: ({ workload, evidence }, world) => ({ path: `/workloads/${workload}/drills`, body: { ...drillOf(world), evidence } }),
  },
  'GET /workloads/:key/drills': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/drills` }) },
  'GET /workloads/:key/drills/:id': { ids: ({ workload, drill }) => ({ workload: workload.id, drill: drill.id }), call: ({ workload, drill }) => ({ path: `/workloads/${workload}/drills/${drill}` }) },
};
