import type { RouteCases } from '../route-case.js';

/** Routes of `libs/domain/packs` and `libs/domain/portfolio`. */
export const cases: RouteCases = {
  'POST /packs': {
    ids: ({ workload }) => ({ workload: workload.key, bulk: workload.id }),
    call: ({ workload, bulk }) => ({ path: '/packs', body: { scope: { workloads: [workload, bulk] } } }),
  },
  'GET /packs': { call: () => ({ path: '/packs?limit=200' }) },
  'GET /packs/:id': { ids: ({ pack }) => ({ pack: pack.id }), call: ({ pack }) => ({ path: `/packs/${pack}` }) },
  'GET /packs/:id/events': { ids: ({ pack }) => ({ pack: pack.id }), call: ({ pack }) => ({ path: `/packs/${pack}/events` }) },
  'GET /packs/:id/content': { ids: ({ pack }) => ({ pack: pack.id }), call: ({ pack }) => ({ path: `/packs/${pack}/content` }) },
  'GET /portfolio': { call: () => ({ path: '/portfolio' }) },
};
