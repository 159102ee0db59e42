import type { RouteCases } from '../route-case.js';

/** Routes of `libs/trail`. */
export const cases: RouteCases = {
  'GET /trail': { ids: ({ workload, admin }) => ({ workload: workload.key, actor: admin.memberId }), call: ({ workload, actor }) => ({ path: `/trail?limit=200&filter[workload]=${workload}&filter[actor]=${actor}` }) },
  'GET /trail/checkpoint': { call: () => ({ path: '/trail/checkpoint' }) },
  'GET /trail/consistency': { call: () => ({ path: '/trail/consistency?from=1' }) },
  'GET /trail/entries/:id/proof': { ids: ({ trailEntry }) => ({ entry: trailEntry.id }), call: ({ entry }) => ({ path: `/trail/entries/${entry}/proof` }) },
};
