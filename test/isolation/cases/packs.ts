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
  'POST /packs/preview': {
    leavesNoTrail: 'a preview counts and stores nothing',
    ids: ({ workload }) => ({ workload: workload.key, bulk: workload.id }),
    call: ({ workload, bulk }) => ({ path: '/packs/preview', body: { scope: { workloads: [workload, bulk] } } }),
  },
  'GET /packs/:id/workloads': { ids: ({ pack }) => ({ pack: pack.id }), call: ({ pack }) => ({ path: `/packs/${pack}/workloads?limit=200` }) },
  'GET /portfolio/heatmap': { call: () => ({ path: '/portfolio/heatmap?limit=200&count=true' }) },
  'GET /portfolio/movements': { call: () => ({ path: '/portfolio/movements?limit=200&filter[withinDays]=3650' }) },
  'GET /portfolio/trend': { call: () => ({ path: '/portfolio/trend' }) },
  'GET /portfolio/decay': { call: () => ({ path: '/portfolio/decay?days=365' }) },
  'GET /home': { call: () => ({ path: '/home' }) },
  'GET /home/gaps': { call: () => ({ path: '/home/gaps?limit=200' }) },
  'GET /home/orphaned-owners': { call: () => ({ path: '/home/orphaned-owners?limit=200&count=true' }) },
  'GET /home/ownerships': { call: () => ({ path: '/home/ownerships?limit=200&count=true' }) },
  'GET /portfolio': { call: () => ({ path: '/portfolio' }) },
};
