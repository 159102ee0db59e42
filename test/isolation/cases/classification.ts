import type { RouteCases } from '../route-case.js';
import { freshWorkload, inDays } from '../world.js';

/** Routes of `libs/domain/classification`. */
export const cases: RouteCases = {
  'GET /workloads/:key/classification': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/classification` }) },
  'POST /workloads/:key/classification': { ids: ({ workload }) => ({ workload: workload.id }), call: ({ workload }) => ({ path: `/workloads/${workload}/classification` }) },
  'GET /workloads/:key/classifications': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/classifications` }) },
  'POST /workloads/:key/classification/what-if': {
    leavesNoTrail: 'a what-if stores nothing',
    ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/classification/what-if`, body: { facts: { riskTier: 'low' } } }),
  },
  'GET /forecast': { call: () => ({ path: '/forecast?limit=200' }) },
  'GET /workloads/:key/gate': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/gate?for=production` }) },
  'POST /workloads/:key/scope-changes': {
    ids: async (world) => ({ workload: (await freshWorkload(world, { handlesPii: 'no', executesTools: 'no' })).key }),
    call: ({ workload }, world) => ({ path: `/workloads/${workload}/scope-changes`, body: { kind: 'new_region', detail: world.text('detail') } }),
  },
  'GET /workloads/:key/scope-changes': { ids: ({ workload }) => ({ workload: workload.key }), call: ({ workload }) => ({ path: `/workloads/${workload}/scope-changes` }) },
  'POST /workloads/:key/freeze/break-glass': {
    ids: ({ workload }) => ({ workload: workload.key }),
    call: ({ workload }, world) => ({ path: `/workloads/${workload}/freeze/break-glass`, body: { reason: world.text('a reason that is long enough'), until: inDays(3) } }),
  },
  'GET /workloads/:key/freeze/break-glass': { ids: ({ workload }) => ({ workload: workload.id }), call: ({ workload }) => ({ path: `/workloads/${workload}/freeze/break-glass` }) },
  'POST /classification/re-evaluations': { call: () => ({ path: '/classification/re-evaluations' }) },
  'GET /classification/re-evaluations/:id': { ids: ({ reevaluation }) => ({ run: reevaluation.id }), call: ({ run }) => ({ path: `/classification/re-evaluations/${run}` }) },
  'GET /classification/re-evaluations/:id/events': { ids: ({ reevaluation }) => ({ run: reevaluation.id }), call: ({ run }) => ({ path: `/classification/re-evaluations/${run}/events` }) },
  'POST /organization/impact-preview': { call: () => ({ path: '/organization/impact-preview', body: { edition: 'psf-definition-2026-04' } }) },
  'GET /organization/impact-previews/:id': { ids: ({ preview }) => ({ preview: preview.id }), call: ({ preview }) => ({ path: `/organization/impact-previews/${preview}` }) },
  'GET /organization/impact-previews/:id/events': { ids: ({ preview }) => ({ preview: preview.id }), call: ({ preview }) => ({ path: `/organization/impact-previews/${preview}/events` }) },
  'GET /organization/impact-previews/:id/workloads': { ids: ({ preview }) => ({ preview: preview.id }), call: ({ preview }) => ({ path: `/organization/impact-previews/${preview}/workloads` }) },
};
