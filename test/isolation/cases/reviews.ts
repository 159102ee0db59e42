import type { RouteCases } from '../route-case.js';
import { freshReview, freshWorkload, inDays, submissionOf } from '../world.js';

/** Routes of `libs/domain/reviews`. */
export const cases: RouteCases = {
  'GET /reviews': { ids: ({ workload, admin }) => ({ workload: workload.key, owner: admin.memberId }), call: ({ workload, owner }) => ({ path: `/reviews?limit=200&filter[workload]=${workload}&filter[owner]=${owner}&filter[missedPeriods]=false` }) },
  'GET /reviews/punctuality': { call: () => ({ path: '/reviews/punctuality' }) },
  'GET /reviews/punctuality/trend': { call: () => ({ path: '/reviews/punctuality/trend' }) },
  'GET /reviews/:id': { ids: ({ review }) => ({ review: review.id }), call: ({ review }) => ({ path: `/reviews/${review}` }) },
  'POST /reviews': { ids: async (world) => ({ workload: (await freshWorkload(world)).key }), call: ({ workload }, world) => ({ path: '/reviews', body: { workload, reason: world.text('reason') } }) },
  'POST /reviews/:id/start': { ids: async (world) => ({ review: (await freshReview(world)).id }), call: ({ review }) => ({ path: `/reviews/${review}/start` }) },
  'POST /reviews/:id/submit': {
    ids: async (world) => ({ review: (await freshReview(world, 'started')).id, owner: world.admin.memberId }),
    call: async ({ review, owner }, world) => {
      // The questions are those of one's own review: another organization's cannot be read in the first place.
      const own = await freshReview(world, 'started');
      const submission = await submissionOf(world, own.id) as { findings: object[] };
      return { path: `/reviews/${review}/submit`, body: { ...submission, findings: submission.findings.map((finding) => ({ ...finding, ownerMemberId: owner })) } };
    },
  },
  'POST /reviews/:id/sign-off': { as: 'second', ids: async (world) => ({ review: (await freshReview(world, 'awaiting_sign_off')).id }), call: ({ review }, world) => ({ path: `/reviews/${review}/sign-off`, body: { decision: 'approve', comment: world.text('comment') } }) },
  'POST /reviews/:id/skip': { as: 'second', ids: async (world) => ({ review: (await freshReview(world)).id }), call: ({ review }, world) => ({ path: `/reviews/${review}/skip`, body: { reason: world.text('reason') } }) },
  'POST /reviews/:id/reschedule': { ids: async (world) => ({ review: (await freshReview(world)).id }), call: ({ review }, world) => ({ path: `/reviews/${review}/reschedule`, body: { dueAt: inDays(5), reason: world.text('reason') } }) },
  'POST /reviews/:id/retry': { rightful: 409, ids: async (world) => ({ review: (await freshReview(world)).id }), call: ({ review }) => ({ path: `/reviews/${review}/retry` }) },
  'GET /actions': { ids: ({ workload, review, admin }) => ({ workload: workload.key, review: review.id, owner: admin.memberId }), call: ({ workload, review, owner }) => ({ path: `/actions?limit=200&filter[workload]=${workload}&filter[review]=${review}&filter[owner]=${owner}` }) },
  'GET /actions/:id': { ids: ({ action }) => ({ action: action.id }), call: ({ action }) => ({ path: `/actions/${action}` }) },
  'PATCH /actions/:id': {
    ids: ({ action, second }) => ({ action: action.id, owner: second.memberId }),
    call: ({ action, owner }, world) => ({ path: `/actions/${action}`, headers: { 'if-match': '*' }, body: { ownerMemberId: owner, note: world.text('note') } }),
  },
};
