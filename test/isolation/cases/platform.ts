import type { RouteCases } from '../route-case.js';

/** Routes without anybody's data. */
export const cases: RouteCases = {
  'GET /health/live': { call: () => ({ path: '/health/live' }) },
  'GET /health/ready': { call: () => ({ path: '/health/ready' }) },
  'GET /frameworks': { call: () => ({ path: '/frameworks' }) },
  'GET /frameworks/:edition': { call: () => ({ path: '/frameworks/psf-1.1' }) },
  'GET /frameworks/:from/crosswalk/:to': { call: () => ({ path: '/frameworks/psf-1.1/crosswalk/psf-definition-2026-04' }) },
  'GET /gate/keys': { call: () => ({ path: '/gate/keys' }) },
};
